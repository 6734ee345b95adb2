import { expect, test } from "vitest";
import { idTime } from "../../../src/load/opencode/ids.js";

test("idTime reads the time of an ascending id", () => {
  expect(idTime("msg_1f998361b001XTnQn6m6kxGZW1", 1795188864539)).toBe(1795188864539);
});

test("idTime inverts the time of a session's id", () => {
  expect(idTime("ses_e0667ccf2ffe3Gn1EHXjL0UEND", 1795188863757)).toBe(1795188863757);
});

test("idTime tells times before and after the wrap of 2026-08-14 apart by what is near", () => {
  const before = Date.UTC(2026, 7, 14, 11, 0);
  const after = Date.UTC(2026, 7, 14, 12, 0);
  const id = (at: number) => `prt_${(BigInt(at) * 4096n).toString(16).slice(-12).padStart(12, "0")}abcdefghijklmn`;
  expect(id(before) > id(after)).toBe(true);
  expect(idTime(id(before), after)).toBe(before);
  expect(idTime(id(after), before)).toBe(after);
});

test("idTime is null for an id of another form", () => {
  expect(idTime("msg_by_hand", 0)).toBeNull();
  expect(idTime("", 0)).toBeNull();
});
