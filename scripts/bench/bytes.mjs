import { gzipSync } from "node:zlib";

/** What a page of ours is made of, in the order in which each takes what the ones before it left. */
const PARTS = {
  "style sheet": /<style>[\s\S]*?<\/style>/g,
  script: /<script>[\s\S]*?<\/script>/g,
  data: /<script[^>]*\bid="report-data"[^>]*>[\s\S]*?<\/script>/g,
  "packed rows": /<script[^>]*\bdata-rows=[^>]*>[\s\S]*?<\/script>/g,
  "flame chart": /<svg class="flame"[\s\S]*?<\/svg>/g,
  "picture of prompts": /<svg class="context"[\s\S]*?<\/svg>/g,
  tables: /<table[\s\S]*?<\/table>/g,
};
/** What the chart needs, without the data. */
const CHARTS = ["style sheet", "script", "flame chart"];

/** A page's bytes, and gzipped. Of ours also the data block, and its charts with the script and the style sheet. */
export function pageBytes(html, isOurs) {
  const whole = { file: bytesOf(html), gzip: gzipBytes(html) };
  if (!isOurs) return { ...whole, data: null, charts: null };
  const texts = partsOf(html);
  return { ...whole, data: bytesOf(texts.data), charts: CHARTS.reduce((sum, part) => sum + bytesOf(texts[part]), 0) };
}

/** The bytes of each part of a page of ours, plain and gzipped by itself, and of the whole. */
export function bytesByPart(html) {
  const texts = { ...partsOf(html), page: html };
  return Object.entries(texts).map(([part, text]) => ({ part, bytes: bytesOf(text), gzip: gzipBytes(text) }));
}

/** The Report's block, as it stands in the page. */
export function dataText(html) {
  return partsOf(html).data.replace(/^<script[^>]*>|<\/script>$/g, "");
}

function partsOf(html) {
  let rest = html;
  const texts = {};
  for (const [name, pattern] of Object.entries(PARTS)) {
    texts[name] = (rest.match(pattern) ?? []).join("");
    rest = rest.replace(pattern, "");
  }
  return { ...texts, "the rest": rest };
}

function bytesOf(text) {
  return Buffer.byteLength(text);
}

function gzipBytes(text) {
  return text === "" ? 0 : gzipSync(text, { level: 9 }).length;
}
