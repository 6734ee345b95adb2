import type { ReadCollection } from "../collection/read-collection.js";
import type { Context } from "../context.js";
import { renderedAs } from "../formats.js";
import { defaultFileName, writeOutput } from "../output.js";

export interface ExtractOptions {
  readonly output: string;
}

/** `sessionflame extract`: the Report in a page, byte for byte what `report --format json` printed. */
export async function extractCommand(page: string, { output }: ExtractOptions, context: Context): Promise<void> {
  const { readDocument } = await import("../read-report.js"); // the schema takes time to load
  const read = await readDocument(page, "page", context);
  if (!("report" in read)) return extractedCollection(read, page, output, context);
  const { written, report } = read;
  const text = renderedAs("json", written as unknown as typeof report, {});
  if (output === "-") context.stdout(text);
  else {
    const name = defaultFileName(report.session, ".json");
    context.stdout(`${await writeOutput(text, output, name, context, [page])}\n`);
  }
}

/** Piece by piece: the Reports of many sessions are more than need be in memory. */
async function extractedCollection(
  { written, reports }: ReadCollection,
  page: string,
  output: string,
  context: Context,
): Promise<void> {
  const { collectionPieces } = await import("../collection/collection-text.js");
  const pieces = collectionPieces(
    written,
    reports.map(({ id, read }) => [id, () => read().written]),
  );
  if (output !== "-")
    return context.stdout(`${await writeOutput({ pieces }, output, "sessionflame-sessions.json", context, [page])}\n`);
  for (const piece of pieces) context.stdout(piece);
}
