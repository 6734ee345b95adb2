import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { analyze } from "../../../src/analyze/index.js";
import type { Report } from "../../../src/model/report.js";
import { MARKDOWN_CHARS, renderMarkdown } from "../../../src/render/markdown/index.js";
import { EXAMPLE, loadRoots, RECORDED } from "../../support/fixtures.js";
import { hostileTexts, reportWrittenAs } from "../../support/hostile-report.js";
import { stories } from "../../support/random-stories.js";
import { redacted } from "../../support/redacted.js";
import { editRow, reportWithSkills, skillReport } from "../../support/skill-report.js";
import { sessionFromStory } from "../../support/story-text.js";
import { SUGGESTIONS, withSuggestions } from "../../support/suggestions.js";

const reportsOf = async (path: string): Promise<Report[]> =>
  (await loadRoots(path)).map((session) => analyze(redacted(session, "paths"), "1.0.0"));
const exampleReport = async () => (await reportsOf(EXAMPLE))[0] as Report;

/** The text without what stands in its blocks of code, and those. */
function withoutBlocks(markdown: string): { prose: string; blocks: string[] } {
  const blocks: string[] = [];
  const prose = markdown.replace(/^ (`{3,})(\w*)\n([\s\S]*?)\n \1$/gm, (_, __, language, code) => {
    blocks.push(`${language}\n${code}`);
    return `CODE ${language}`;
  });
  return { prose, blocks };
}

/** What each line is: a heading, a row of so many cells, a tag, code, words. */
function outline(markdown: string): string[] {
  return withoutBlocks(markdown)
    .prose.split("\n")
    .map((line) => {
      if (line.startsWith("|")) return `row of ${line.split("|").length - 2}`;
      return /^(#{2,3} |CODE\b.*|<\/?details>|<summary>|<!--|<sub>|\*\*|$)/.exec(line)?.[0] ?? "words";
    });
}

/** One of ours: written by the renderer itself, never by a session. */
const OWN_TAGS = /^<!-- sessionflame -->|<\/?(details|summary|b|i|sub|code|span)>|<br>/g;
const BAR_LINE = / {5}[\p{L}\p{M}\p{N} ._/()+-]+ :(done, )?(crit, )?\d+, \d+/u;

function expectInert(markdown: string): void {
  const { prose, blocks } = withoutBlocks(markdown);
  const plain = (text: string) => text.replace(OWN_TAGS, "·").replace(/`[█░]{20}`|&#\d+;/g, "·");
  expect(plain(prose)).not.toMatch(/[<>&`[\]\\~$]|(?<!\*)\*(?!\*)|:\/\/|www\.|^[-+=/ ]|^\d+[.)]\s/m);
  // Code refers to nobody.
  expect(plain(prose.replace(/<code>[^<]*<\/code>/g, "·"))).not.toMatch(/[@#]\w|[!&]\d|gh-\d/i);
  const diagrams = blocks.filter((block) => block.startsWith("mermaid\n"));
  for (const diagram of diagrams) {
    expect(diagram.length).toBeLessThan(4_500);
    for (const line of diagram.split("\n").slice(6))
      expect(line).toMatch(new RegExp(`^(   section (Turn \\d+|Beside)|${BAR_LINE.source})$`, "u"));
  }
}

test("the example's text", async () => {
  await expect(renderMarkdown(await exampleReport())).toMatchFileSnapshot("../../golden/debug-auth.md");
});

test("the first line is the mark by which a program finds the comment", async () => {
  expect(renderMarkdown(await exampleReport())).toMatch(/^<!-- sessionflame -->\n\n## Debug Auth\n/);
});

test.each(RECORDED)("every session of $name gives a text that is whole and within the limit", async ({ path }) => {
  for (const report of await reportsOf(path)) {
    const markdown = renderMarkdown(report);
    expect(markdown.length).toBeLessThanOrEqual(MARKDOWN_CHARS);
    expect(markdown).not.toMatch(/undefined|NaN|\[object|Left out/);
    expectInert(markdown);
  }
});

describe("skills and edits", () => {
  test("stand behind the tables of tokens, each source of edits with a table of its own", async () => {
    const markdown = renderMarkdown(await skillReport());
    const part = markdown.slice(markdown.indexOf("### Skills and edits"));
    expect(part.match(/^\*\*.*/gm)).toEqual([
      expect.stringMatching(/^\*\*2 skills were used 3 times\*\*: 2 of 3 uses succeeded\. /),
      "**Edits**: 7 of 8 tries worked (88\u00a0%); failed ones took 2 steps and 21,870 tokens.",
      "**Edits, as telemetry files tell it**: 5 of 8 tries worked (63\u00a0%).",
    ]);
    expect(part).toContain("| <code>edit</code> | 67\u00a0% of 3 | 100\u00a0% of 4 | 86\u00a0% of 7 |");
    expect(markdown.indexOf("### What the prompts")).toBeLessThan(markdown.indexOf("### Skills and edits"));
    expectInert(markdown);
  });

  test("are not mentioned where there were none, and not counted where they are unknown", async () => {
    expect(renderMarkdown(await reportWithSkills({}))).not.toContain("### Skills and edits");
    const edits = [editRow({ attempts: 1, succeeded: 0, failed: 0, wastedSteps: 0, wastedTokens: 0 })];
    expect(renderMarkdown(await reportWithSkills({ edits }))).toContain("**Edits**\n\n");
  });
});

describe("whatever was written", () => {
  test("stays within its place: the text has the same lines, rows, cells, details and blocks", async () => {
    const report = withSuggestions(await skillReport());
    const plain = outline(renderMarkdown(reportWrittenAs(report, "plain")));
    fc.assert(
      fc.property(hostileTexts, (text) => {
        const markdown = renderMarkdown(reportWrittenAs(report, text));
        expect(outline(markdown)).toEqual(plain);
        expectInert(markdown);
      }),
      { numRuns: 300 },
    );
  });

  test("may be as long as it likes", async () => {
    const report = withSuggestions(await skillReport());
    for (const text of ["x".repeat(1_000_000), "$@`|\n".repeat(200_000)]) {
      const markdown = renderMarkdown(reportWrittenAs(report, text));
      expect(markdown.length).toBeLessThanOrEqual(MARKDOWN_CHARS);
      expectInert(markdown);
    }
  });
});

test("of ten thousand suggestions the first are there, and the end says how many are not", async () => {
  const many = Array.from({ length: 10_000 }, (_, i) => SUGGESTIONS[i % SUGGESTIONS.length] as (typeof SUGGESTIONS)[0]);
  const markdown = renderMarkdown(withSuggestions(await exampleReport(), many));
  expect(markdown.length).toBeLessThanOrEqual(MARKDOWN_CHARS);
  const shown = markdown.match(/^<details>$/gm)?.length ?? 0;
  expect(shown).toBeGreaterThan(20);
  const left = (10_000 - shown).toLocaleString("en-US");
  expect(markdown).toContain(`Left out, for this text holds at most 60,000 characters: ${left} suggestions.`);
  expect(markdown).toContain("### What the prompts were made of");
});

test("any session gives an inert text within the limit, and the same one again", () => {
  fc.assert(
    fc.property(stories, (story) => {
      const report = analyze(sessionFromStory(story), "1.0.0");
      const markdown = renderMarkdown(report);
      expect(markdown.length).toBeLessThanOrEqual(MARKDOWN_CHARS);
      expectInert(markdown);
      expect(renderMarkdown(report)).toBe(markdown);
    }),
    { numRuns: 60 },
  );
});
