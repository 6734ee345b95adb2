import { describe, expect, test } from "vitest";
import { analyze } from "../../src/analyze/index.js";
import { mergedNodes } from "../../src/flame/merge.js";
import { type Grouping, type Stack, stacks, type Weight } from "../../src/flame/stacks.js";
import type { Report } from "../../src/model/report.js";
import { loadRoots, RECORDED, recordedPath } from "../support/fixtures.js";
import { sessionFromText } from "../support/session-text.js";
import { nodesAsText, stackAsText } from "../support/stack-text.js";

const asText = (report: Report, grouping: Grouping, weight: Weight) =>
  stacks(report, grouping, weight).map(stackAsText);
const drawn = (report: Report, grouping: Grouping, weight: Weight) =>
  nodesAsText(mergedNodes(stacks(report, grouping, weight), "all"), ({ count }) => `x${count}`);
const sum = (all: readonly Stack[]) => all.reduce((total, { weight }) => total + weight, 0);

test.each(RECORDED)("$name: its stacks sum up to its totals", async ({ path }) => {
  for (const session of await loadRoots(path)) expectTotals(analyze(session, "test"));
});

/** Tokens by name and by model are all of the session, by tool and by file all input; costs those that are known. */
function expectTotals(report: Report): void {
  const { tokens, costUsd, activeMs } = report.summary;
  const input = tokens.uncachedInput + tokens.cacheRead + tokens.cacheWrite;
  for (const grouping of ["name", "model"] as const) {
    expect(sum(stacks(report, grouping, "tokens"))).toBe(tokens.total);
    expect(sum(stacks(report, grouping, "cost"))).toBeCloseTo(costUsd ?? 0, 9);
  }
  for (const grouping of ["tool", "file"] as const) {
    expect(sum(stacks(report, grouping, "tokens"))).toBe(input);
    expect(sum(stacks(report, grouping, "cost"))).toBeLessThanOrEqual((costUsd ?? 0) + 1e-4);
  }
  expect(sum(stacks(report, "name", "time"))).toBeGreaterThanOrEqual(activeMs);
}

describe("tokens and cost", () => {
  const withSpans = () => {
    const session = sessionFromText("session 0..9\n  turn 0..9\n    step 0..9\n      model 0..9 first 4");
    return { ...session, messages: session.messages.map((message) => ({ ...message, span: 3 })) };
  };

  test("by name hang on the call, tokens by their five kinds", () => {
    const report = analyze(withSpans(), "test");
    expect(asText(report, "name", "tokens")).toEqual([
      "turn;step;model call;uncached input 10",
      "turn;step;model call;cache read 5",
      "turn;step;model call;output 3",
      "turn;step;model call;reasoning 2",
    ]);
    expect(asText(report, "name", "cost")).toEqual(["turn;step;model call 0.01"]);
    expect(stacks(report, "name", "cost").map(({ spanId }) => spanId)).toEqual([3]);
  });

  test("by model stand under model and agent", () => {
    const report = analyze(withSpans(), "test");
    expect(asText(report, "model", "tokens")[0]).toBe("p/m;build;uncached input 10");
    expect(asText(report, "model", "cost")).toEqual(["p/m;build 0.01"]);
  });

  test("that a fork copied stand beside the call tree", () => {
    const session = withSpans();
    const messages = session.messages.map((message) => ({ ...message, span: null, isCopied: true }));
    const report = analyze({ ...session, messages }, "test");
    expect(asText(report, "name", "cost")).toEqual(["copied from another session;model call 0.01"]);
  });

  test("that are not known are nothing", () => {
    const session = withSpans();
    const messages = session.messages.map((message) => ({ ...message, tokens: null, costUsd: null }));
    const report = analyze({ ...session, messages }, "test");
    expect([asText(report, "name", "tokens"), asText(report, "model", "cost")]).toEqual([[], []]);
  });

  test("by tool and by file are what prompts held: the rows of the tables, and what else there was", async () => {
    const [report] = (await loadRoots(recordedPath("1.18.34 parallel-agents"))).map((session) =>
      analyze(session, "test"),
    );
    if (!report) throw new Error("no session");
    expect(drawn(report, "file", "tokens")).toEqual([
      "all 69908 x1",
      "  (system prompt and tool definitions) 53273 x0",
      "  services/ 15283 x3",
      "    cart.ts 9268 x1",
      "    order.ts 3756 x1",
      "    pay.ts 2259 x1",
      "  (conversation history) 874 x0",
      "  (results of other tools) 478 x0",
    ]);
    const ofTools = report.tokens.byTool.map(
      ({ name, carriedTokens, calls }) => `  ${name} ${carriedTokens} x${calls}`,
    );
    expect(drawn(report, "tool", "tokens")).toEqual(expect.arrayContaining(ofTools));
    expect(drawn(report, "tool", "tokens")[1]).toBe("  (system prompt and tool definitions) 53273 x9");
  });
});
