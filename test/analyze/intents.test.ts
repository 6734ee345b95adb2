import { expect, test } from "vitest";
import { analyze } from "../../src/analyze/index.js";
import type { IntentRecord } from "../../src/model/session.js";
import { sessionFromStory } from "../support/story-text.js";

const session = sessionFromStory("turn 0..9000 asks:12\n  step 0..2000 prompt:9000 out:40\n    bash 600..900");

test("an intent stands in the report as its record says it, with the span that it is about", () => {
  const record: IntentRecord = {
    ...{ kind: "intent", at: 500, sessionId: null, messageId: session.messages[0]?.id ?? "", callId: null },
    ...{ label: "fix", confidence: 0.875, correctLabel: "ask", escalated: true },
  };
  const { intents, spans } = analyze({ ...session, telemetry: [record, { ...record, messageId: null }] }, "test");
  const row = { at: 500, label: "fix", confidence: 0.875, correctLabel: "ask", escalated: true };
  expect(intents).toEqual([
    { spanId: 1, ...row },
    { spanId: null, ...row },
  ]);
  expect(spans[1]?.kind).toBe("turn");
});
