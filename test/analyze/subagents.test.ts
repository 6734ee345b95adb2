import { expect, test } from "vitest";
import { analyze } from "../../src/analyze/index.js";
import { loadRoots, recordedPath } from "../support/fixtures.js";
import { sessionFromText } from "../support/session-text.js";

const ledgerOf = (rows: readonly { readonly state: string; readonly ms: number }[]) =>
  Object.fromEntries(rows.filter(({ ms }) => ms > 0).map(({ state, ms }) => [state, ms]));

test("a subagent has a ledger of its own, over the time in which it worked", () => {
  const { time } = analyze(
    sessionFromText(`
      session 0..100
        turn 0..100
          step 0..100
            task 0..90
              subagent 10..80
                step 10..80
                  model 10..40 first 30
                  bash 40..75
            bash 0..100
    `),
    "test",
  );
  expect(time.subagents).toHaveLength(1);
  expect(time.subagents[0]?.wallMs).toBe(70);
  expect(ledgerOf(time.subagents[0]?.ledger ?? [])).toEqual({
    "waiting-for-model": 20,
    generating: 10,
    "running-tools": 35,
    overhead: 5,
  });
});

test("recorded subagents: tokens and cost of each, and of both the session's without its own", async () => {
  for (const name of ["1.18.34 parallel-agents", "2.0-preview parallel-agents"]) {
    const [session] = await loadRoots(recordedPath(name));
    const { time, tokens, summary } = analyze(session as NonNullable<typeof session>, "test");
    expect(time.subagents.map(({ agent, modelCalls, toolCalls }) => [agent, modelCalls, toolCalls])).toEqual([
      ["scout", 3, 2],
      ["general", 2, 2],
    ]);
    const own = tokens.byMessage.filter((row) => !row.isSubagent);
    const ofSubagents = time.subagents.reduce((sum, row) => sum + row.tokens, 0);
    expect(ofSubagents + own.reduce((sum, row) => sum + (row.tokens?.total ?? 0), 0)).toBe(summary.tokens.total);
  }
});
