import { unpackedText } from "../page/unpack.js";

type Row = HTMLTableRowElement;

/** The rows of a cut table that stand in the page compressed, and where they belong (`src/render/pack.ts`). */
export interface RestRows {
  /** For each row, how many of the shown ones stand between it and the one before it. */
  readonly gaps: readonly number[];
  readonly rows: readonly Row[];
}

/** Unpacks what `src/render/pack.ts` packed. Rejects where the browser cannot, or the page is damaged. */
export async function unpackedRows(base64: string): Promise<RestRows> {
  return parsedRows(await unpackedText(base64));
}

/** `text`: the gaps on one line, the rows' markup on the following ones. */
export function parsedRows(text: string): RestRows {
  const end = text.indexOf("\n");
  const template = document.createElement("template");
  // Safe: the page's own templates made this markup and escaped every text in it, as they did the rows around it.
  // Should one slip through all the same, the page's policy runs no script but this one, by its hash.
  template.innerHTML = text.slice(end + 1);
  return { gaps: text.slice(0, end).split(" ").map(Number), rows: [...template.content.children] as Row[] };
}

/** All rows in their original order. */
export function mergedRows(shown: readonly Row[], { gaps, rows }: RestRows): Row[] {
  let next = 0;
  const merged = rows.flatMap((row, i) => {
    const from = next;
    next += gaps[i] ?? 0;
    return [...shown.slice(from, next), row];
  });
  return [...merged, ...shown.slice(next)];
}
