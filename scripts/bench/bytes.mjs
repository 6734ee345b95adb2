import { gzipSync } from "node:zlib";

const DATA = /<script[^>]*\bid="report-data"[^>]*>[\s\S]*?<\/script>/g;
const CHARTS = [/<svg class="flame"[\s\S]*?<\/svg>/g, /<script>[\s\S]*?<\/script>/g, /<style>[\s\S]*?<\/style>/g];

/** A page's bytes, and gzipped. Of ours also the data block, and its charts with the script and the style sheet. */
export function pageBytes(html, isOurs) {
  const whole = { file: Buffer.byteLength(html), gzip: gzipSync(html, { level: 9 }).length };
  if (!isOurs) return { ...whole, data: null, charts: null };
  return { ...whole, data: bytesOf(html, DATA), charts: CHARTS.reduce((sum, part) => sum + bytesOf(html, part), 0) };
}

function bytesOf(html, pattern) {
  return (html.match(pattern) ?? []).reduce((sum, part) => sum + Buffer.byteLength(part), 0);
}
