import fc from "fast-check";
import { expect, test } from "vitest";
import { packedTexts, textsOf } from "../../src/report/packed-texts.js";

test("of an id stand its kind, the time since the one before, the count and what is chance", () => {
  const ids = ["msg_c4a81b2f0001AbCdEfGhIjKlMn", "msg_c4a81b2f9002zyxwvutsrqponm"];
  expect(packedTexts(["build", ...ids])).toEqual({
    texts: ["build", 0, 0],
    kinds: ["msg_"],
    steps: [0xc4a81b2f0, 9],
    counts: [1, 2],
    ends: "AbCdEfGhIjKlMnzyxwvutsrqponm",
  });
});

test("texts come back as they were, those too that only look like an id", () => {
  const part = (chars: string, length: number) =>
    fc.string({ unit: fc.constantFrom(...chars), minLength: length - 1, maxLength: length + 1 });
  const kind = fc.constantFrom("msg_", "ses_", "Msg_", "call_", "");
  const like = fc.tuple(kind, part("0123456789abcdef", 12), part("09azAZ", 14)).map((parts) => parts.join(""));
  fc.assert(
    fc.property(fc.array(fc.oneof(like, fc.string())), (texts) => {
      expect(textsOf(JSON.parse(JSON.stringify(packedTexts(texts))))).toEqual(texts);
    }),
    { numRuns: 2_000 },
  );
});
