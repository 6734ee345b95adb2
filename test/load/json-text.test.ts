import fc from "fast-check";
import { expect, test } from "vitest";
import { jsonObjectAt } from "../../src/load/json-text.js";

test("an object is found whatever follows it", () => {
  expect(jsonObjectAt('log {"a": "}"} done }', 4, 4)).toEqual({ value: { a: "}" }, isCut: false, end: 14 });
});

test("of an object that is cut off, the whole elements of its outer lists are kept", () => {
  const text = '{"info": {"x": 1}, "messages": [{"parts": [{"a": 1}, {"b": "]"}, {"c": [1, {"d": 2}], "e';
  expect(jsonObjectAt(text, 0, 4)).toMatchObject({
    value: { info: { x: 1 }, messages: [{ parts: [{ a: 1 }, { b: "]" }] }] },
    isCut: true,
  });
  expect(jsonObjectAt(text, 0, 2)).toMatchObject({ value: null, isCut: true });
});

test("what is no JSON is nothing", () => {
  expect(jsonObjectAt("{ this is text }", 0, 4)).toBeNull();
});

test("cut anywhere, what is kept is the beginning of what was there", () => {
  const message = fc.record({ info: fc.string(), parts: fc.array(fc.dictionary(fc.string(), fc.string())) });
  fc.assert(
    fc.property(fc.array(message), fc.nat(), (messages, at) => {
      const text = JSON.stringify({ messages });
      const cut = text.slice(0, at % text.length);
      const found = cut === "" ? null : (jsonObjectAt(cut, 0, 4)?.value as { messages: typeof messages } | null);
      for (const [i, kept] of (found?.messages ?? []).entries()) {
        expect(kept.info).toBe(messages[i]?.info);
        expect(kept.parts).toEqual(messages[i]?.parts.slice(0, kept.parts.length));
      }
    }),
  );
});
