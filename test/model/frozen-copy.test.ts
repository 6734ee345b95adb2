import { expect, test } from "vitest";
import { frozenCopy } from "../../src/model/frozen-copy.js";

test("a copy has the new fields, and the others as they were; the object stays as it was", () => {
  const object = { name: "read", startAt: 1 };
  const copy = frozenCopy(object, { startAt: 2, endAt: 3 });
  expect(copy).toEqual({ name: "read", startAt: 2, endAt: 3 });
  expect(object).toEqual({ name: "read", startAt: 1 });
});

test("neither can be changed afterwards", () => {
  const object = { name: "read" };
  expect([frozenCopy(object, {}), object].every(Object.isFrozen)).toBe(true);
});
