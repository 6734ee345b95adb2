import { expect, test } from "vitest";
import { tokensByAgent, tokensByTurn } from "../../src/analyze/by-group.js";
import { sessionFromMessages } from "../support/context-text.js";
import { sessionFromText } from "../support/session-text.js";

const CALLS = `
  user text:9
  call build p/m prompt:100 out:10 cost:0.5 span:3
  call plan p/m prompt:500 out:10 cost:0.25 span:5
  sub call general p/m prompt:50 cost:0.125 span:8
  call build p/m prompt:200 reasoned:20
  call plan p/m prompt:30 copied
`;

test("an agent has all of its calls, the most tokens first", () => {
  const rows = tokensByAgent(sessionFromMessages(CALLS));
  expect(rows.map(({ name, calls, tokens, costUsd, spanId }) => [name, calls, tokens.total, costUsd, spanId])).toEqual([
    ["plan", 2, 540, 0.25, null],
    ["build", 2, 330, 0.5, null],
    ["general", 1, 50, 0.125, null],
  ]);
});

test("a turn has its calls and those of its subagents; what was copied stands before the turns, the rest after", () => {
  const { spans } = sessionFromText(`
    session 0..100
      turn 0..40
        step 0..40
          model 0..40
      turn 40..90
        model 40..50
        task 50..90
          subagent 50..90
            model 50..90
      turn 95..99
  `);
  const ids = spans.map((_, i) => 10 + i);
  const rows = tokensByTurn({ ...sessionFromMessages(CALLS), spans }, ids);
  expect(rows.map(({ name, spanId, calls, tokens }) => [name, spanId, calls, tokens.total])).toEqual([
    ["copied from another session", null, 1, 30],
    ["turn", 11, 1, 110],
    ["turn", 14, 2, 560],
    ["beside the turns", null, 1, 220],
  ]);
});

test("a call without an agent is of an unknown one", () => {
  const session = sessionFromMessages("call build p/m prompt:10");
  const messages = session.messages.map((message) => ({ ...message, agent: null }));
  expect(tokensByAgent({ ...session, messages })).toMatchObject([{ name: "unknown agent", calls: 1 }]);
});
