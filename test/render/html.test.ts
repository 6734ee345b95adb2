import { createHash } from "node:crypto";
import { gunzipSync, gzipSync } from "node:zlib";
import { JSDOM } from "jsdom";
import { describe, expect, test } from "vitest";
import { analyze } from "../../src/analyze/index.js";
import { packageVersion, readPageAssets } from "../../src/cli/package-files.js";
import type { Report } from "../../src/model/report.js";
import { renderHtml } from "../../src/render/index.js";
import { decodedReport } from "../../src/report/codec.js";
import { EXAMPLE, loadRoots, RECORDED, recordedPath } from "../support/fixtures.js";
import { redacted } from "../support/redacted.js";
import { sessionFromText } from "../support/session-text.js";

const assets = readPageAssets();
const reportsOf = async (db: string): Promise<Report[]> =>
  (await loadRoots(db)).map((session) => analyze(redacted(session, "paths"), packageVersion()));
const documentOf = (html: string) => new JSDOM(html).window.document;
const texts = (root: ParentNode, selector: string) =>
  [...root.querySelectorAll(selector)].map((element) => (element.textContent ?? "").replace(/\s+/g, " ").trim());

describe.each(RECORDED)("$name", ({ path }) => {
  test("every session gives a page that is whole, asks for nothing and runs nothing but its own script", async () => {
    for (const report of await reportsOf(path)) {
      const html = renderHtml(report, assets);
      const document = documentOf(html);
      expect(texts(document, "section > h2.section")).toEqual([
        "Timeline",
        "Tokens",
        "Skills and tools",
        "Suggestions",
        "Notes",
      ]);
      expect(document.querySelectorAll("link, iframe, object, embed, img, base, [style]")).toHaveLength(0);
      const script = report.summary.wallMs > 0 ? assets.js : assets.plainJs;
      expect(texts(document, "script:not([type])")).toEqual([script.replace(/\s+/g, " ")]);
      for (const data of document.querySelectorAll("script[type]")) {
        expect(data.getAttribute("type")).toBe("application/octet-stream");
        expect(data.id === "report-data" || data.hasAttribute("data-rows")).toBe(true);
      }
      const attributes = [...document.querySelectorAll("*")].flatMap((element) => [...element.attributes]);
      expect(attributes.filter(({ name }) => name.startsWith("on") || name === "src" || name === "xlink:href")).toEqual(
        [],
      );
      const targets = attributes.filter(({ name }) => name === "href").map(({ value }) => value);
      for (const target of targets)
        expect(target.startsWith("#") && document.getElementById(target.slice(1))).toBeTruthy();
      expect(html).not.toMatch(/url\((?!#)|@import/);
      const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
    }
  });

  test("every bar has a title, and a row of the table for every message", async () => {
    for (const report of await reportsOf(path)) {
      const document = documentOf(renderHtml(report, assets));
      for (const bar of document.querySelectorAll("svg.flame rect"))
        expect((bar.querySelector("title") ?? bar.previousElementSibling)?.textContent).toBeTruthy();
      expect(document.querySelectorAll("table.messages tbody tr")).toHaveLength(report.summary.messages);
      expect(document.querySelectorAll(".tile")).toHaveLength(10);
    }
  });
});

test("the page of the example says what the Report says", async () => {
  const [report] = await reportsOf(EXAMPLE);
  const document = documentOf(renderHtml(report as Report, assets));
  expect(texts(document, ":is(#overview, #tokens) .answer")).toEqual([
    "23.1 s of work in 35.7 s: 50 % waiting for the model, 22 % overhead, 20 % AI thinking and 8 % tools. The slowest operation, Response #7, took 3.5 s (15 %).",
    "58 % of all input was the system prompt and tool definitions: 95,536 of 163,619 tokens in 14 calls. The largest file is src/auth/session.ts: 3,518 tokens that prompts carried along to 29,836 (18 % of all input, $0.0189).",
  ]);
  expect(texts(document, ".tile")).toEqual([
    "Total time35.7 s 3 turns",
    "Active time23.1 s 65 % of it",
    "AI thinking4.6 s 20 %",
    "Tool execution1.8 s 8 %",
    "Network11.7 s 50 % waiting for the model",
    "Total tokens165,101 90 % of input cached",
    "Average response106 tokens",
    "Messages17 14 answers",
    "Tool calls13 1 failed",
    "Cost$0.1143 recorded",
  ]);
  expect(texts(document, ".slowest tbody tr td:nth-child(2)")).toEqual([
    "Response #7",
    "Response #9",
    "Response #13",
    "Response #17",
    "bash",
  ]);
  expect(texts(document, "table.messages tfoot td")).toEqual([
    "",
    "Total",
    "165,101",
    "$0.1143",
    "15,907",
    "147,712",
    "1,455",
    "27",
    "90 %",
  ]);
});

test("the content security policy allows nothing but the style sheet and the script, by their hashes", async () => {
  const [report] = await reportsOf(EXAMPLE);
  const document = documentOf(renderHtml(report as Report, assets));
  const policy = document.querySelector('meta[http-equiv="Content-Security-Policy"]')?.getAttribute("content");
  const hashOf = (selector: string) =>
    createHash("sha256")
      .update(document.querySelector(selector)?.textContent ?? "")
      .digest("base64");
  expect(policy).toBe(
    `default-src 'none'; script-src 'sha256-${hashOf("script:not([type])")}'; style-src 'sha256-${hashOf("style")}'; base-uri 'none'; form-action 'none'`,
  );
});

test("what a user or a model wrote stands in the page as text", async () => {
  const [report] = await reportsOf(recordedPath("1.18.34 hostile"));
  const document = documentOf(renderHtml(report as Report, assets));
  expect(document.querySelector("h1")?.textContent).toBe(
    `</script><script>document.title='pwned'</script><img src=x onerror="document.title='pwned'">`,
  );
  expect(document.body.textContent).toContain("<%= it.x %>");
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is what the model wrote
  expect(document.body.textContent).toContain("${x}");
  expect(document.title).toContain("</script>");
});

test("a session without any message gives a page that says so", () => {
  const html = renderHtml(analyze(sessionFromText("session 0..0"), "test"), assets);
  expect(texts(documentOf(html), ".empty")).toEqual([
    "No model call and no tool call with a known duration.",
    "Nothing to look into: no model call and no tool call.",
    "No turn with a time of its own.",
    "No model call was counted.",
    "No model call and no tool call.",
  ]);
  expect(html.length).toBeLessThan(64 * 1024);
  expect(gzipSync(html, { level: 9 }).length).toBeLessThan(22 * 1024);
});

test("a long table holds its 200 largest rows and one that sums the rest exactly", () => {
  const models = Array.from({ length: 250 }, (_, i) => `    model ${i}..${i + 1} first ${i}`);
  const session = sessionFromText(["session 0..250", "  turn 0..250", ...models].join("\n"));
  const messages = session.messages.map((message, i) => ({
    ...message,
    tokens: { uncachedInput: i, cacheRead: 0, cacheWrite: 0, output: 1, reasoning: 0 },
  }));
  const report = analyze({ ...session, messages }, "test");
  const document = documentOf(renderHtml(report, assets));
  expect(document.querySelectorAll("table.messages tbody tr")).toHaveLength(201);
  // the 50 smallest: inputs 0 to 49
  expect(texts(document, "table.messages tr.rest td")).toEqual([
    "",
    "50 further messages",
    "1,275",
    "$0.5000",
    "1,225",
    "0",
    "50",
  ]);
  for (const link of document.querySelectorAll(".slowest a"))
    expect(document.querySelector(link.getAttribute("href") ?? "")).not.toBeNull();
  expect(document.querySelectorAll(".slowest a")).toHaveLength(report.slowest.length);
  const full = documentOf(renderHtml(report, assets, { fullTables: true }));
  expect(full.querySelectorAll("table.messages tbody tr")).toHaveLength(250);
});

test("of a table that leaves out more than 1,000 rows none of those is packed; the row that sums them stays", () => {
  const packedOf = (calls: number) => {
    const models = Array.from({ length: calls }, (_, i) => `    model ${i}..${i + 1} first ${i}`);
    const session = sessionFromText([`session 0..${calls}`, `  turn 0..${calls}`, ...models].join("\n"));
    const document = documentOf(renderHtml(analyze(session, "test"), assets));
    const packed = document.querySelector<HTMLElement>('script[data-rows="messages"]');
    return [packed?.dataset.count ?? null, texts(document, "table.messages tr.rest td")[1]];
  };
  expect(packedOf(1_200)).toEqual(["1000", "1,000 further messages"]);
  expect(packedOf(1_201)).toEqual([null, "1,001 further messages"]);
});

test("templates escape everything but pictures, the style sheet, the script and what they include", () => {
  const raw = Object.values(assets.templates).flatMap((source) =>
    [...source.matchAll(/<%~\s*(.*?)\s*%>/g)].map((match) => match[1]),
  );
  for (const expression of raw)
    expect(expression).toMatch(
      /^(include\("@[\w-]+", (it\.\w+|\{ \w+: [\w.[\]]+(, \w+: [\w.]+)? \})\)|it\.(css|js|data)|[\w.]+\.(svg|swatch|bar|trueScale)|it\.pack\(it\.packed\.gaps, include\("@rows-" \+ it\.packed\.template, \{ rows: it\.packed\.rows \}\)\))$/,
    );
});

test("the Report stands in the page, and comes out of it as it went in", async () => {
  const [report] = await reportsOf(EXAMPLE);
  const block = documentOf(renderHtml(report as Report, assets)).getElementById("report-data");
  const text = gunzipSync(Buffer.from(block?.textContent ?? "", "base64")).toString();
  expect(JSON.stringify(decodedReport(text))).toBe(JSON.stringify(report));
});
