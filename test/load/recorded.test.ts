import { sum } from "simple-statistics";
import { describe, expect, test } from "vitest";
import { analyze } from "../../src/analyze/index.js";
import { loadRoots, RECORDED, SCENARIOS } from "../support/fixtures.js";
import { countsReasoningInside, printedStats, statsOf } from "../support/opencode-stats.js";
import { rowSums } from "../support/row-sums.js";

describe.each(RECORDED)("$name", ({ name, db }) => {
  test("every session: the ledger sums to the wall time, figures equal the sums of the rows", async () => {
    const sessions = await loadRoots(db);
    expect(sessions.length).toBeGreaterThan(0);
    for (const session of sessions) {
      const { summary, time, tokens } = analyze(session, "test");
      const rows = rowSums(db, session.id);
      expect(sum(time.ledger.map((row) => row.ms))).toBe(summary.wallMs);
      expect(summary.messages).toBe(rows.messages);
      expect(summary.toolCalls).toBe(sum(Object.values(rows.tools)));
      expect(summary.tokens).toMatchObject({
        uncachedInput: rows.tokens.input,
        cacheRead: rows.tokens.read,
        cacheWrite: rows.tokens.write,
      });
      const { output, reasoning } = summary.tokens;
      expect(reasoning).toBe(rows.tokens.reasoning);
      expect(countsReasoningInside(name) ? output + reasoning : output).toBe(rows.tokens.output);
      expect(summary.costUsd ?? 0).toBeCloseTo(rows.cost, 9);
      expect(sum(tokens.byMessage.map((row) => row.tokens?.total ?? 0))).toBe(summary.tokens.total);
      expect(sum(tokens.byModel.map((row) => row.tokens.total))).toBe(summary.tokens.total);
    }
  });

  test("children lie inside their parents, ids are unique, messages are in order", async () => {
    for (const { spans, messages, notes } of await loadRoots(db)) {
      expect(notes.map((note) => note.text).filter((text) => text.includes("reached outside"))).toEqual([]);
      expect(spans[0]?.kind).toBe("session");
      expect(new Set(messages.map((message) => message.id)).size).toBe(messages.length);
      expect(messages.map((message) => message.number)).toEqual(messages.map((_, i) => i + 1));
      for (const message of messages) expect(message.span === null || message.span < spans.length).toBe(true);
    }
  });
});

describe.each(RECORDED.filter(({ stats }) => stats !== null))("$name", ({ name, db, stats }) => {
  test("equals what `opencode stats` printed, in its own format", async () => {
    const printed = printedStats(stats ?? "");
    const own = statsOf(await loadRoots(db), countsReasoningInside(name));
    expect(printed.overview).toMatchObject(own.overview);
    expect([own.models, own.tools]).toEqual([printed.models, printed.tools]);
  });
});

test("the sessions of the scenarios equal what `opencode stats` printed of them", async () => {
  const { overview, models, tools } = statsOf(await loadRoots(SCENARIOS), false);
  expect(overview).toMatchObject({
    ...{
      Sessions: "13",
      Messages: "44",
      "Total Cost": "$0.17",
      Input: "38.0K",
      Output: "1.2K",
      "Cache Read": "105.5K",
    },
    ...{ "Avg Tokens/Session": "11.1K", "Median Tokens/Session": "320" },
  });
  expect(models).toMatchObject({ "mock/m1": { Messages: "27", "Output Tokens": "1.3K", Cost: "$0.1656" } });
  expect(tools).toEqual({ read: 7, bash: 7, glob: 3, edit: 3, grep: 3, task: 3, write: 3, todowrite: 3, skill: 3 });
});
