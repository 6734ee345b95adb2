import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { analyze } from "../../src/analyze/index.js";
import { RULES } from "../../src/analyze/rules/index.js";
import { THRESHOLDS } from "../../src/analyze/thresholds.js";
import type { Report, Suggestion } from "../../src/model/report.js";
import type { Session } from "../../src/model/session.js";
import { sessionFromMessages } from "../support/context-text.js";
import { type Took, tookBy } from "../support/evidence.js";
import { EXAMPLE, loadTitled } from "../support/fixtures.js";
import { messageLines } from "../support/random-messages.js";
import { spanDrafts } from "../support/random-spans.js";
import { stories } from "../support/random-stories.js";
import { sessionFromDrafts } from "../support/session-text.js";
import { sessionFromStory } from "../support/story-text.js";

describe("the list of rules", () => {
  test("a rule's id is the name of its file, and every file is in the list", () => {
    const folder = fileURLToPath(new URL("../../src/analyze/rules", import.meta.url));
    const files = readdirSync(folder).map((name) => name.replace(/\.ts$/, ""));
    expect(RULES.map(({ id }) => id).sort()).toEqual(files.filter((name) => name !== "index").sort());
  });

  test("it has the order of the table of thresholds", () => {
    const ids = Object.keys(THRESHOLDS).filter((id) => id !== "any-rule" && id !== "slowest-operations");
    expect(RULES.map(({ id }) => id)).toEqual(ids);
  });
});

describe("suggestions", () => {
  test("stand by what they save, and what saves nothing that can be told stands last", async () => {
    const { suggestions, summary } = analyze(await loadTitled(EXAMPLE, "Debug Auth"), "test");
    const weights = suggestions.map(({ savings: { share = 0, tokens = 0, usd = 0 } }) =>
      Math.max(share, tokens / summary.tokens.total, usd / (summary.costUsd ?? 1)),
    );
    expect(weights).toEqual([...weights].sort((a, b) => b - a));
  });

  test("what would save less than a hundredth of everything is left out, unless the user wants it", () => {
    const long = `
      turn 0..900000
        step 0..1000 prompt:9000
          edit src/a.ts 900..950 error
        step 1000..900000 prompt:2000000`;
    const least = (leastShare: number) => analyze(sessionFromStory(long), "test", null, { "any-rule": { leastShare } });
    expect(least(0.01).suggestions.map(({ rule }) => rule)).not.toContain("failed-edits");
    expect(least(0.001).suggestions.map(({ rule }) => rule)).toContain("failed-edits");
  });

  test("a session without anything has none", () => {
    expect(analyze(sessionFromMessages(""), "test").suggestions).toEqual([]);
  });
});

const RUNS = { numRuns: 400 };
const reportOf = (session: Session) => analyze(session, "test");

test("no saving exceeds what its evidence took", () => {
  fc.assert(
    fc.property(stories, (story) => {
      const session = sessionFromStory(story);
      const report = reportOf(session);
      for (const suggestion of report.suggestions)
        expectWithin(suggestion, tookBy(suggestion.evidence, report, session));
    }),
    RUNS,
  );
});

function expectWithin({ rule, savings }: Suggestion, took: Took): void {
  const { ms = 0, tokens = 0, usd = 0 } = savings;
  expect([rule, ms <= took.ms, tokens <= took.tokens, usd <= took.usd + 1e-9]).toEqual([rule, true, true, true]);
}

test("what a suggestion says is whole: figures that are numbers, evidence that is there, a formula, a text to use", () => {
  fc.assert(
    fc.property(stories, (story) => {
      const report = reportOf(sessionFromStory(story));
      for (const suggestion of report.suggestions) expectWhole(suggestion, report);
    }),
    RUNS,
  );
});

function expectWhole(suggestion: Suggestion, { spans }: Report): void {
  const { rule, title, message, why, formula, caveat, apply, evidence, savings, affected } = suggestion;
  const texts = [title, message, why, formula, caveat ?? "-", ...apply.flatMap(({ label, text }) => [label, text])];
  for (const text of texts) expect([rule, text]).toEqual([rule, expect.stringMatching(/\S/)]);
  for (const text of texts) expect(text).not.toMatch(/NaN|undefined|Infinity|null|\[object|–/);
  expect([rule, evidence.length > 0, affected > 0]).toEqual([rule, true, true]);
  for (const id of evidence) expect(spans[id]).toBeDefined();
  for (const saved of Object.values(savings)) expect(saved).toBeGreaterThan(0);
  if (savings.share !== undefined) expect(savings.share).toBeLessThanOrEqual(1);
}

test("whatever was recorded, however broken, suggestions can be made of it", () => {
  fc.assert(
    fc.property(fc.oneof(spanDrafts.map(sessionFromDrafts), messageLines.map(sessionFromMessages)), (session) => {
      for (const suggestion of reportOf(session).suggestions) expect(suggestion.formula).not.toMatch(/NaN|Infinity/);
    }),
    { numRuns: 2_000 },
  );
});

test("every rule has its say in at least one of twenty random sessions", () => {
  const sample = fc.sample(stories, { numRuns: 300, seed: 7 });
  const heard = new Map(RULES.map(({ id }): [string, number] => [id, 0]));
  for (const story of sample)
    for (const rule of new Set(reportOf(sessionFromStory(story)).suggestions.map((each) => each.rule)))
      heard.set(rule, (heard.get(rule) ?? 0) + 1);
  const rare = [...heard].filter(([, times]) => times < 0.05 * sample.length);
  expect(rare).toEqual([]);
});
