import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { calcPrice } from "@pydantic/genai-prices";
import { build } from "esbuild";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { packageFile } from "../../src/cli/package-files.js";
import { openPriceBook } from "../../src/load/price-book.js";
import type { TokenPrices } from "../../src/model/price-book.js";
import type { TokenUsage } from "../../src/model/units.js";
import { copyOf, loadRoots } from "../support/fixtures.js";

const book = await openPriceBook();
const JANUARY = Date.UTC(2026, 0, 10);
const counts = fc.integer({ min: 0, max: 400_000 });
const usages = fc.record({
  uncachedInput: counts,
  cacheRead: counts,
  cacheWrite: counts,
  output: counts,
  reasoning: counts,
});
const NOTHING: TokenUsage = { uncachedInput: 0, cacheRead: 0, cacheWrite: 0, output: 0, reasoning: 0 };

function costOf(rates: TokenPrices, usage: TokenUsage): number {
  const { uncachedInput, cacheRead, cacheWrite, output, reasoning } = usage;
  const prompt = uncachedInput * rates.uncachedInput + cacheRead * rates.cacheRead + cacheWrite * rates.cacheWrite;
  return prompt + (output + reasoning) * rates.output;
}

/** The list's own sum: its input counts cached tokens in, its output reasoning. */
function listedCost(providerId: string, name: string, usage: TokenUsage, at: number): number | undefined {
  const { uncachedInput, cacheRead, cacheWrite, output, reasoning } = usage;
  const tokens = {
    input_tokens: uncachedInput + cacheRead + cacheWrite,
    ...{ cache_read_tokens: cacheRead, cache_write_tokens: cacheWrite, output_tokens: output + reasoning },
  };
  return calcPrice(tokens, name, { providerId, timestamp: new Date(at) })?.total_price;
}

describe("rates give what the list itself calculates", () => {
  test.each([
    ["anthropic/claude-sonnet-4-5", "anthropic", "claude-sonnet-4-5"],
    ["anthropic/claude-opus-4-5-20251101", "anthropic", "claude-opus-4-5-20251101"],
    ["openai/gpt-5", "openai", "gpt-5"],
    ["google/gemini-2.5-pro", "google", "gemini-2.5-pro"],
    ["google-vertex-anthropic/claude-sonnet-4-5@20250929", "google", "claude-sonnet-4-5@20250929"],
    ["amazon-bedrock/anthropic.claude-sonnet-4-20250514-v1:0", "aws", "anthropic.claude-sonnet-4-20250514-v1:0"],
    ["github-copilot/gpt-5.4", "github-copilot", "gpt-5.4"],
    ["openrouter/anthropic/claude-3.5-sonnet", "openrouter", "anthropic/claude-3.5-sonnet"],
    ["xai/grok-code-fast-1", "x-ai", "grok-code-fast-1"],
    ["deepseek/deepseek-chat", "deepseek", "deepseek-chat"],
    ["zhipuai-coding-plan/glm-5", "zhipuai", "glm-5"],
    ["opencode/claude-sonnet-4-5", "anthropic", "claude-sonnet-4-5"],
    ["gateway/anthropic/claude-sonnet-4.5", "anthropic", "claude-sonnet-4.5"],
  ])("%s", (model, provider, name) => {
    const times = fc.integer({ min: Date.UTC(2025, 0, 1), max: Date.UTC(2027, 0, 1) });
    fc.assert(
      fc.property(usages, times, (usage, at) => {
        const rates = book.pricesFor(model, usage, at) as TokenPrices;
        const listed = listedCost(provider, name, usage, at) as number;
        expect(Math.abs(costOf(rates, usage) - listed)).toBeLessThanOrEqual(1e-9 * Math.max(1, listed));
      }),
    );
  });
});

test("a long prompt has the prices of its tier, cached tokens counted in, from the first token beyond the limit", () => {
  const rates = (cacheRead: number) =>
    book.pricesFor("anthropic/claude-sonnet-4-5", { ...NOTHING, uncachedInput: 1, cacheRead }, JANUARY);
  const perMillion = ({ uncachedInput, cacheRead, cacheWrite, output }: TokenPrices) =>
    [uncachedInput, cacheRead, cacheWrite, output].map((usd) => Math.round(usd * 1e8) / 100);
  expect(perMillion(rates(199_999) as TokenPrices)).toEqual([3, 0.3, 3.75, 15]);
  expect(perMillion(rates(200_000) as TokenPrices)).toEqual([6, 0.6, 7.5, 22.5]);
});

test("prices are those of the time of the call", () => {
  const input = (at: number) => (book.pricesFor("openai/o3", NOTHING, at)?.uncachedInput ?? 0) * 1e6;
  expect([input(Date.UTC(2025, 4, 1)), input(Date.UTC(2025, 7, 1))]).toEqual([10, 2]);
});

test.each([
  "mock/mock-large",
  "anthropic/no-such-model",
  "claude-sonnet-4-5",
  "openaix",
  "",
  "/",
  "github-copilot/claude-sonnet-4", // not in the list for this provider, and its maker's price is not Copilot's
  "opencode/big-pickle",
  "ollama/minimax-m2.7:cloud",
  "somebody/gpt-oss-120b", // every host has its own price
  "somebody/glm-5",
  "somebody/grok-code-free",
  "my-openai-proxy/some-model",
  "cerebras/qwen-3-coder-480b", // listed without a price
  "perplexity/sonar", // a fee for each request
  "perplexity/sonar-deep-research", // reasoning has a price of its own
])("%j has no price", (model) => {
  expect(book.pricesFor(model, { ...NOTHING, uncachedInput: 10 }, JANUARY)).toBeNull();
});

test("the list is named with its version", () => {
  const { devDependencies } = JSON.parse(readFileSync(packageFile("package.json"), "utf8"));
  expect(book.source).toBe(`genai-prices ${devDependencies["@pydantic/genai-prices"]}`);
});

test("the list is a chunk of its own when bundled, and nothing in it asks the network", async () => {
  const { outputFiles } = await build({
    entryPoints: [packageFile("src", "load", "price-book.ts")],
    ...{ bundle: true, splitting: true, format: "esm", platform: "node", write: false, outdir: "out" },
  });
  const [own, list] = outputFiles.map(({ text }) => text).sort((a, b) => a.length - b.length) as [string, string];
  expect(own.length).toBeLessThan(20_000);
  expect(list.length).toBeGreaterThan(300_000);
  for (const text of [own, list])
    expect(text).not.toMatch(/\bfetch\b|XMLHttpRequest|WebSocket|node:https?|\brequire\(|import\("http/);
});

const real = join(fileURLToPath(new URL("../../../shared/data", import.meta.url)), "opencode-real");

// These recordings are not part of the project; they lie beside the checkout or nowhere.
describe.skipIf(!existsSync(real))("real recordings beside the checkout", () => {
  test("recorded costs are all 0, of plans and local models; only what is listed is estimated", async () => {
    const places = [copyOf(join(real, "early-schema.db")), join(real, "long-export.json")];
    const sessions = (await Promise.all(places.map((path) => loadRoots(path)))).flat();
    const calls = sessions.flatMap(({ messages }) => messages.filter(({ tokens, model }) => tokens && model));
    expect(calls.filter(({ costUsd }) => costUsd !== null && costUsd > 0)).toEqual([]);
    const priced = calls.filter(({ model, tokens, createdAt }) =>
      book.pricesFor(model ?? "", tokens ?? NOTHING, createdAt),
    );
    expect([...new Set(priced.map(({ model }) => model))]).toEqual(["zhipuai-coding-plan/glm-5"]);
  });
});
