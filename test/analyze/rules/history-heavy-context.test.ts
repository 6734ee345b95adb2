import { expect, test } from "vitest";
import { analyze } from "../../../src/analyze/index.js";
import type { RuleSettings } from "../../../src/analyze/thresholds.js";
import { foundInRecorded, foundInStory } from "../../support/findings.js";
import { sessionFromStory } from "../../support/story-text.js";

// Texts of w words are w * 1.05 + 1 tokens, and prompts grow by exactly that: the conversation is nearly all there is.
const TALK = `
  turn 0..1000 asks:100
    step 0..1000 prompt:1106 says:40000 out:42001 cost:0.01
  turn 2000..3000 asks:100
    step 2000..3000 prompt:43213 says:100 out:106 cost:0.01
  turn 4000..5000 asks:100
    step 4000..5000 prompt:43425 says:100 out:106 cost:0.01
  turn 6000..7000 asks:100
    step 6000..7000 prompt:43637 out:9 cost:0.01`;
const INPUT = 1106 + 43213 + 43425 + 43637;

const found = (limits: RuleSettings["history-heavy-context"] = {}, story = TALK) =>
  foundInStory("history-heavy-context", story, { "history-heavy-context": limits });

test("fires at the fourth turn of a session that was mostly conversation, and names the turn to have begun anew", () => {
  const [finding] = found();
  // By hand: the first turn left 106 + 42,001 tokens, which 3 calls were sent again; at the third turn it would have been
  // 2 calls with 42,319, at the fourth one with 42,531.
  expect(finding?.savings.tokens).toBe(3 * 42_107);
  expect(finding?.message).toBe(
    "97\u00a0% of the session's input was conversation history: 127.4\u00a0K of 131.4\u00a0K tokens. If the turn at #3 (“turn”) had nothing to do with what came before, a new session there would have saved 126.3\u00a0K.",
  );
  expect([finding?.affected, finding?.basis, finding?.evidence.length]).toEqual([3, "derived", 3]);
});

test("says nothing of a session with fewer turns than it takes", () => {
  expect([found({ fewestTurns: 4 }).length, found({ fewestTurns: 5 }).length]).toEqual([1, 0]);
});

test("speaks from the least input on, not below", () => {
  expect([found({ leastInputTokens: INPUT }).length, found({ leastInputTokens: INPUT + 1 }).length]).toEqual([1, 0]);
});

test("speaks above the share of history, not at it", () => {
  const rows = analyze(sessionFromStory(TALK), "test").tokens.composition;
  const parts = rows.flatMap((row) => row.parts.filter(({ kind }) => kind === "user" || kind === "assistant"));
  const share = parts.reduce((sum, { tokens }) => sum + tokens, 0) / INPUT;
  expect([found({ historyShare: share - 0.001 }).length, found({ historyShare: share }).length]).toEqual([1, 0]);
});

test("says nothing where files are what was sent again and again", () => {
  const files = TALK.replace(
    "says:40000 out:42001 cost:0.01",
    "out:9 cost:0.01\n      read src/a.ts 900..950 gives:40000",
  );
  expect(found({}, files)).toEqual([]);
});

test("finds the recorded talk that went on from subject to subject", async () => {
  const [found] = await foundInRecorded("history-heavy-context", "1.18.34 long-talk", "Talk about the queue");
  // By the log of the model server the seven calls from the fifth turn on held 2,328 tokens each of what was said before: 16,296.
  expect(found?.message).toMatch(/^86\u00a0% of the session's input was conversation history/);
  expect(found).toMatchObject({ savings: { tokens: 16_317 } });
});
