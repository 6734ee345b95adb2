import { sum } from "simple-statistics";
import { describe, expect, test } from "vitest";
import { analyze } from "../../src/analyze/index.js";
import { openPriceBook } from "../../src/load/price-book.js";
import type { Report } from "../../src/model/report.js";
import type { Session } from "../../src/model/session.js";
import { DATABASES, loadRoots, RECORDED, recordedPath } from "../support/fixtures.js";
import { inputCostByFile } from "../support/token-invariants.js";

async function sessionOf(name: string): Promise<Session> {
  const [session] = await loadRoots(recordedPath(name));
  if (!session) throw new Error(`no session in ${name}`);
  return session;
}
const reportOf = async (name: string) => analyze(await sessionOf(name), "test");
const rowOf = ({ tokens }: Report, file: string) => tokens.byFile.find((row) => row.file === file);
const partOf = ({ tokens }: Report, call: number, kind: string) =>
  tokens.composition.at(call)?.parts.find((part) => part.kind === kind)?.tokens ?? 0;

describe("1.18.34 attached-files", () => {
  const name = "1.18.34 attached-files";

  test("a file has one row, however it was spelled", async () => {
    const report = await reportOf(name);
    expect(report.tokens.byFile.map(({ file, kind }) => `${kind} ${file}`)).toEqual([
      "base system prompt and tool definitions",
      "file src/one.ts",
      "file src/two.ts",
      "history conversation history",
      "file src/AGENTS.md",
      "file docs/new.md",
    ]);
  });

  test("what was read twice with nothing written in between is one repeated read; after the edit it is none", async () => {
    const report = await reportOf(name);
    expect(rowOf(report, "src/two.ts")).toMatchObject({ reads: 4, writes: 1, repeatedReads: 1 });
    expect(rowOf(report, "src/one.ts")).toMatchObject({ reads: 2, writes: 0, repeatedReads: 0 });
    expect(rowOf(report, "docs/new.md")).toMatchObject({ reads: 0, writes: 1 });
  });

  test("the attached file is in every prompt from the first on, and is no tool's result", async () => {
    const report = await reportOf(name);
    expect(report.tokens.composition).toHaveLength(6);
    expect(partOf(report, 0, "tool-result")).toBe(0);
    const attached = report.tokens.composition.map((_, call) => partOf(report, call, "attached-file"));
    expect(new Set(attached)).toEqual(new Set([attached[0]]));
    // 40 lines of about 70 characters
    expect(attached[0]).toBeGreaterThan(800);
    expect(attached[0]).toBeLessThan(3_000);
  });

  test("instructions that a read brought along are carried by each call after it, and were not asked for", async () => {
    const row = rowOf(await reportOf(name), "src/AGENTS.md");
    expect(row).toMatchObject({ reads: 0, writes: 0 });
    expect(row?.carriedTokens).toBe((row?.contentTokens ?? 0) * 5);
  });
});

test("2.0-preview attached-files: the attached file and the loaded instructions are files here too", async () => {
  const report = await reportOf("2.0-preview attached-files");
  const files = report.tokens.byFile.filter(({ kind }) => kind === "file").map(({ file }) => file);
  // A prompt of this generation has no more than the name of what was attached.
  expect(files).toEqual(["one.ts", "src/two.ts", "src/AGENTS.md", "docs/new.md"]);
  expect(rowOf(report, "src/two.ts")).toMatchObject({ reads: 3, writes: 1, repeatedReads: 0 });
  expect(partOf(report, 0, "attached-file")).toBe(rowOf(report, "one.ts")?.contentTokens);
});

describe("1.18.34 pruning", () => {
  test("the results that were replaced by a remark are missing from the last prompt, and said there", async () => {
    const { tokens } = await reportOf("1.18.34 pruning");
    const pruned = tokens.composition.map(({ prunedTokens }) => prunedTokens);
    expect(pruned.slice(0, -1).every((count) => count === 0)).toBe(true);
    const [before, after] = tokens.composition.slice(-2).map(({ promptTokens }) => promptTokens) as [number, number];
    // four reads went out; a short remark for each and the last turn came in
    expect(Math.abs((pruned.at(-1) ?? 0) / (before - after) - 1)).toBeLessThan(0.005);
    expect(tokens.composition.every(({ shrunkTokens, compactedTokens }) => shrunkTokens + compactedTokens === 0)).toBe(
      true,
    );
  });

  test("the messages say which: the first four, none since", async () => {
    const { messages } = await sessionOf("1.18.34 pruning");
    const pruned = messages.flatMap(({ content }) =>
      content.flatMap((part) => (part.kind === "tool-result" && part.prunedAt !== null ? [part.path] : [])),
    );
    expect(pruned).toEqual([1, 2, 3, 4].map((n) => `big${n}.ts`));
  });

  test("a file that was read again while the first read was still there is a repeated read", async () => {
    expect(rowOf(await reportOf("1.18.34 pruning"), "big1.ts")).toMatchObject({
      ...{ reads: 2, repeatedReads: 1, repeatedAfterCompaction: 0 },
    });
  });
});

test.each([
  ["1.18.34 attached-files", ["first-call", null, null, null, null, null]],
  ["1.18.34 pruning", ["first-call", ...Array.from({ length: 12 }, () => null)]],
  ["2.0-preview attached-files", ["first-call", null, null, null, null]],
])("%s: the cache missed only what it could not hold yet", async (name, misses) => {
  expect((await reportOf(name)).tokens.composition.map(({ cacheMiss }) => cacheMiss)).toEqual(misses);
});

describe.each(["1.18.34 priced-anthropic", "1.18.34 priced-openai"])("%s", (name) => {
  test("the price list's estimate is within 1 % of the recorded cost", async () => {
    const session = await sessionOf(name);
    const recorded = analyze(session, "test").summary;
    const messages = session.messages.map((message) => ({ ...message, costUsd: null }));
    const { summary, tokens } = analyze({ ...session, messages }, "test", await openPriceBook());
    expect(recorded.costBasis).toBe("recorded");
    expect(summary.costBasis).toBe("estimated");
    expect(Math.abs((summary.costUsd ?? 0) / (recorded.costUsd ?? 0) - 1)).toBeLessThan(0.01);
    expect(sum(tokens.byMessage.map(({ costUsd }) => costUsd ?? 0))).toBeCloseTo(summary.costUsd ?? 0, 6);
  });

  test("the cost by file is the cost of the input: the rest is what the answers cost", async () => {
    const session = await sessionOf(name);
    const book = await openPriceBook();
    const report = analyze(session, "test", book);
    const answers = session.messages.map(({ model, tokens, createdAt }) => {
      const rates = model && tokens ? book.pricesFor(model, tokens, createdAt) : null;
      return rates && tokens ? rates.output * (tokens.output + tokens.reasoning) : 0;
    });
    expect(inputCostByFile(report)).toBeCloseTo((report.summary.costUsd ?? 0) - sum(answers), 5);
  });
});

test("the new recordings are held against what OpenCode itself printed of them", () => {
  const compared = DATABASES.filter(({ stats }) => stats !== null).map(({ name }) => name);
  for (const scenario of ["attached-files", "pruning", "priced-anthropic", "priced-openai"])
    expect(compared).toContain(`1.18.34 ${scenario}`);
  expect(RECORDED.map(({ name }) => name)).toContain("2.0-preview attached-files");
});
