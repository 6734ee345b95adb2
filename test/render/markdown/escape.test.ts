import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { markdownBlock, markdownCode, markdownText, mermaidText } from "../../../src/render/markdown/escape.js";
import { visible } from "../../../src/report/visible.js";
import { hostileTexts } from "../../support/hostile-report.js";

/** What a reader sees. */
const shown = (markdown: string) =>
  markdown
    .replace(/<\/?(span|code)>/g, "")
    .replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
    .replaceAll("\u2060", "");

describe("words", () => {
  test.each([
    ["plain words, 1.5 s (7 %)", "plain words, 1.5 s (7 %)"],
    ["a|b `c` *d* [e](f) <g> &amp;", "a&#124;b &#96;c&#96; &#42;d&#42; &#91;e&#93;(f) &#60;g&#62; &#38;amp;"],
    ["snake_case and _emphasis_", "snake_case and &#95;emphasis&#95;"],
    ["- one\n# two", "&#45; one # two"],
    ["1. one", "1&#46; one"],
    ["/close", "&#47;close"],
    ["$0.11 of $0.20", "<span>&#36;</span>0.11 of <span>&#36;</span>0.20"],
    ["a\u202eb\u0000", "a&#92;u202eb&#92;u0000"],
  ])("%j is written as %j", (text, markdown) => {
    expect(markdownText(text)).toBe(markdown);
  });

  test.each(["@all", "a@example.com", "#12", "o/r#12", "!12", "&12", "GH-12", "gh-12", "~bug", '%"v 1"', "^alert#1"])(
    "%j refers to nobody and nothing",
    (text) => {
      expect(shown(markdownText(text))).toBe(text);
      expect(markdownText(text)).toMatch(/(?:[@!%^]|&#(?:35|38|126);|[#^]|GH|gh)\u2060/);
    },
  );

  test.each(["https://example.com/a", "ftp://example.com", "www.example.com", "a@example.com"])(
    "%j is no link, in code neither",
    (text) => {
      for (const markdown of [markdownText(text), markdownCode(text)])
        expect(markdown).toMatch(/:\u2060\/\/|www\u2060\.|@\u2060example/);
    },
  );

  test("an emoji's name stays a name", () => {
    expect(markdownText(":tada:")).toBe("&#58;\u2060tada:");
  });
});

test("code is an element, and shows what was written; a path keeps its characters", () => {
  expect(markdownCode("cat a | grep '$b' `c`")).toBe("<code>cat a &#124; grep '&#36;b' &#96;c&#96;</code>");
  expect(markdownCode("node_modules/@types/x")).toBe("<code>node_modules/@types/x</code>");
  expect(markdownCode(" ")).toBe("");
});

test("a block's fence is longer than any in it, and no line of it begins a line", () => {
  expect(markdownBlock("a\r\n````\n/close\n", "sh")).toBe(" `````sh\n a\n ````\n /close\n `````");
});

test("words and code hold no markup, stand on one line, and show every character", () => {
  fc.assert(
    fc.property(hostileTexts, (text) => {
      for (const markdown of [markdownText(text), markdownCode(text)]) {
        const bare = markdown.replace(/<\/?(span|code)>|&#\d+;/g, "·");
        expect(bare).not.toMatch(/[<>&`|[\]\\*~\n\r]|^\s*([-+=#/]|\d+[.)]\s)|:\/\/|www\.|\$/);
        expect(visible(bare.replaceAll("\u2060", ""))).toBe(bare.replaceAll("\u2060", ""));
      }
    }),
    { numRuns: 1_000 },
  );
});

test("a block holds no more and no less than its fences", () => {
  fc.assert(
    fc.property(hostileTexts, (text) => {
      const lines = markdownBlock(text).split("\n");
      const fence = lines[0]?.trim() ?? "";
      expect(fence).toMatch(/^`{3,}$/);
      expect(lines.at(-1)).toBe(` ${fence}`);
      for (const line of lines.slice(1, -1)) expect(line.includes(fence)).toBe(false);
      for (const line of lines) expect(line.startsWith(" ")).toBe(true);
    }),
    { numRuns: 1_000 },
  );
});

test("a name in a diagram is letters, digits and a little between them", () => {
  expect(mermaidText('read "a;b":c #1 %%{x}%% <b>é 漢字')).toBe("read a b c 1 x b é 漢字");
});
