import { expect, test } from "vitest";
import { openModelList } from "../../src/load/model-list.js";

test.each([
  ["anthropic/claude-sonnet-4-5", true],
  ["anthropic/claude-sonnet-4-5-20250929", true],
  ["openai/gpt-5", true],
  ["gateway-of-ours/claude-sonnet-4-5", true],
  ["anthropic/claude-sonnet-4-5-acme-tuned", false],
  ["google/gemini-2.5-pro-acme", false],
  ["openai/ft:gpt-4o-mini-2024-07-18:acme:custom:9abc", false],
  ["mock/mock-large", false],
  ["alone", false],
])("whether %s is a public model: %s", async (model, isPublic) => {
  expect((await openModelList())(model)).toBe(isPublic);
});
