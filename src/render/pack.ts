import { gzipSync, strToU8 } from "fflate/browser";

/** Beyond it the time doubles, and a thousandth of the bytes is gained. */
const LEVEL = 6;

/** A text that only the page's script reads: gzipped, in base64. Without a time in it: the same text gives the same bytes. */
export function packedText(text: string): string {
  return Buffer.from(gzipSync(strToU8(text), { level: LEVEL, mtime: 0 })).toString("base64");
}

/** Rows that stand in the page only for its script: their places, then their markup. `assets/tables/rest-rows.ts` reads it. */
export function packRows(gaps: readonly number[], markup: string): string {
  return packedText(`${gaps.join(" ")}\n${markup}`);
}
