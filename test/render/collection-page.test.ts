import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { JSDOM } from "jsdom";
import { expect, test } from "vitest";
import type { Member } from "../../src/analyze/collection/fold.js";
import { readCollectionAssets } from "../../src/cli/package-files.js";
import type { Report } from "../../src/model/report.js";
import { CollectionRenderer } from "../../src/render/collection-page.js";
import { collectionTiles } from "../../src/render/view/collection/tiles.js";
import { collectionAnswer } from "../../src/render/view/collection/words.js";
import { collectionOf, memberOf } from "../support/collection.js";
import { recordedReport } from "../support/compared.js";
import { hostileTexts, reportWrittenAs } from "../support/hostile-report.js";

const assets = readCollectionAssets();
const renderer = new CollectionRenderer(assets, {});
const recorded = await recordedReport("1.18.34 parallel-agents");

/** The page of two sessions, and its packed parts as they are when a session is opened. */
function pageOf(a: Report, b: Report) {
  const packed = new Map([a, b].map((report) => [report.session.id, renderer.packed(report)]));
  const html = [...renderer.page(collectionOf(memberOf(a), memberOf(b)), packed)].join("");
  const parts = [...packed.values()].flatMap(({ top, rest }) => [top, rest].map(unpacked));
  return { html, parts };
}

const unpacked = (base64: string) => gunzipSync(Buffer.from(base64, "base64")).toString("utf8");

test("of a session a day for most of a year the index is whole, and the days that do not stand there are in the page", () => {
  const [first, ...others] = Array.from({ length: 250 }, (_, day) => {
    const startedAt = recorded.session.startedAt - day * 86_400_000;
    return memberOf({ ...recorded, session: { ...recorded.session, id: `ses_${day}`, startedAt } });
  });
  const index = collectionOf(first as Member, ...others);
  const { document } = new JSDOM([...renderer.page(index, new Map())].join("")).window;
  const rowsOf = (name: string) => document.querySelectorAll(`table[data-table="${name}"] tbody tr`).length;
  expect([rowsOf("sessions"), rowsOf("days")]).toEqual([250, 201]);
  expect(document.querySelector('script[data-rows="days"]')?.getAttribute("data-count")).toBe("50");
});

test("a state has one percentage, in the answer and in the tiles", () => {
  const ledger = [
    { state: "generating", ms: 97 },
    { state: "running-tools", ms: 30 },
    { state: "retrying", ms: 0 },
    { state: "waiting-for-model", ms: 856 },
    { state: "overhead", ms: 17 },
  ] as const;
  const index = collectionOf(memberOf(recorded));
  const totals = { ...index.totals, activeMs: 1_000, ledger };
  const [thinking, tools, network] = collectionTiles(totals).slice(2, 5);
  expect(collectionAnswer({ ...index, totals }).rest).toContain(
    "85\u00a0% waiting for the model and 10\u00a0% AI thinking",
  );
  expect([thinking, tools, network].map((tile) => tile?.detail)).toEqual([
    "10\u00a0%",
    "3\u00a0%",
    "85\u00a0% waiting for the model",
  ]);
});

/** The kinds of elements in a text, each with the names of its attributes; scripts by their type too. */
function kindsIn(html: string): ReadonlySet<string> {
  const elements = [...new JSDOM(html).window.document.querySelectorAll("*")];
  return new Set(
    elements.map((element) => {
      const names = element.getAttributeNames().sort().join(" ");
      return `${element.localName} ${names} ${element.localName === "script" ? element.getAttribute("type") : ""}`;
    }),
  );
}

const PLAIN = ["word", "`word`", "one\ntwo"].flatMap((text) => {
  const { html, parts } = pageOf(reportWrittenAs(recorded, text), recorded);
  return [html, ...parts].map(kindsIn);
});
const known = new Set(PLAIN.flatMap((kinds) => [...kinds]));

test("whatever was written is text: no element and no attribute but those of other pages, also in what is opened", () => {
  fc.assert(
    fc.property(hostileTexts, (text) => {
      const { html, parts } = pageOf(reportWrittenAs(recorded, text), recorded);
      const foreign = [html, ...parts].flatMap((part) => [...kindsIn(part)].filter((kind) => !known.has(kind)));
      expect(foreign).toEqual([]);
      expect(html.split("<script>").length).toBe(2);
    }),
    { numRuns: 40 },
  );
});
