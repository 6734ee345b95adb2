import { JSDOM } from "jsdom";
import { describe, expect, test } from "vitest";
import { analyze } from "../../src/analyze/index.js";
import { readPageAssets } from "../../src/cli/package-files.js";
import { openPriceBook } from "../../src/load/price-book.js";
import type { FileRow, Report } from "../../src/model/report.js";
import type { Session } from "../../src/model/session.js";
import { renderHtml } from "../../src/render/index.js";
import { contextView } from "../../src/render/view/context.js";
import { compositionRow } from "../support/compositions.js";
import { loadRoots, RECORDED, recordedPath } from "../support/fixtures.js";
import { redacted } from "../support/redacted.js";
import { sessionFromText } from "../support/session-text.js";

const assets = readPageAssets();
const documentOf = (report: Report) => new JSDOM(renderHtml(report, assets)).window.document;
const texts = (root: ParentNode, selector: string) =>
  [...root.querySelectorAll(selector)].map(({ textContent }) => (textContent ?? "").replace(/\s+/g, " ").trim());
const cells = (root: ParentNode, selector: string) => texts(root, `${selector} > td`);
const figureOf = (text = "") => Number(text.replace(/[^\d.]/g, ""));
const firstOf = async (name: string) => (await loadRoots(recordedPath(name)))[0] as Session;
const TEXT = "session 0..20\n  turn 0..20\n    model 0..5 first 1\n    model 10..20 first 11";
const withTokens = (tokens: Partial<Report["tokens"]>): Report => {
  const report = analyze(sessionFromText(TEXT), "test");
  return { ...report, tokens: { ...report.tokens, ...tokens } };
};

describe("the files table of 250 rows", () => {
  // The 50 least are 0.049 % each: rounded one by one they would be nothing.
  const carriedBy = (i: number) => (i < 200 ? 250 - i : 15);
  const all = 30_850;
  const byFile = Array.from({ length: 250 }, (_, i): FileRow => {
    const carriedTokens = carriedBy(i);
    return {
      ...{ file: `src/${i}.ts`, kind: "file", contentTokens: i + 1, carriedTokens, share: carriedTokens / all },
      ...{ reads: 1, writes: 2, repeatedReads: 0, repeatedAfterCompaction: 1, costUsd: 0.01 },
    };
  });
  const document = documentOf(withTokens({ byFile }));
  const rows = [...document.querySelectorAll("table.files tbody tr:not(.rest)")].map((row) => texts(row, "td"));
  const rest = cells(document, "table.files tr.rest");
  const total = cells(document, "table.files tfoot tr");

  test("shows the 200 largest and one row for the rest", () => {
    expect(rows).toHaveLength(200);
    expect(rest[0]).toBe("50 further rows");
    expect(total[0]).toBe("All input");
  });

  test("sums to the last row exactly, as displayed, the shares too", () => {
    for (const column of [2, 3, 4, 5, 6, 7, 8]) {
      const digits = column === 2 ? 1 : column === 5 ? 4 : 0;
      const sum = [...rows, rest].reduce((before, row) => before + figureOf(row[column]), 0);
      expect([column, sum.toFixed(digits)]).toEqual([column, figureOf(total[column]).toFixed(digits)]);
    }
    expect(total.slice(2)).toEqual(["100.0 %", "30,850", "31,375", "$2.50", "250", "500", "250"]);
  });

  test("has no cost for the rest where one of its rows has none", () => {
    const last = { ...(byFile.at(-1) as FileRow), costUsd: null };
    const other = documentOf(withTokens({ byFile: [...byFile.slice(0, -1), last] }));
    expect(cells(other, "table.files tr.rest")[5]).toBe("–");
    expect(cells(other, "table.files tfoot tr")[5]).toBe("–");
  });
});

test("what is no file stands in brackets and has neither reads nor writes; an image is marked", () => {
  const common = {
    ...{ contentTokens: 5, carriedTokens: 5, share: 0.5, reads: 3, writes: 3, repeatedReads: 3 },
    ...{ repeatedAfterCompaction: 0, costUsd: null },
  };
  const byFile: FileRow[] = [
    { file: "conversation history", kind: "history", ...common },
    { file: "a.png", kind: "media", ...common },
  ];
  const rows = [...documentOf(withTokens({ byFile })).querySelectorAll("table.files tbody tr")];
  expect(rows.map((row) => texts(row, "td")[0])).toEqual(["(conversation history)", "a.png image"]);
  for (const row of rows) expect(texts(row, "td").slice(6)).toEqual(["", "", ""]);
});

describe("the table of messages", () => {
  test("says what a user's message weighs as worked out, and no cost of it", async () => {
    const report = analyze(await firstOf("1.18.34 attached-files"), "test");
    const document = documentOf(report);
    const [first] = report.tokens.byMessage;
    const row = document.querySelector("#m1")?.closest("tr") ?? document.querySelector("table.messages tbody tr");
    const [, , total, cost] = texts(row as Element, "td");
    expect(first?.estimatedTokens).toBeGreaterThan(1_000);
    expect(figureOf(total)).toBe(first?.estimatedTokens);
    expect(total?.startsWith("≈ ")).toBe(true);
    expect(cost).toBe("–");
  });

  test("says where a cost is estimated, and where there is no price", async () => {
    const session = await firstOf("1.18.34 priced-anthropic");
    const messages = session.messages.map((message, i) => ({
      ...message,
      ...{ costUsd: null, model: message.model && (i === 1 ? "nobody/no-such-model" : message.model) },
    }));
    const document = documentOf(analyze({ ...session, messages }, "test", await openPriceBook()));
    const costs = [...document.querySelectorAll("table.messages tbody tr")].map((row) => texts(row, "td")[3]);
    expect(costs[1]).toBe("no price");
    expect(costs.slice(2).filter((cost) => /^≈ \$0\.\d{4}$/.test(cost ?? ""))).toHaveLength(13);
  });
});

test("tables without a row are left out", async () => {
  const alone = documentOf(analyze(sessionFromText(TEXT), "test"));
  for (const name of ["tools", "servers", "skills", "compactions"])
    expect(alone.querySelector(`table.${name}`)).toBeNull();
  for (const name of ["models", "agents"]) expect(alone.querySelector(`table.${name}`)).not.toBeNull();
  const parallel = documentOf(analyze(await firstOf("1.18.34 parallel-agents"), "test"));
  for (const name of ["agents", "turns", "tools", "models"])
    expect(parallel.querySelector(`table.${name}`)).not.toBeNull();
});

test("a long table of tools sums up the ones that are left out", () => {
  const byTool = Array.from({ length: 203 }, (_, i) => ({
    ...{ name: `tool${i}`, calls: 2, errors: 0, argumentTokens: 1, resultTokens: 3, carriedTokens: 1_000 - i },
    ...{ costUsd: null, basis: "recorded" as const },
  }));
  expect(cells(documentOf(withTokens({ byTool })), "table.tools tr.rest")).toEqual([
    ...["3 further tools", "6", "0", "3", "9", "2,397", "–"],
  ]);
});

test("the sums in the data are held against each other in Notes", async () => {
  const document = documentOf(analyze(await firstOf("2.0-preview attached-files"), "test"));
  const table = document.querySelector("table.reconciliation") as Element;
  expect(texts(table.closest("section") as Element, "h2.section")).toEqual(["Notes"]);
  const rows = [...table.querySelectorAll("tbody tr")].map((row) => texts(row, "td"));
  expect(rows.map((row) => [row[0], row[1]])).toEqual([
    ["Messages", "38,103"],
    ["The session's own row", "40,467"],
  ]);
  expect(rows.map((row) => row.at(-1))).toEqual([
    "what this report counts",
    expect.stringMatching(/^The session also counts calls that stand in no message/),
  ]);
});

const NO_LINKS = () => null;

describe("pictures of the context", () => {
  const rows = (sessionId: string, count: number) =>
    Array.from({ length: count }, (_, i) =>
      compositionRow({ base: 5 + i }, { sessionId, messageId: `${sessionId}${i}` }),
    );

  test("subagents have their own, called by their titles; a single call has none", async () => {
    const report = analyze(await firstOf("1.18.34 parallel-agents"), "test");
    const { pictures } = contextView(report, NO_LINKS, 200);
    expect(pictures.map(({ title }) => title)).toEqual(["", ...report.time.subagents.map(({ title }) => title)]);
    const few = withTokens({ composition: [...rows("ses_test", 2), ...rows("ses_one", 1)] });
    expect(contextView(few, NO_LINKS, 200).pictures).toHaveLength(1);
  });

  test("there are six at most, and it is said how many are missing", () => {
    const composition = Array.from({ length: 9 }, (_, i) => rows(i === 0 ? "ses_test" : `ses_${i}`, 2)).flat();
    const view = contextView(withTokens({ composition }), NO_LINKS, 200);
    expect(view.pictures).toHaveLength(6);
    expect(view.remarks).toEqual(["3 further subagents in the table only."]);
    expect(view.table.rows).toHaveLength(18);
  });
});

test.each(RECORDED)("$name: no figure of the page is what a program says when it has none", async ({ path }) => {
  for (const session of await loadRoots(path)) {
    const { body } = documentOf(analyze(redacted(session, "paths"), "test"));
    for (const script of body.querySelectorAll("script")) script.remove();
    expect(body.textContent).not.toMatch(/\bNaN\b|\bundefined\b|\bInfinity\b|\[object/);
    expect(body.innerHTML).not.toMatch(/="[^"]*(NaN|undefined|Infinity|\[object)[^"]*"/);
  }
});
