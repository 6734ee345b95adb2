import { describe, expect, test } from "vitest";
import { analyze } from "../../src/analyze/index.js";
import type { EditRecord } from "../../src/model/session.js";
import { loadRoots, recordedPath } from "../support/fixtures.js";
import { sessionFromStory } from "../support/story-text.js";

const STORY = `
  turn 0..9000
    step 0..1000 prompt:1000 out:10 model:p/large
      edit a.ts 900..950 error
    step 1000..2000 prompt:1100 out:10 model:p/large
      read a.ts 1900..1950
    step 2000..3000 prompt:1200 out:10 model:p/large
      edit a.ts 2900..2950 lines:3/1
    step 3000..4000 prompt:1300 out:10 model:p/small
      edit b.ts 3900..3950 lines:2/0
      write c.ts 3950..3960
      edit b.ts 3960..3970 rejected`;
const rowsOf = (story: string, telemetry: readonly EditRecord[] = []) =>
  analyze({ ...sessionFromStory(story), telemetry }, "test").edits;
const rates = (rows: ReturnType<typeof rowsOf>) =>
  rows.map(({ format, model, attempts, succeeded, failed }) => [format, model, attempts, succeeded, failed]);

describe("edits", () => {
  test("are counted by format and model; what was rejected is no attempt", () => {
    expect(rates(rowsOf(STORY))).toEqual([
      ["edit", "p/large", 2, 1, 1],
      ["edit", "p/small", 1, 1, 0],
      ["write", "p/small", 1, 1, 0],
    ]);
  });

  test("waste the steps that only failed or looked at the file again, with what those took", () => {
    const [large, small] = rowsOf(STORY);
    expect([large?.wastedSteps, large?.wastedTokens]).toEqual([2, 1010 + 1110]);
    expect([small?.wastedSteps, small?.wastedTokens]).toEqual([0, 0]);
  });

  test("add and remove lines, as far as they say so", () => {
    const lines = rowsOf(STORY).map(({ linesAdded, linesRemoved }) => [linesAdded, linesRemoved]);
    expect(lines).toEqual([
      [3, 1],
      [2, 0],
      [null, null],
    ]);
  });

  test("of a server's tools are formats of their own", () => {
    expect(rates(rowsOf("turn 0..9\n  step 0..9 prompt:5\n    fs_edit_file a.ts 1..2"))).toEqual([
      ["fs_edit_file", "p/m", 1, 1, 0],
    ]);
  });
});

test("files that were edited say how often it was tried, and by which calls", () => {
  const { editedFiles } = analyze(sessionFromStory(STORY), "test");
  expect(editedFiles.map(({ spanIds, ...row }) => ({ ...row, calls: spanIds.length }))).toEqual([
    { file: "a.ts", attempts: 2, failed: 1, linesAdded: 3, linesRemoved: 1, calls: 2 },
    { file: "b.ts", attempts: 1, failed: 0, linesAdded: 2, linesRemoved: 0, calls: 1 },
    { file: "c.ts", attempts: 1, failed: 0, linesAdded: null, linesRemoved: null, calls: 1 },
  ]);
});

describe("a telemetry file", () => {
  const record: EditRecord = {
    ...{ kind: "edit", at: 0, sessionId: null, messageId: null, callId: null, format: "udiff", model: "p/large" },
    ...{ file: "a.ts", attempts: 1, success: true },
  };

  test("knows the format of a call better, and whether it was any good", () => {
    const bound = [
      { ...record, callId: "c1", success: null },
      { ...record, callId: "c3", messageId: "m4", success: false },
    ];
    expect(rates(rowsOf(STORY, bound))).toEqual([
      ["udiff", "p/large", 2, 0, 2],
      ["edit", "p/small", 1, 1, 0],
      ["write", "p/small", 1, 1, 0],
    ]);
    expect(rates(rowsOf(STORY, [{ ...record, callId: "c3", messageId: "m1" }]))[0]).toEqual([
      "edit",
      "p/large",
      2,
      1,
      1,
    ]);
  });

  test("says of a patch to several files how each went: it is good if all were", () => {
    const story = "turn 0..9\n  step 0..9 prompt:5\n    apply_patch a.ts 1..2";
    const bound = (good: boolean) => [
      { ...record, callId: "c1" },
      { ...record, callId: "c1", file: "b.ts", success: good },
    ];
    expect(rates(rowsOf(story, bound(true)))).toEqual([["udiff", "p/m", 1, 1, 0]]);
    expect(rates(rowsOf(story, bound(false)))).toEqual([["udiff", "p/m", 1, 0, 1]]);
  });

  test("of another session's call of the same name says nothing of this one's", () => {
    const other = { ...record, callId: "c1", sessionId: "ses_sub", attempts: 4 };
    expect(rates(rowsOf(STORY, [other])).slice(0, 1)).toEqual([["edit", "p/large", 2, 1, 1]]);
  });

  test("also tells of edits that are no call of the session: they stand apart", () => {
    const apart = [
      { ...record, attempts: 3 },
      { ...record, file: "b.ts", attempts: 2, success: false },
      { ...record, model: null, success: null },
    ];
    const rows = rowsOf(STORY, apart).filter(({ basis }) => basis === "recorded");
    expect(
      rows.map(({ format, model, files, attempts, succeeded, failed }) => [
        format,
        model,
        files,
        attempts,
        succeeded,
        failed,
      ]),
    ).toEqual([
      ["udiff", "p/large", 2, 5, 1, 4],
      ["udiff", null, 1, 1, 0, 0],
    ]);
    expect(rowsOf(STORY, apart).filter(({ basis }) => basis === "derived")).toEqual(rowsOf(STORY));
  });
});

test.each([
  [
    "1.18.34",
    [
      ["edit", 3, 2, 1],
      ["write", 1, 1, 0],
    ],
  ],
  [
    "1.3.2",
    [
      ["edit", 3, 1, 2],
      ["write", 1, 1, 0],
    ],
  ],
  [
    "2.0-preview",
    [
      ["edit", 3, 2, 1],
      ["write", 1, 1, 0],
    ],
  ],
])("debug-auth of %s: its edits", async (version, expected) => {
  const [session] = await loadRoots(recordedPath(`${version} debug-auth`));
  const { edits } = analyze(session as NonNullable<typeof session>, "test");
  expect(edits.map(({ format, attempts, succeeded, failed }) => [format, attempts, succeeded, failed])).toEqual(
    expected,
  );
});
