import { expect, test } from "vitest";
import { openPriceBook } from "../../src/load/price-book.js";

const book = await openPriceBook();
const USAGE = { uncachedInput: 1000, cacheRead: 0, cacheWrite: 0, output: 10, reasoning: 0 };
const siblingsOf = (model: string) => book.smallerThan(model, USAGE, Date.UTC(2026, 0, 10)).map((each) => each.model);

test.each([
  ["anthropic/claude-sonnet-4-5", "anthropic/claude-haiku-4-5"],
  ["anthropic/claude-opus-4-5-20251101", "anthropic/claude-haiku-4-5"],
  ["openai/gpt-5", "openai/gpt-5-mini"],
  ["google/gemini-2.5-pro", "google/gemini-2.5-flash"],
  ["openrouter/anthropic/claude-sonnet-4.5", "openrouter/anthropic/claude-haiku-4.5"],
  ["opencode/claude-sonnet-4-5", "opencode/claude-haiku-4-5"],
  ["gateway/anthropic/claude-sonnet-4.5", "gateway/anthropic/claude-haiku-4.5"],
])("next to %s stands %s", (model, sibling) => {
  expect(siblingsOf(model)[0]).toBe(sibling);
});

test("of one generation the dearest comes first: it is the nearest in size", () => {
  expect(siblingsOf("openai/gpt-5").slice(0, 2)).toEqual(["openai/gpt-5-mini", "openai/gpt-5-nano"]);
});

test("they are of the same family and for text, with prices", () => {
  const all = book.smallerThan("openai/gpt-5", USAGE, Date.UTC(2026, 0, 10));
  expect(all.every(({ model, prices }) => /^openai\/gpt-[\d.o]+-(mini|nano)/.test(model) && prices.output > 0)).toBe(
    true,
  );
  expect(siblingsOf("google-vertex/gemini-2.5-pro").filter((model) => model.includes("claude"))).toEqual([]);
});

test.each([
  "anthropic/claude-haiku-4-5",
  "openai/gpt-5-mini",
  "mock/mock-large",
  "claude-sonnet-4-5",
  "",
  "anthropic/",
])("%j has none", (model) => {
  expect(siblingsOf(model)).toEqual([]);
});
