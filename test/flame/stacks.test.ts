import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { analyze } from "../../src/analyze/index.js";
import { flameGraph } from "../../src/flame/flame-graph.js";
import { mergedNodes } from "../../src/flame/merge.js";
import { type Grouping, type Stack, stacks, type Weight } from "../../src/flame/stacks.js";
import type { Report, ReportSpan } from "../../src/model/report.js";
import { loadRoots, recordedPath } from "../support/fixtures.js";
import { chainOfDrafts, spanDrafts } from "../support/random-spans.js";
import { sessionFromDrafts, sessionFromText } from "../support/session-text.js";
import { nodesAsText, stackAsText } from "../support/stack-text.js";

const reportOf = (text: string) => analyze(sessionFromText(text), "test");
const asText = (report: Report, grouping: Grouping, weight: Weight) =>
  stacks(report, grouping, weight).map(stackAsText);
const drawn = (report: Report, grouping: Grouping, weight: Weight) =>
  nodesAsText(mergedNodes(stacks(report, grouping, weight), "all"), ({ count }) => `x${count}`);
const sum = (all: readonly Stack[]) => all.reduce((total, { weight }) => total + weight, 0);

const WORK = `
  session 0..1000
    turn 0..400
      step 0..400
        model 0..100 first 40 retry 10..30
        bash 100..220 on cd web && npm test
        read 120..140 file /p/src/auth/session.ts
        edit 220..300 ask 220..250 file /p/src/auth/session.ts
        glob 300..310 on **/*.ts
        webfetch 310..390
    turn 600..1000
      step 600..1000
        model 600..700
        task 700..1000 on Map the services
          subagent 710..990
            step 720..980
              model 720..800 first 760
              bash 800..980 on npm test`;

describe("time", () => {
  test("by name is the call tree, calls of a kind under one name, without waiting for the user", () => {
    expect(drawn(reportOf(WORK), "name", "time")).toEqual([
      "all 790 x1",
      "  turn 790 x2",
      "    step 790 x2",
      "      task 300 x1",
      "        subagent general 280 x1",
      "          step 260 x1",
      "            bash 180 x1",
      "              npm test 180 x1",
      "            model call 80 x1",
      "              AI thinking 40 x1",
      "              waiting for the model 40 x1",
      "      model call 200 x2",
      "        waiting for the model 120 x3",
      "        AI thinking 60 x1",
      "        retries 20 x1",
      "      bash 120 x1",
      "        npm test 120 x1",
      "      webfetch 80 x1",
      "      edit 50 x1",
      "        src/auth/session.ts 50 x1",
      "      read 20 x1",
      "        src/auth/session.ts 20 x1",
      "      glob 10 x1",
      "        **/*.ts 10 x1",
    ]);
  });

  test("by tool has what each was about, models by their phases, the rest as overhead", () => {
    expect(drawn(reportOf(WORK), "tool", "time")).toEqual([
      "all 790 x1",
      "  bash 300 x2",
      "    npm test 300 x2",
      "  model 280 x3",
      "    m 280 x3",
      "      waiting for the model 160 x4",
      "      AI thinking 100 x2",
      "      retries 20 x1",
      "  webfetch 80 x1",
      "  edit 50 x1",
      "    src/auth/session.ts 50 x1",
      "  overhead 50 x7",
      "    subagent 20 x1",
      "    task 20 x1",
      "    step 10 x3",
      "    turn 0 x2",
      "  read 20 x1",
      "    src/auth/session.ts 20 x1",
      "  glob 10 x1",
      "    **/*.ts 10 x1",
    ]);
  });

  test("by file is that of tool calls alone, by folders", () => {
    expect(drawn(reportOf(WORK), "file", "time")).toEqual([
      "all 480 x1",
      "  (no file) 410 x5",
      "    bash 300 x2",
      "      npm test 300 x2",
      "    webfetch 80 x1",
      "    task 20 x1",
      "    glob 10 x1",
      "      **/*.ts 10 x1",
      "  src/ 70 x2",
      "    auth/ 70 x2",
      "      session.ts 70 x2",
      "        edit 50 x1",
      "        read 20 x1",
    ]);
  });

  test("by model is that of model calls alone, by agent and phase", () => {
    expect(drawn(reportOf(WORK), "model", "time")).toEqual([
      "all 280 x1",
      "  p/m 280 x3",
      "    build 280 x3",
      "      waiting for the model 160 x4",
      "      AI thinking 100 x2",
      "      retries 20 x1",
    ]);
  });

  test("of files from elsewhere stands under their root; of several files a call is on the first", () => {
    const report = reportOf("session 0..9\n  read 0..9 file /etc/hosts");
    expect(asText(report, "file", "time")).toEqual(["/;etc/;hosts;read 9"]);
    const [root, read] = report.spans as [ReportSpan, ReportSpan];
    const both = { ...report, spans: [root, { ...read, files: [{ path: "/p/a.ts" }, { path: "/p/b.ts" }] }] };
    expect(asText(both, "file", "time")).toEqual(["a.ts;read 9"]);
    expect(asText(both, "name", "time")).toEqual(["read;a.ts and 1 more 9"]);
  });

  test("of what took none is counted", () => {
    expect(asText(reportOf("session 0..9\n  bash 4..4"), "name", "time")).toEqual(["bash 0"]);
  });

  test("is the self time of all spans that a grouping is about, without idle time", () => {
    const isAbout: Readonly<Record<Grouping, (span: ReportSpan, spans: readonly ReportSpan[]) => boolean>> = {
      name: () => true,
      tool: () => true,
      file: ({ kind }) => kind === "tool",
      model: ({ kind, parent }, spans) => kind === "model" || (kind === "wait" && spans[parent]?.kind === "model"),
    };
    fc.assert(
      fc.property(spanDrafts, (drafts) => {
        const report = analyze(sessionFromDrafts(drafts), "test");
        const busy = report.spans.filter(({ state }) => state !== "waiting-for-user" && state !== "unknown");
        for (const grouping of Object.keys(isAbout) as Grouping[]) {
          const about = busy.filter((span) => isAbout[grouping](span, report.spans));
          const selfMs = about.reduce((total, span) => total + span.selfMs, 0);
          expect(sum(stacks(report, grouping, "time"))).toBe(selfMs);
        }
      }),
      { numRuns: 500 },
    );
  });
});

test("a recording tells subagents apart by their agent, turns and steps by what asked for them", async () => {
  const namesIn = async (name: string) => {
    const sessions = await loadRoots(recordedPath(name));
    const nodes = sessions.map((session) => mergedNodes(stacks(analyze(session, "test"), "name", "time"), ""));
    return [...new Set(nodes.flat().map((node) => node.name))].sort();
  };
  expect(await namesIn("1.18.34 parallel-agents")).toEqual(
    expect.arrayContaining(["subagent general", "subagent scout"]),
  );
  expect(await namesIn("1.18.34 compaction")).toEqual(expect.arrayContaining(["step", "step (compaction)"]));
  expect(await namesIn("v1.18.34-scenarios")).toEqual(
    expect.arrayContaining(["turn", "turn (!command)", "turn (compaction)"]),
  );
});

test("a session 50,000 deep has as many stacks, and a flame graph", () => {
  const report = analyze(sessionFromDrafts(chainOfDrafts(50_000)), "test");
  const all = stacks(report, "name", "time");
  expect([all.length, sum(all)]).toEqual([49_999, 99_998]);
  expect(flameGraph(mergedNodes(all, "session"), 1000).picture.rows).toHaveLength(50_000);
});
