import { expect, test } from "vitest";
import { compositionRow } from "../../src/analyze/composition.js";
import { tokenNotes } from "../../src/analyze/token-notes.js";
import { compositionsOf, sessionFromMessages } from "../support/context-text.js";

function notesOf(text: string, isEstimated = false): string[] {
  const session = sessionFromMessages(text);
  const messages = session.messages.map((each) => (isEstimated ? { ...each, costIsEstimated: true as const } : each));
  const rows = compositionsOf(text).map((each) => compositionRow(each, session, [], new Map()));
  return tokenNotes({ ...session, messages }, rows, "some prices 1.0").flatMap(([applies, , words]) =>
    applies ? [words] : [],
  );
}

test("a session whose prompts were not counted has nothing to say of them", () => {
  expect(notesOf("user text:9 \n call build p/m text:9")).toEqual([]);
});

test("calls whose cost is an estimate are counted, with the list that it is by", () => {
  const [one] = notesOf("call build p/m prompt:100 cost:1", true);
  expect(one).toBe("1 call has no recorded cost: it is shown at list prices (some prices 1.0).");
  const [two] = notesOf("call build p/m prompt:100 cost:1 \n call build p/m prompt:100 cost:1", true);
  expect(two).toMatch(/^2 calls have no recorded cost: they are shown/);
});

test("calls without any price are counted, with their models", () => {
  const [note] = notesOf("call build p/z prompt:100 \n call build p/a prompt:100 \n call build p/z prompt:100");
  expect(note).toBe("3 calls have no recorded cost and no known price (p/a, p/z): left out of all costs.");
});

test("how much could not be attributed is said, if anything", () => {
  const shareIn = (prompt: number) =>
    / ([^.]*[\d.]+) % could not be attributed\.$/.exec(
      notesOf(`call build p/m prompt:100000 cost:1 \n call build p/m prompt:${prompt} cost:1`)[0] ?? "",
    )?.[1];
  expect([shareIn(100_000), shareIn(100_010), shareIn(150_000)]).toEqual([undefined, "Less than 0.1", "20.0"]);
});

test("prompts that are smaller than what they should hold are counted", () => {
  const notes = notesOf("call build p/m prompt:1000 cost:1 \n call build p/m prompt:500 cost:1");
  expect(notes.at(-1)).toMatch(/^1 prompt was smaller than what it should have held/);
});
