import { gzipSync, strToU8 } from "fflate/browser";

/**
 * Rows that stand in the page only for its script: their places, then their markup, gzipped, in base64.
 * `assets/tables/rest-rows.ts` reads it. Without a time in it, so that the same rows give the same bytes.
 */
export function packRows(gaps: readonly number[], markup: string): string {
  const packed = gzipSync(strToU8(`${gaps.join(" ")}\n${markup}`), { level: 9, mtime: 0 });
  return Buffer.from(packed).toString("base64");
}
