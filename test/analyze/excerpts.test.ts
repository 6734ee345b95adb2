import { describe, expect, test } from "vitest";
import { shownExcerpts } from "../../src/analyze/excerpts.js";
import { analyze } from "../../src/analyze/index.js";
import type { CallExcerpts, Session, Span, ToolSpan } from "../../src/model/session.js";
import { sessionFromText } from "../support/session-text.js";

const CALLS = `
  session 0..1000
    turn 0..1000
      bash 0..10
      read 10..50
      grep 50..60 error
      glob 60..100
      edit 100..120 error`;

const changedCalls = (session: Session, change: (span: ToolSpan) => Partial<ToolSpan>): Session => ({
  ...session,
  spans: session.spans.map((span) => (span.kind === "tool" ? { ...span, ...change(span) } : span)),
});
/** The drawn calls, each with 60 characters of arguments and 40 of output. */
const drawn = (text = CALLS): Session =>
  changedCalls(sessionFromText(text), () => ({ excerpts: { input: "i".repeat(60), output: "o".repeat(40) } }));

describe("where not all excerpts have room", () => {
  const shownWith = (budgetChars: number, { spans } = drawn()) => {
    const { byCall, leftOut } = shownExcerpts(spans, budgetChars);
    return [...[...byCall.keys()].map((index) => (spans[index] as Span).name), leftOut];
  };

  test("failed calls come first, then the others, the longest first, equal ones in their order", () => {
    expect(shownWith(500)).toEqual(["edit", "grep", "read", "glob", "bash", 0]);
    expect(shownWith(499)).toEqual(["edit", "grep", "read", "glob", 1]);
    expect(shownWith(300)).toEqual(["edit", "grep", "read", 2]);
    expect(shownWith(99)).toEqual([5]);
  });

  test("a short one does not take the place of a longer one before it", () => {
    const short = changedCalls(drawn(), ({ name }) =>
      name === "bash" ? { excerpts: { input: "i", output: "" } } : {},
    );
    expect(shownWith(350, short)).toEqual(["edit", "grep", "read", 2]);
  });

  test("calls without any text take no room, and are not missed", () => {
    const silent = changedCalls(drawn(), ({ status }) =>
      status === "error" ? { excerpts: { input: "", output: "" } } : {},
    );
    expect(shownWith(300, silent)).toEqual(["read", "glob", "bash", 0]);
  });
});

describe("a span of the report", () => {
  const spanOf = (excerpts: CallExcerpts, error: string | null = null) =>
    analyze(
      changedCalls(sessionFromText("session 0..9\n  turn 0..9\n    bash 0..9"), () => ({ excerpts, error })),
      "test",
    ).spans.find(({ kind }) => kind === "tool");

  test("has arguments and output where there are any", () => {
    expect(spanOf({ input: "command: ls", output: "a\nb" })).toMatchObject({ input: "command: ls", output: "a\nb" });
    const silent = spanOf({ input: "", output: "" });
    expect(silent).not.toHaveProperty("input");
    expect(silent).not.toHaveProperty("output");
  });

  test("has no output that only repeats its error", () => {
    expect(spanOf({ input: "a: 1", output: "not found" }, "not found")).not.toHaveProperty("output");
    expect(spanOf({ input: "", output: "not found\n  at a" }, "not found at a")?.output).toBe("not found\n  at a");
  });
});

describe("a session of thousands of calls", () => {
  const reportOf = (calls: number) =>
    analyze(
      drawn(["session 0..1", "  turn 0..1", ...Array.from({ length: calls }, () => "    bash 0..1")].join("\n")),
      "test",
    );
  const notesOf = (calls: number) => reportOf(calls).notes.filter(({ text }) => text.includes("arguments and output"));

  test("has 200,000 characters of excerpts", () => {
    const { spans } = reportOf(3_000);
    expect(spans.reduce((sum, { input = "", output = "" }) => sum + input.length + output.length, 0)).toBe(200_000);
  });

  test("says once how many calls are without, and one that has room for all says nothing", () => {
    expect(notesOf(3_000)).toEqual([
      {
        kind: "info",
        text: "1000 tool calls are shown without arguments and output, so that the report stays small: it has those of calls that failed, then of the longest.",
      },
    ]);
    expect(notesOf(2_001)[0]?.text).toMatch(/^1 tool call is shown without /);
    expect(notesOf(2_000)).toEqual([]);
  });
});
