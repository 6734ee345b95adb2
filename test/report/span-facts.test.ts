import { describe, expect, test } from "vitest";
import { analyze } from "../../src/analyze/index.js";
import type { Report, ReportSpan } from "../../src/model/report.js";
import { spanFacts } from "../../src/report/span-facts.js";
import { loadRoots, RECORDED } from "../support/fixtures.js";
import { sessionFromText } from "../support/session-text.js";

const TEXT = `
  session 0..10000
    turn 0..4000
      step 0..4000
        model 0..2000 first 500
        read 2000..3000 file /p/src/a.ts
        bash 3000..4000 error on npm test
    turn 8000..10000
      step 8000..10000
        model 8000..10000 first 9000`;
const report = analyze(sessionFromText(TEXT), "test");

/** `change`: what is different of the span in the question. */
function factsOf(name: string, change: Partial<ReportSpan> = {}, of: Report = report): Record<string, string> {
  const [kind, startMs] = name.split(" ");
  const isIt = (span: ReportSpan) => (span.tool ?? span.kind) === kind && span.startMs === Number(startMs);
  const id = of.spans.findIndex(isIt);
  const spans = of.spans.map((span, i) => (i === id ? { ...span, ...change } : span));
  const facts = spanFacts({ ...of, spans })(id);
  return Object.fromEntries(facts.map(({ label, text }) => [label, text.replaceAll("\u00a0", " ")]));
}

test("a model call says its times, its tokens by kind, its cost, its model and its answer", () => {
  expect(factsOf("model 8000")).toEqual({
    Time: "2.0 s (20 % of the session)",
    "Own time": "1.0 s",
    "From, to": "8.0 s to 10.0 s",
    "Times are": "measured",
    "Critical path": "1.0 s",
    Tokens: "10 uncached input, 5 cache read, 3 output, 2 reasoning",
    Cost: "$0.0100",
    Model: "p/m",
    Agent: "build",
    Answer: "answer 1",
  });
});

test("what holds calls says what they took together, whatever lies between", () => {
  const taken = (name: string) => [factsOf(name).Tokens, factsOf(name).Cost];
  expect(taken("session 0")).toEqual(["40 in 2 answered calls", "$0.0200"]);
  expect(taken("turn 0")).toEqual(["20 in 1 answered call", "$0.0100"]);
  expect(taken("step 8000")).toEqual(["20 in 1 answered call", "$0.0100"]);
  expect(taken("bash 3000")).toEqual([undefined, undefined]);
});

test("a tool call says what it was called on: its file, else its arguments, else what stands for them", () => {
  expect(factsOf("read 2000")).toMatchObject({ Tool: "read", File: "src/a.ts" });
  expect(factsOf("read 2000")).not.toHaveProperty("Called on");
  expect(factsOf("bash 3000")).toMatchObject({ Tool: "bash", Status: "error", "Called on": "npm test" });
  const files = [{ path: "/p/a.ts", bytes: 1_600 }, { path: "/q/b.ts" }];
  expect(factsOf("bash 3000", { files })).toMatchObject({ Files: "a.ts (1.6 KB), /q/b.ts" });
  const shown = factsOf("bash 3000", { input: "command: npm test", output: "12 passed" });
  expect(shown).toMatchObject({ Arguments: "command: npm test", Output: "12 passed" });
  expect(shown).not.toHaveProperty("Called on");
});

test("retries say why the attempts failed, where that is known", () => {
  expect(factsOf("wait 0", { state: "retrying", args: "429, overloaded" })).toMatchObject({
    "Failed with": "429, overloaded",
  });
});

test("an error that is the output as well is said once, and several lines stand as they were written", () => {
  const said = factsOf("bash 3000", { error: "exit 1\nnot found", output: "exit 1\nnot found" });
  expect(said.Error).toBe("exit 1\nnot found");
  expect(said).not.toHaveProperty("Output");
  const both = factsOf("bash 3000", { error: "exit 1", output: "not found" });
  expect(both).toMatchObject({ Error: "exit 1", Output: "not found" });
  const spans = report.spans.map((span) => ({ ...span, input: "a\nb" }));
  const blocks = spanFacts({ ...report, spans })(0).filter(({ isBlock }) => isBlock);
  expect(blocks).toEqual([{ label: "Arguments", text: "a\nb", isBlock: true }]);
});

test.each([
  [{ basis: "unknown" }, { "Times are": "not known" }],
  [{ basis: "estimated" }, { "Times are": "estimated" }],
  [{ queuedMs: 1_500 }, { "Prompt queued": "1.5 s" }],
  [{ mayHaveSlept: true }, { Remark: "over 30 minutes without any record: the machine may have slept" }],
  [{ status: "aborted" }, { Status: "aborted" }],
] as const)("of a turn with %j it says %j", (change, said) => {
  expect(factsOf("turn 8000", change)).toMatchObject(said);
  for (const label of Object.keys(said).filter((each) => each !== "Times are"))
    expect(factsOf("turn 8000")).not.toHaveProperty(label);
});

test.each([
  ["recorded", 0.01, "$0.0100"],
  ["estimated", 0.01, "$0.0100 estimated"],
  ["free", 0, "$0 recorded"],
  ["no-price", null, "no price"],
  [null, null, undefined],
] as const)("a cost that is %s is said so", (costBasis, costUsd, text) => {
  const byMessage = report.tokens.byMessage.map((row) => ({ ...row, costBasis, costUsd }));
  expect(factsOf("model 0", {}, { ...report, tokens: { ...report.tokens, byMessage } }).Cost).toBe(text);
});

test("without any cost there is none of what holds the calls, and a session without time has no share", () => {
  const byMessage = report.tokens.byMessage.map((row) => ({ ...row, costUsd: null }));
  const unpriced = factsOf("session 0", {}, { ...report, tokens: { ...report.tokens, byMessage } });
  expect(unpriced).toHaveProperty("Tokens");
  expect(unpriced).not.toHaveProperty("Cost");
  expect(factsOf("session 0", {}, analyze(sessionFromText("session 0..0"), "test")).Time).toBe("0 ms");
});

const FIGURES = ["Time", "Own time", "From, to", "Critical path", "Tokens", "Cost"];

describe.each(RECORDED)("$name", ({ path }) => {
  test("every span says its time and nothing empty, each thing once; the session's tokens are those of all calls", async () => {
    for (const session of await loadRoots(path)) {
      const loaded = analyze(session, "test");
      const facts = spanFacts(loaded);
      for (const id of loaded.spans.keys()) {
        const labels = facts(id).map(({ label }) => label);
        expect(labels.slice(0, 1)).toEqual(["Time"]);
        expect(new Set(labels).size).toBe(labels.length);
        for (const { text } of facts(id)) expect(text).toMatch(/\S/);
        const figures = facts(id).filter(({ label }) => FIGURES.includes(label));
        for (const { text } of figures) expect(text).not.toMatch(/NaN|undefined|null|Infinity/);
      }
      // A record may count tokens of a message and tell no time of it.
      const timed = loaded.tokens.byMessage.filter(({ spanId }) => spanId !== null);
      const total = timed.reduce((sum, { tokens }) => sum + (tokens?.total ?? 0), 0);
      const said = facts(0).find(({ label }) => label === "Tokens")?.text ?? "0";
      expect(Number(said.split(" ")[0]?.replaceAll(",", ""))).toBe(total);
    }
  });
});
