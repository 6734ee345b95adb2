import { describe, expect, test } from "vitest";
import { gathered2, type Message2Row } from "../../../src/load/opencode/gather-2.js";
import { opencodeSession } from "../../../src/load/opencode/session.js";
import { NO_SHAPE } from "../../../src/load/text-shape.js";
import { spansAsText } from "../../support/session-text.js";

const AT = 1_795_000_000_000;
let serial = 0;

/** A row as the database has it; its id was minted `mintedBefore` ms before the message was made. */
function row(type: string, from: number, data: object = {}, mintedBefore = 0): Message2Row {
  const stamp = (BigInt(AT + from - mintedBefore) * 4_096n + BigInt(serial++)) & 0xffff_ffff_ffffn;
  const id = `msg_${stamp.toString(16).padStart(12, "0")}00000000000000`;
  const time = { created: AT + from, ...(data as { time?: object }).time };
  return { id, type, time_updated: AT + from + 400, data: JSON.stringify({ ...data, time }) };
}
const user = (from: number, text: string) => row("user", from, { text });
const answer = (from: number, until: number | null, data: object = {}, mintedBefore = 100) =>
  row(
    "assistant",
    from,
    {
      agent: "build",
      model: { id: "m", providerID: "p" },
      content: [],
      ...data,
      time: { completed: until === null ? undefined : AT + until, ...(data as { time?: object }).time },
    },
    mintedBefore,
  );
const text = (words: string) => ({ type: "text", text: words });
const tool = (name: string, created: number, ran: number | null, completed: number | null, state: object = {}) => ({
  ...{ type: "tool", id: `call_${name}`, name },
  state: { status: completed === null ? "running" : "completed", input: {}, content: [text("out")], ...state },
  time: {
    created: AT + created,
    ...(ran === null ? {} : { ran: AT + ran }),
    ...(completed === null ? {} : { completed: AT + completed }),
  },
});

const HEAD = {
  id: "ses_x",
  parentId: null,
  title: "t",
  directory: "/p",
  version: "2.0.26",
  createdAt: AT,
  revertedFrom: null,
  counted: null,
};
const sessionOf = (...rows: Message2Row[]) => opencodeSession([gathered2(HEAD, rows, null, () => NO_SHAPE)], []);
const drawn = (...rows: Message2Row[]) =>
  spansAsText(
    sessionOf(...rows).spans.map((span) => ({ ...span, startAt: span.startAt - AT, endAt: span.endAt - AT })),
  );

describe("a step", () => {
  test("begins when its id was minted, its output when the message was made", () => {
    const { spans } = sessionOf(user(0, "do it"), answer(1_100, 2_000, { content: [text("done")] }, 1_000));
    const [model] = spans.filter((span) => span.kind === "model");
    expect(model).toMatchObject({ startAt: AT + 100, firstOutputAt: AT + 1_100, endAt: AT + 2_000, retrying: null });
  });

  test("streams until `streamed`, where the release says so, not until its tools are done", () => {
    const rows = [
      user(0, "a"),
      answer(500, 9_000, { time: { streamed: AT + 900 }, content: [text("x"), tool("shell", 600, 700, 8_900)] }),
    ];
    expect(sessionOf(...rows).spans.find((span) => span.kind === "model")?.endAt).toBe(AT + 900);
  });

  test("a tool runs from its call, not from its first argument", () => {
    const { spans } = sessionOf(user(0, "a"), answer(500, 4_000, { content: [tool("read", 600, 1_500, 3_000)] }));
    expect(spans.find((span) => span.kind === "tool")).toMatchObject({ startAt: AT + 1_500, endAt: AT + 3_000 });
  });

  test("taken over from 1.x, the message was made when the step began: its first output is not known from it", () => {
    const { spans } = sessionOf(user(0, "a"), answer(500, 4_000, { content: [text("x")] }, 0));
    expect(spans.find((span) => span.kind === "model")).toMatchObject({ firstOutputAt: null, basis: "unknown" });
  });

  test("an id that was made by hand says nothing", () => {
    const made = { ...answer(500, 4_000, { content: [text("x")] }), id: "msg_imported" };
    expect(sessionOf(user(0, "a"), made).spans.find((span) => span.kind === "model")?.startAt).toBe(AT + 500);
  });

  test("a retry that goes on: retrying until the next attempt is due", () => {
    const retry = { attempt: 2, at: AT + 3_000, error: { type: "provider.rate-limit", message: "slow down" } };
    const { spans } = sessionOf(user(0, "a"), answer(500, null, { retry }, 400));
    expect(spans.find((span) => span.kind === "model")).toMatchObject({
      retrying: { startAt: AT + 100 },
      status: "unfinished",
    });
  });
});

describe("statuses", () => {
  const statusOf = (state: object) => {
    const { spans } = sessionOf(
      user(0, "a"),
      answer(500, 4_000, { content: [tool("shell", 600, 700, 900, { status: "error", ...state })] }),
    );
    return spans.find((span) => span.kind === "tool")?.status;
  };

  test.each([
    ["error", { error: { type: "tool.execution", message: "File not found" } }],
    ["aborted", { error: { type: "aborted", message: "Tool execution interrupted" } }],
    ["rejected", { error: { type: "permission.rejected", message: "no" } }],
    ["rejected", { error: { type: "aborted", message: "The user declined this tool call" } }],
  ])("%s", (status, state) => {
    expect(statusOf(state)).toBe(status);
  });

  test.each([
    ["aborted", { type: "aborted", message: "Step interrupted" }],
    ["failed", { type: "provider.auth", message: "no key" }],
  ])("a session whose last answer was %s", (outcome, error) => {
    expect(sessionOf(user(0, "a"), answer(500, 900, { error })).outcome).toBe(outcome);
  });

  test.each([
    ["complete", "succeeded"],
    ["failed", "failed"],
    ["aborted", "interrupted"],
  ])("%s where the session went idle as %s", (outcome, idle) => {
    expect(sessionOf(user(0, "a"), row("idle", 700, { outcome: idle })).outcome).toBe(outcome);
    expect(sessionOf(user(0, "a"), row("idle", 700, { outcome: idle }), user(800, "b")).outcome).toBe("unfinished");
  });
});

describe("rows that are no prompt and no answer", () => {
  test("a !command is a turn of its own, with the command that ran", () => {
    const shell = row("shell", 1_000, {
      shellID: "sh_1",
      command: "ls -l",
      status: "exited",
      exit: 0,
      output: "a",
      time: { completed: AT + 1_800 },
    });
    const session = sessionOf(user(0, "a"), answer(200, 900, { content: [text("x")] }), shell);
    expect(session.outcome).toBe("complete");
    expect(session.spans.filter((span) => span.kind === "turn").map(({ name, trigger }) => [name, trigger])).toEqual([
      ["a", "prompt"],
      ["!ls -l", "shell"],
    ]);
    expect(session.spans.at(-1)).toMatchObject({
      kind: "tool",
      target: "ls -l",
      startAt: AT + 1_000,
      endAt: AT + 1_800,
    });
    expect(session.messages.at(-1)).toMatchObject({ role: "user", origin: "command", tools: ["shell"] });
  });

  test("a compaction by hand is a turn, one by itself belongs to the turn in which it stands", () => {
    const compaction = (from: number, reason: string) =>
      row("compaction", from, {
        status: "completed",
        reason,
        summary: "so far",
        tokens: { input: 50, output: 5, reasoning: 0, cache: { read: 0, write: 0 } },
        cost: 0.01,
      });
    const session = sessionOf(
      user(0, "a"),
      answer(200, 900),
      compaction(1_000, "auto"),
      answer(1_600, 1_900),
      compaction(2_000, "manual"),
    );
    expect(session.spans.filter((span) => span.kind === "turn").map((span) => span.trigger)).toEqual([
      "prompt",
      "compaction",
    ]);
    expect(session.messages.filter((message) => message.isCompaction)).toMatchObject([
      { tokens: { uncachedInput: 50, output: 5 }, costUsd: 0.01, isAnswered: true },
      { costUsd: 0.01 },
    ]);
  });

  test("what only marks a change is no message; what the program or a skill said is", () => {
    const markers = ["system", "agent-switched", "model-switched", "location-switched"].map((type) => row(type, 50));
    const session = sessionOf(
      ...markers,
      row("skill", 100, { name: "review", text: "long" }),
      row("synthetic", 200, { text: "by itself" }),
      answer(400, 500),
    );
    expect(session.messages.map(({ origin, text }) => [origin, text.firstWords])).toEqual([
      ["prompt", "/review"],
      ["automatic", "by itself"],
      ["answer", ""],
    ]);
    expect(session.notes.filter(({ kind }) => kind === "skipped")).toEqual([]);
  });

  test("what no release is known to write is skipped and said", () => {
    const session = sessionOf(
      user(0, "a"),
      row("hologram", 100),
      answer(200, 300, { content: [text("x"), { nonsense: 1 }] }),
    );
    expect(session.notes.filter(({ kind }) => kind === "skipped").map((note) => note.text)).toEqual([
      "1 message was skipped: not readable as JSON of a known form.",
      "1 message part was skipped: not readable, or of a message that is not there.",
    ]);
  });
});

test("a prompt counts from when it was sent, also while the turn before was still running", () => {
  const steered = { ...row("user", 3_000, { text: "and this" }, 2_000) };
  expect(
    drawn(
      user(0, "first"),
      answer(500, 2_500, { content: [text("x")] }),
      steered,
      answer(3_300, 4_000, { content: [text("y")] }),
    ),
  ).toEqual([
    "t 0..4000",
    "  first 0..2500",
    "    x 400..2500",
    "      p/m 400..2500",
    "  and this 2500..4000",
    "    y 3200..4000",
    "      p/m 3200..4000",
  ]);
});

test("what a session of 1.3 counted as output held its reasoning", () => {
  const tokens = { input: 10, output: 30, reasoning: 20, cache: { read: 0, write: 0 } };
  const rows = gathered2({ ...HEAD, version: "1.3.2" }, [answer(0, 100, { tokens })], null, () => NO_SHAPE);
  expect(rows.messages[0]).toMatchObject({ tokens: { output: 10, reasoning: 20 }, reasoningWasInside: true });
  expect(gathered2(HEAD, [answer(0, 100, { tokens })], null, () => NO_SHAPE).messages[0]?.tokens).toMatchObject({
    output: 30,
  });
});
