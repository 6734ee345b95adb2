import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { renderComparisonMarkdown } from "../../../src/render/markdown/comparison.js";
import { MARKDOWN_CHARS } from "../../../src/render/markdown/index.js";
import { compared, recordedReport, reportOf } from "../../support/compared.js";
import { hostileTexts, reportWrittenAs } from "../../support/hostile-report.js";

const before = await recordedReport("1.14.41 debug-auth");
const after = await recordedReport("1.18.34 debug-auth");
const busy = await recordedReport("1.18.34 parallel-agents");

test("the example beside an earlier release of the agent, as it stands in a comment", async () => {
  const markdown = renderComparisonMarkdown(compared([before], [after]));
  await expect(markdown).toMatchFileSnapshot("../../golden/compare-debug-auth.md");
});

test("the same as JSON", async () => {
  const json = JSON.stringify(compared([before], [after]), null, 2);
  await expect(`${json}\n`).toMatchFileSnapshot("../../golden/compare-debug-auth.json");
});

describe("a group", () => {
  const group = (...lengths: readonly number[]) =>
    lengths.map((ms) => reportOf(`turn 0..${ms}\n  step 0..${ms} prompt:100 out:10`));

  test("has medians with n, p and a verdict", () => {
    const markdown = renderComparisonMarkdown(
      compared(group(1_000, 1_100, 1_200, 1_300, 1_400), group(2_000, 2_100, 2_200, 2_300, 2_400)),
    );
    expect(markdown).toContain("Medians of 5 and 5 sessions; the difference in active time is more than chance");
    expect(markdown.replaceAll("\u00a0", " ")).toContain(
      "| 1.2 s | 2.2 s | &#43;1.0 s | &#43;83 % | 5 / 5 | 0.008 | ▲ more in B |",
    );
  });

  test("of under five has no verdict", () => {
    const markdown = renderComparisonMarkdown(compared(group(1_000, 1_100), group(2_000)));
    expect(markdown).toContain("Medians of 2 and 1 session: too few to tell it from chance.");
    expect(markdown).toContain("| 2 / 1 | – | no verdict: n &#60; 5 |");
  });
});

describe("whatever was written", () => {
  const outline = (markdown: string) =>
    markdown.split("\n").map((line) => line.match(/^(#+ |\|)|(?<!^) \| /g)?.length ?? 0);
  const written = (text: string) =>
    renderComparisonMarkdown(compared([reportWrittenAs(before, text)], [reportWrittenAs(busy, text)]));

  test("stays words: as many lines, tables and cells as with plain words, no mention and no link", () => {
    const plain = outline(written("plain"));
    fc.assert(
      fc.property(hostileTexts, (text) => {
        const markdown = written(text);
        expect(outline(markdown)).toEqual(plain);
        // Code refers to nobody.
        expect(markdown.replace(/<code>[^<]*<\/code>|&#\d+;/g, "·")).not.toMatch(/[@#]\w|[!&]\d/);
        expect(markdown).not.toMatch(
          /\w:\/\/|www\.|!\[|\]\(|<(?!\/?(?:sub|span|code|i|b)>|!-- sessionflame compare -->)/,
        );
      }),
      { numRuns: 100 },
    );
  });

  test("may be as long as it likes", () => {
    for (const text of ["x".repeat(200_000), "$@`|\n".repeat(40_000)])
      expect(written(text).length).toBeLessThanOrEqual(MARKDOWN_CHARS);
  });
});
