import { describe, expect, test } from "vitest";
import { analyze } from "../../src/analyze/index.js";
import { packageFile } from "../../src/cli/package-files.js";
import type { Report } from "../../src/model/report.js";
import { REDACT_LEVELS } from "../../src/redact/index.js";
import { loadRoots, RECORDED, recordedPath } from "../support/fixtures.js";
import { redacted } from "../support/redacted.js";
import { sessionFromText } from "../support/session-text.js";
import { sessionFromStory } from "../support/story-text.js";

/** All figures of a report, with how many there are of everything, and no name. */
function figures({ summary, spans, time, tokens, slowest }: Report): unknown {
  return {
    summary,
    spans: spans.map(({ parent, kind, startMs, endMs, selfMs, state, status }) => [
      parent,
      kind,
      startMs,
      endMs,
      selfMs,
      state,
      status,
    ]),
    ledger: time.ledger,
    operations: time.operations.map(({ operation: _, ...row }) => row),
    criticalPath: time.criticalPath,
    subagents: time.subagents.map(({ wallMs, tokens, costUsd }) => [wallMs, tokens, costUsd]),
    messages: tokens.byMessage.map((row) => [row.number, row.spanId, row.tokens, row.costUsd]),
    models: tokens.byModel.map((row) => [row.calls, row.tokens, row.costUsd]),
    agents: tokens.byAgent.map((row) => [row.calls, row.tokens]).sort(),
    composition: tokens.composition.map((row) => [row.promptTokens, row.parts, row.cacheMiss]),
    slowest: slowest.map(({ spanId, durationMs }) => [spanId, durationMs]),
  };
}

/** What stands in rows that are the same but for their names, in any order. */
function rows({ tokens, skills, edits, editedFiles, iterations }: Report): unknown {
  const sorted = (values: readonly unknown[]) => values.map((value) => JSON.stringify(value)).sort();
  return {
    files: sorted(tokens.byFile.map(({ file: _, ...row }) => row)),
    tools: sorted(tokens.byTool.map(({ name: _, ...row }) => row)),
    servers: sorted(tokens.byServer.map(({ name: _, basis: _basis, ...row }) => row)),
    skills: sorted(tokens.bySkill.map(({ name: _, ...row }) => row)),
    uses: sorted(
      skills.map(({ name: _, title: _title, description: _is, folder: _in, uses, ...row }) => {
        return [row, uses.map(({ messageId: _message, callId: _call, ...use }) => use)];
      }),
    ),
    edits: sorted(edits.map(({ format: _, model: _model, ...row }) => row)),
    editedFiles: sorted(editedFiles.map(({ file: _, ...row }) => row)),
    iterations: sorted(iterations.map(({ name: _, ...row }) => row)),
  };
}

const PARCELS = { name: "the example with telemetry", path: packageFile("examples", "parcels.db") };

describe.each([...RECORDED, PARCELS])("$name", ({ path }) => {
  test.each(REDACT_LEVELS)("at %s every figure and every row is as without", async (level) => {
    for (const session of await loadRoots(path)) {
      const [whole, shown] = [analyze(session, "test"), analyze(redacted(session, level), "test")];
      expect(figures(shown)).toEqual(figures(whole));
      expect(rows(shown)).toEqual(rows(whole));
      for (const { rule, affected } of shown.suggestions)
        expect(affected).toBeLessThanOrEqual(whole.suggestions.find((other) => other.rule === rule)?.affected ?? 0);
    }
  });
});

describe("strict", () => {
  const drawn = sessionFromText(
    "session 0..60\n  turn 0..60\n    read 0..5\n    read 5..9\n    bash 10..20\n    docs_find 20..30\n    bash 40..50",
  );
  const files = ["src/a.ts", "src/a.ts"];
  const commands = ["npm test", "npm test"];
  const spans = drawn.spans.map((span) => {
    if (span.kind !== "tool") return span;
    if (span.tool === "read") return { ...span, target: files[0] as string, files: [{ path: files.pop() as string }] };
    return span.tool === "bash" ? { ...span, target: commands.pop() as string } : span;
  });
  const session = { ...drawn, directory: "/srv/shop/app", sourceVersion: "0.0.0-login-2026", spans };

  test("the same name is the same pseudonym in every table", () => {
    const report = analyze(redacted(session, "strict"), "test");
    expect(report.time.toolCalls.map(({ tool, target }) => `${tool} ${target}`)).toEqual([
      "read folder-1/file-1.ts",
      "read folder-1/file-1.ts",
      "bash program-1 command-1",
      "server-1_tool-1 ",
      "bash program-1 command-1",
    ]);
    expect(report.time.operations.map(({ operation }) => operation)).toContain("server-1_tool-1");
    expect(report.session).toMatchObject({ directory: "…/folder-2", sourceVersion: "0.0.0-branch-1" });
  });

  test("a model keeps its name where that is public, a provider of one's own does not", () => {
    const modelOf = (model: string) => {
      const text = sessionFromText("session 0..9\n  turn 0..9\n    model 0..5 first 1");
      const changed = text.spans.map((span) => (span.kind === "model" ? { ...span, model, name: model } : span));
      const messages = text.messages.map((message) => ({ ...message, model: null }));
      return redacted({ ...text, messages, spans: changed }, "strict").spans.find((span) => span.kind === "model")
        ?.name;
    };
    expect(modelOf("openai/gpt-of-ours")).toBe("openai/model-1");
    expect(modelOf("gateway/gpt-of-ours")).toBe("provider-1/model-1");
    expect(modelOf("lab/large")).toBe("provider-1/large");
  });
});

test.each(REDACT_LEVELS)(
  "at %s a search in vain is still one, and what followed it no step that could be spared",
  (level) => {
    const session = sessionFromStory(`
    turn 0..9000 asks:20
      step 0..1000 first:800 prompt:9000 out:20
        read src/a.ts 900..950 gives:100
      step 1000..2000 first:1700 prompt:9200 out:20
        grep 1900..1950 on:token nothing
      step 2000..3000 first:2600 prompt:9400 out:20
        grep 2900..2950 on:tokens`);
    expect(analyze(redacted(session, level), "test").suggestions).toEqual([]);
  },
);

describe("content", () => {
  test("what was said is told by its length, what was run by its outline, a title by the session", async () => {
    const [session] = await loadRoots(recordedPath("1.18.34 debug-auth"));
    const report = analyze(redacted(session as never, "content"), "test");
    expect(report.session.title).toBe(`Session ${report.session.id.slice(-6)}`);
    expect(report.tokens.byMessage.every(({ firstWords }) => /^\[[\d,]+ characters\]$/.test(firstWords))).toBe(true);
    expect(report.spans.some(({ input, output }) => input !== undefined || output !== undefined)).toBe(false);
    expect(report.time.toolCalls.map(({ tool, target }) => `${tool} ${target}`)).toContain("bash sleep 1.5; echo …");
    expect(report.tokens.byFile.map(({ file }) => file)).toContain("src/auth/session.ts");
  });

  test("of an error its name and status are left, which suggestions go by", async () => {
    const [session] = await loadRoots(recordedPath("1.18.34 faults"));
    const shown = redacted(session as never, "content");
    const errors = shown.messages.flatMap(({ error }) => (error === null ? [] : [error]));
    expect(errors.length).toBeGreaterThan(0);
    for (const error of errors) expect(error).toMatch(/^(?:[A-Z][A-Za-z]*Error(?:: [45]\d\d)?|[45]\d\d|\[left out\])$/);
  });
});

describe("paths", () => {
  test.each([
    ["/srv/customer/app", "…/app", "cat …/app/src/a.ts"],
    ["D:\\work\\customer\\app", "…\\app", "cat …\\app/src/a.ts"],
    ["/app", "/app", "cat /app/src/a.ts"],
    ["/home/dev/app", "~/app", "cat ~/app/src/a.ts"],
  ])("of the folder %j is said %j", (directory, shown, title) => {
    const session = { ...sessionFromText("session 0..9"), directory, title: `cat ${directory}/src/a.ts` };
    expect(redacted(session, "paths")).toMatchObject({ directory: shown, title });
  });
});
