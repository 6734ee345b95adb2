import { expect, test } from "vitest";
import type { PartDraft, ToolDraft } from "../../../src/load/opencode/drafts.js";
import { resetsToolStarts, stepTimes, toolTimes } from "../../../src/load/opencode/timing.js";
import { markDraft, messageDraft, textDraft, toolDraft } from "../../support/message-drafts.js";

const message = (completedAt: number | null, ...parts: PartDraft[]) =>
  messageDraft("m", "assistant", { createdAt: 100, completedAt, parts });
const mark = markDraft;
const text = (at: number | null, startAt: number, endAt: number | null) => textDraft("", { at, startAt, endAt });
const tool = (name: string, at: number | null, startAt: number | null, endAt: number | null) =>
  toolDraft(name, startAt, endAt, { at });

test("the first output is the start mark, the stream ends with the last text or the start of the last tool", () => {
  const parts = [mark("step-start", 150), text(152, 152, 180), tool("bash", 175, 190, 400), mark("step-finish", 410)];
  const draft = message(420, ...parts);
  const times = stepTimes(draft, [toolTimes(parts[2] as ToolDraft, draft, false)]);
  expect(times).toMatchObject({ startAt: 100, firstOutputAt: 150, streamEndAt: 190, endAt: 420, status: "ok" });
});

test("where texts have no duration (1.3.2 and older), the part's own time is the first output", () => {
  const draft = message(300, text(160, 250, 250), mark("step-finish", 260));
  expect(stepTimes(draft, [])).toMatchObject({ firstOutputAt: 160, streamEndAt: 250 });
});

test("without any believable time of a part, the first output is unknown", () => {
  expect(stepTimes(message(300, mark("step-start", null)), [])).toMatchObject({
    firstOutputAt: null,
    modelBasis: "unknown",
  });
});

test("a missing end is the last thing recorded in the step", () => {
  expect(stepTimes(message(null, mark("step-start", 150), text(152, 152, null)), [])).toMatchObject({
    endAt: 152,
    status: "unfinished",
  });
});

test("two start marks without an end mark between them are a broken stream", () => {
  const broken = message(500, mark("step-start", 150), mark("step-start", 300), text(301, 301, 400));
  expect(stepTimes(broken, [])).toMatchObject({ retrying: { startAt: 100, endAt: 300 }, firstOutputAt: 300 });
  const twoSteps = message(500, mark("step-start", 150), mark("step-finish", 200), mark("step-start", 300));
  expect(stepTimes(twoSteps, []).retrying).toBeNull();
});

test("a message may have more parts than a call has arguments", () => {
  const parts = Array.from({ length: 200_000 }, (_, i) => text(150 + i, 150 + i, 151 + i));
  expect(stepTimes({ ...message(null), parts }, [])).toMatchObject({ firstOutputAt: 150, endAt: 200_150 });
});

test("a start that was reset is replaced by the call's first appearance, and marked", () => {
  const draft = message(5_000);
  expect(toolTimes(tool("bash", 150, 3_990, 4_000), draft, true)).toEqual({
    calledAt: 150,
    startAt: 150,
    endAt: 4_000,
    basis: "estimated",
  });
  expect(toolTimes(tool("read", 150, 160, 170), draft, true)).toEqual({
    calledAt: 160,
    startAt: 160,
    endAt: 170,
    basis: "measured",
  });
});

test.each([
  ["1.2.1", false],
  ["1.3.2", false],
  ["1.3.3", true],
  ["1.14.34", true],
  ["1.18.25", true],
  ["1.18.27", false],
  ["1.18.34", false],
  ["2.0.0", false],
  ["local", false],
  [null, false],
])("release %s resets the starts of tools: %s", (version, resets) => {
  expect(resetsToolStarts(version)).toBe(resets);
});

test("pieces of an answer stream one after the other: none lasts longer than until the next appeared", () => {
  const parts = [
    textDraft("thought", { kind: "reasoning", at: 10, startAt: 10, endAt: 95 }), // 1.3.2 and older: the stream's end
    textDraft("said", { at: 20, startAt: 90, endAt: 90 }), // and a start that is the end
    toolDraft("bash", 85, 200, { at: 70 }),
  ];
  const { phases } = stepTimes(messageDraft("a", "assistant", { completedAt: 200, parts }), []);
  expect(phases).toEqual([
    { kind: "reasoning", startAt: 10, endAt: 20 },
    { kind: "text", startAt: 20, endAt: 70 },
    { kind: "tool-arguments", startAt: 70, endAt: 85 },
  ]);
});
