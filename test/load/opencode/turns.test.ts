import { expect, test } from "vitest";
import type { MessageDraft, PartDraft } from "../../../src/load/opencode/drafts.js";
import { turnsOf } from "../../../src/load/opencode/turns.js";
import { messageDraft, textDraft } from "../../support/message-drafts.js";

const text = (words: string, synthetic = false) => textDraft(words, { synthetic });
const user = (id: string, ...parts: PartDraft[]) => messageDraft(id, "user", { parts });
const answer = (id: string, to: string) => messageDraft(id, "assistant", { parentId: to });

/** Turns as `trigger prompt: replies`. */
const drawn = (...messages: MessageDraft[]) =>
  turnsOf(messages).map(
    ({ trigger, prompt, replies }) => `${trigger} ${prompt?.id ?? "-"}: ${replies.map(({ id }) => id).join(" ")}`,
  );

test("answers belong to the prompt they name", () => {
  expect(
    drawn(user("u1", text("a")), answer("a1", "u1"), answer("a2", "u1"), user("u2", text("b")), answer("a3", "u2")),
  ).toEqual(["prompt u1: a1 a2", "prompt u2: a3"]);
});

test("a prompt that was queued while a step ran keeps its own answers", () => {
  expect(
    drawn(user("u1", text("a")), answer("a1", "u1"), user("u2", text("b")), answer("a2", "u1"), answer("a3", "u2")),
  ).toEqual(["prompt u1: a1 a2", "prompt u2: a3"]);
});

test("an automatic compaction and the words that carry on after it stay in the turn", () => {
  const compaction: PartDraft = { kind: "compaction", at: 0, auto: true, keptFrom: null };
  expect(
    drawn(
      user("u1", text("a")),
      answer("a1", "u1"),
      user("u2", compaction),
      answer("summary", "u2"),
      user("u3", text("Continue if you have next steps", true)),
      answer("a2", "u3"),
    ),
  ).toEqual(["prompt u1: a1 summary a2"]);
});

test("a compaction by hand and a !command are turns that are no prompts", () => {
  const shell = text("The following tool was executed by the user", true);
  expect(
    drawn(
      user("u1", { kind: "compaction", at: 0, auto: false, keptFrom: null }),
      answer("a1", "u1"),
      user("u2", shell),
      answer("a2", "u2"),
    ),
  ).toEqual(["compaction u1: a1", "shell u2: a2"]);
});

test("a prompt with a file beside synthetic texts is a prompt", () => {
  expect(drawn(user("u1", text("Called the Read tool", true), { kind: "other", at: 0, type: "file" }))).toEqual([
    "prompt u1: ",
  ]);
});

test("answers without any prompt make a turn of their own", () => {
  expect(drawn(answer("a1", "gone"), user("u1", text("a")), answer("a2", "gone"))).toEqual([
    "prompt -: a1",
    "prompt u1: a2",
  ]);
});

test("without the prompts, the answers to each make a turn", () => {
  expect(drawn(answer("a1", "p"), answer("a2", "p"), answer("a3", "q"))).toEqual(["prompt -: a1 a2", "prompt -: a3"]);
});
