import { expect, test } from "vitest";
import { opencodeSession } from "../../../src/load/opencode/session.js";
import { messageDraft, sessionRows, textDraft, toolDraft } from "../../support/message-drafts.js";
import { spansAsText } from "../../support/session-text.js";

const prompt = (id: string, createdAt: number) => messageDraft(id, "user", { createdAt, parts: [textDraft(id)] });
const answer = (
  id: string,
  to: string,
  createdAt: number,
  completedAt: number,
  ...parts: ReturnType<typeof toolDraft>[]
) =>
  messageDraft(id, "assistant", {
    parentId: to,
    createdAt,
    completedAt,
    model: "p/m",
    parts: [textDraft(id, { at: createdAt, endAt: createdAt }), ...parts],
  });
const task = (callId: string, startAt: number, endAt: number, child: string) =>
  toolDraft("task", startAt, endAt, { callId, childSessionId: child });
const spansOf = (...sessions: Parameters<typeof opencodeSession>[0]) => {
  const { spans } = opencodeSession(sessions, []);
  return spansAsText(spans).filter((line) => !line.includes("p/m"));
};

test("a prompt that was sent while the turn before ran is queued: its turn begins when that one ends", () => {
  const session = opencodeSession(
    [
      sessionRows("root", null, [
        prompt("u1", 0),
        answer("a1", "u1", 100, 5_000),
        prompt("u2", 2_000),
        answer("a2", "u2", 5_010, 6_000),
      ]),
    ],
    [],
  );
  const turns = session.spans.filter((span) => span.kind === "turn");
  expect(turns.map(({ name, promptedAt, startAt, endAt }) => [name, promptedAt, startAt, endAt])).toEqual([
    ["u1", 0, 0, 5_000],
    ["u2", 2_000, 5_000, 6_000],
  ]);
});

test("a child session that was resumed hangs under each task call that ran it", () => {
  expect(
    spansOf(
      sessionRows("root", null, [
        prompt("u1", 0),
        answer(
          "a1",
          "u1",
          100,
          30_000,
          task("call_1", 1_000, 10_000, "child"),
          task("call_2", 20_000, 29_000, "child"),
        ),
      ]),
      sessionRows("child", "root", [
        prompt("c1", 1_010),
        answer("d1", "c1", 1_100, 9_900),
        prompt("c2", 20_010),
        answer("d2", "c2", 20_100, 28_900),
      ]),
    ),
  ).toEqual([
    "root 0..30000",
    "  u1 0..30000",
    "    a1 100..30000",
    "      task 1000..10000",
    "        child 1010..9900",
    "          d1 1100..9900",
    "      task 20000..29000",
    "        child 20010..28900",
    "          d2 20100..28900",
  ]);
});

test("a child that goes on after its task call hangs under the session, a span for each time it worked", () => {
  const root = sessionRows("root", null, [
    prompt("u1", 0),
    answer("a1", "u1", 100, 2_000, task("call_1", 1_000, 1_500, "child")),
  ]);
  const child = sessionRows("child", "root", [
    prompt("c1", 1_010),
    answer("d1", "c1", 1_100, 9_900),
    prompt("c2", 50_000),
    answer("d2", "c2", 50_100, 60_000),
  ]);
  expect(spansOf(root, child)).toEqual([
    "root 0..60000",
    "  u1 0..2000",
    "    a1 100..2000",
    "      task 1000..1500",
    "  child 1010..9900",
    "    d1 1100..9900",
    "  child 50000..60000",
    "    d2 50100..60000",
  ]);
  const { spans } = opencodeSession([root, child], []);
  expect(spans.flatMap((span) => (span.kind === "subagent" ? [span.startedBy] : []))).toEqual(["call_1", "call_1"]);
});

test("a subagent's subagent hangs under its own task call", () => {
  expect(
    spansOf(
      sessionRows("root", null, [
        prompt("u1", 0),
        answer("a1", "u1", 100, 9_000, task("call_1", 1_000, 8_000, "child")),
      ]),
      sessionRows("child", "root", [
        prompt("c1", 1_010),
        answer("d1", "c1", 1_100, 7_900, task("call_2", 2_000, 7_000, "grandchild")),
      ]),
      sessionRows("grandchild", "child", [prompt("g1", 2_010), answer("h1", "g1", 2_100, 6_900)]),
    ).slice(-4),
  ).toEqual([
    "          d1 1100..7900",
    "            task 2000..7000",
    "              grandchild 2010..6900",
    "                h1 2100..6900",
  ]);
});

test("messages are numbered in time order over all subagents, and know their spans", () => {
  const { messages, spans } = opencodeSession(
    [
      sessionRows("root", null, [
        prompt("u1", 0),
        answer("a1", "u1", 100, 9_000, task("call_1", 1_000, 8_000, "child")),
      ]),
      sessionRows("child", "root", [prompt("c1", 1_010), answer("d1", "c1", 1_100, 7_900)]),
    ],
    [],
  );
  const kind = (span: number | null) => (span === null ? null : spans[span]?.kind);
  expect(messages.map(({ id, number, span }) => [id, number, kind(span)])).toEqual([
    ["u1", 1, "turn"],
    ["a1", 2, "model"],
    ["c1", 3, "subagent"],
    ["d1", 4, "model"],
  ]);
});

test("messages made in the same millisecond are ordered by id, all others by time, wrapped ids or not", () => {
  const { messages } = opencodeSession(
    [sessionRows("root", null, [prompt("msg_f", 5), prompt("msg_0", 6), prompt("msg_b", 6)])],
    [],
  );
  expect(messages.map(({ id }) => id)).toEqual(["msg_f", "msg_0", "msg_b"]);
});
