import fc from "fast-check";
import { expect, test } from "vitest";
import { countStates, TEXT_STATES } from "../../src/load/text-states.js";

/** The states that a text goes through, in the order of the table. */
function statesOf(text: string): string[] {
  const counts = new Uint32Array(TEXT_STATES.length);
  countStates(text, counts);
  return TEXT_STATES.flatMap(({ kind, place, after }, i) =>
    Array.from({ length: counts[i] as number }, () => `${kind} ${place}${after ? ` after ${after}` : ""}`),
  );
}

test("a letter counts by its place in its word, as far as that matters", () => {
  expect(statesOf("Ab")).toEqual(["capital 1", "small 2"]);
  expect(statesOf("abcdefghijk").filter((state) => state === "small 9")).toHaveLength(3);
});

test("a small letter parts the last of several capitals from the others", () => {
  expect(statesOf("ABc")).toContain("small 2 after two capitals");
  expect(statesOf("ABCd")).toContain("small 2 after more capitals");
});

test("a word behind a digit is told from others to its end", () => {
  expect(statesOf("1ab2")).toEqual(["digit 1", "digit 1", "small 1 after digit", "small 2 after digit"].sort());
  expect(statesOf("a1")).toContain("digit 1 after word");
  expect(statesOf(" 1")).toContain("digit 1 after one space");
});

test("every character is counted once, whatever it is", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(statesOf(text)).toHaveLength(text.length);
    }),
  );
});
