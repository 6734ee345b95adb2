import { gunzipSync } from "node:zlib";
import { JSDOM } from "jsdom";
import { describe, expect, test } from "vitest";
import { analyze } from "../../src/analyze/index.js";
import { readPageAssets } from "../../src/cli/package-files.js";
import type { Report } from "../../src/model/report.js";
import { renderHtml } from "../../src/render/index.js";
import { spanLinks } from "../../src/render/view/span-links.js";
import { loadRoots, RECORDED } from "../support/fixtures.js";
import { sessionFromText } from "../support/session-text.js";

const assets = readPageAssets();
const TEXT = `
  session 0..100
    turn 0..100
      step 0..60
        read 10..20
        bash 20..60`;
const { spans } = analyze(sessionFromText(TEXT), "test");
const idOf = (name: string) => spans.findIndex((span) => span.name === name);
const [session, turn, step, read, bash] = ["session", "turn", "step", "read", "bash"].map(idOf) as [
  ...[number, number, number, number, number],
];

test("a link leads to the span's own bar", () => {
  const links = spanLinks(spans, new Set([session, turn, step, read, bash]));
  expect(links(bash)).toEqual({ href: `#s${bash}`, span: null });
  expect(links(session)).toEqual({ href: `#s${session}`, span: null });
});

test.each([
  ["what it lies in", [session, turn, step, read], step],
  ["the nearest that is drawn", [session, turn, read], turn],
  ["the session where nothing else is drawn", [session], session],
])("where the span has no bar it leads to that of %s, and says which is meant", (_, anchors, drawn) => {
  expect(spanLinks(spans, new Set(anchors))(bash)).toEqual({ href: `#s${drawn}`, span: bash });
});

test("there is no link without a span, to a span that is not there, or without a picture", () => {
  const links = spanLinks(spans, new Set([session, bash]));
  expect(links(null)).toBeNull();
  expect(links(spans.length)).toBeNull();
  expect(links(-1)).toBeNull();
  expect(spanLinks(spans, new Set())(bash)).toBeNull();
});

/** The links to spans in a page, those of its packed rows too: the bar that each leads to, and the span that it means. */
function linksOf(report: Report) {
  const { document } = new JSDOM(renderHtml(report, assets)).window;
  const packed = [...document.querySelectorAll("script[data-rows]")].map(({ textContent }) => {
    const text = gunzipSync(Buffer.from(textContent ?? "", "base64")).toString();
    return JSDOM.fragment(`<table>${text.slice(text.indexOf("\n"))}</table>`);
  });
  const found = [document, ...packed].flatMap((root) => [
    ...root.querySelectorAll<HTMLAnchorElement>('a[href^="#s"]:not([href^="#suggestion"]), [data-s]'),
  ]);
  return found.map((link) => {
    const target = link.getAttribute("href")?.slice(1) ?? "";
    const bar = document.getElementById(target);
    return { target, bar, span: Number(link.dataset.s ?? target.slice(1)), isOwn: link.dataset.s === undefined };
  });
}

function expectWholeLinks(report: Report, links: ReturnType<typeof linksOf>): void {
  for (const { target, bar, span, isOwn } of links) {
    expect([target, bar?.closest("svg")?.classList.contains("flame")]).toEqual([target, true]);
    const drawn = Number(target.slice(1));
    const path: number[] = [];
    for (let at = span; at >= 0; at = report.spans[at]?.parent ?? -1) path.push(at);
    expect(path).toContain(drawn);
    expect(isOwn).toBe(drawn === span);
  }
}

describe.each(RECORDED)("$name", ({ path }) => {
  test("every link to a span leads to its bar, or to that of what it lies in", async () => {
    for (const loaded of await loadRoots(path)) {
      const report = analyze(loaded, "test");
      const links = linksOf(report);
      expectWholeLinks(report, links);
      expect(links.length).toBeGreaterThanOrEqual(report.slowest.length);
    }
  });
});

test("so do the links of rows that are packed, and those to spans of which a thousand share a pixel", () => {
  const calls = Array.from({ length: 600 }, (_, i) => `    model ${i}..${i + 1} first ${i}`);
  const text = ["session 0..6000000", "  turn 0..600", ...calls, "  turn 5000000..6000000"].join("\n");
  const report = analyze(sessionFromText(text), "test");
  const links = linksOf(report);
  expectWholeLinks(report, links);
  expect(links.length).toBeGreaterThan(1_200);
  expect(links.filter(({ isOwn }) => !isOwn).length).toBeGreaterThan(1_000);
});
