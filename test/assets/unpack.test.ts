import fc from "fast-check";
import { expect, test } from "vitest";
import { unpackedText } from "../../assets/page/unpack.js";
import { packedText } from "../../src/render/pack.js";

test("what was packed is the same text unpacked, also where a letter lies across two pieces", async () => {
  const text = fc.string({ unit: "grapheme", maxLength: 2_000 });
  await fc.assert(
    fc.asyncProperty(text, fc.constantFrom(1, 30, 300), async (part, times) => {
      expect(await unpackedText(packedText(part.repeat(times)))).toBe(part.repeat(times));
    }),
    { numRuns: 30 },
  );
  const long = `a${"–".repeat(300_000)}`;
  expect(await unpackedText(packedText(long))).toBe(long);
});

test.each([
  ["is cut off", (packed: string) => packed.slice(0, 100)],
  ["has other letters in it", (packed: string) => `${packed.slice(0, 40)}AAAAAAAA${packed.slice(48)}`],
  ["is no base64", () => "–"],
  ["is empty", () => ""],
])("a text that %s is refused", async (_, damaged) => {
  const packed = packedText(Array.from({ length: 200 }, (_, i) => `row ${i ** 3}`).join("\n"));
  await expect(unpackedText(damaged(packed))).rejects.toThrow();
});
