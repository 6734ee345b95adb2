import { gunzipSync } from "node:zlib";
import type { CollectionIndex } from "../../model/collection.js";
import type { PackedSession } from "../../render/collection-page.js";
import { decodedReport } from "../../report/codec.js";

/** The collection as JSON, in pieces: never are two of its Reports unpacked at once. */
export function* collectionJson(
  index: CollectionIndex,
  packed: ReadonlyMap<string, Pick<PackedSession, "report">>,
): Iterable<string> {
  yield* collectionPieces(index, index.sessions.flatMap(reportsOf));
  function reportsOf({ session: { id } }: CollectionIndex["sessions"][number]): [string, () => unknown][] {
    const parts = packed.get(id);
    return parts ? [[id, () => decodedReport(unzipped(parts.report))]] : [];
  }
}

/** The same of Reports from anywhere, by their ids. */
export function* collectionPieces(
  index: unknown,
  reports: readonly (readonly [id: string, report: () => unknown])[],
): Iterable<string> {
  yield `${JSON.stringify(index).slice(0, -1)},"reports":{`;
  for (const [i, [id, report]] of reports.entries())
    yield `${i === 0 ? "" : ","}${JSON.stringify(id)}:${JSON.stringify(report())}`;
  yield "}}\n";
}

function unzipped(base64: string): string {
  return gunzipSync(Buffer.from(base64, "base64")).toString("utf8");
}
