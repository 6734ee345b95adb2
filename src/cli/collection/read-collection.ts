import { parsedJson } from "../../load/json-text.js";
import type { CollectionIndex } from "../../model/collection.js";
import type { Redaction } from "../../model/report.js";
import { type Fields, isFields } from "../../report/fields.js";
import { checkedIndex } from "../../report/schema/collection.js";
import { checkedDocument, newer, type ReadReport, unusable } from "../checked-document.js";
import { blockAfter, damaged, inflated, packedReport } from "../page-report.js";

/** A collection that was read from outside. What stands beside its Reports is checked; each Report is when it is read. */
export interface ReadCollection {
  /** As it was written, without the Reports. */
  readonly written: Fields;
  readonly index: CollectionIndex;
  readonly reports: readonly { readonly id: string; readonly read: () => ReadReport }[];
  /** That of its first Report: one command line made them all. */
  readonly redaction: Redaction | null;
}

const DATA = '<script type="application/octet-stream" id="collection-data">';
const REPORT = 'data-part="report">';

/** Whether a page is one of several sessions. */
export function holdsCollection(html: string): boolean {
  return html.includes(DATA);
}

/** The collection that a page carries: the blocks of its Reports stand in the order of its sessions. */
export function pageCollection(html: string, path: string): ReadCollection {
  const written = parsedJson(inflated(blockAfter(html, DATA, path) ?? "", path));
  if (!isFields(written)) throw damaged(path);
  const blocks = html.split(REPORT).slice(1);
  return withReports(written, path, (_, i) => {
    const block = blocks[i];
    const end = block?.indexOf("</script>") ?? -1;
    if (block === undefined || end < 0) throw damaged(path);
    return packedReport(block.slice(0, end), path);
  });
}

/** The collection that stands in JSON. */
export function writtenCollection({ reports, ...written }: Fields, path: string): ReadCollection {
  const found = isFields(reports) ? reports : {};
  return withReports(written, path, (id) => {
    if (!Object.hasOwn(found, id)) throw unusable(`the report of ${id} is missing`, path);
    return found[id];
  });
}

function withReports(written: Fields, path: string, reportOf: (id: string, i: number) => unknown): ReadCollection {
  if (typeof written.version === "number" && written.version > 1) throw newer(`version ${written.version}`, path);
  const checked = checkedIndex(written);
  if ("problem" in checked) throw unusable(checked.problem, path);
  const { index } = checked;
  const reports = index.sessions
    .filter(({ hasReport }) => hasReport)
    .map(({ session: { id } }, i) => ({ id, read: () => reportOfSession(id, reportOf(id, i), path) }));
  return { written, index, reports, redaction: reports[0]?.read().report.redaction ?? null };
}

function reportOfSession(id: string, written: unknown, path: string): ReadReport {
  const read = checkedDocument(written, path);
  if (read.report.session.id !== id) throw unusable(`the report of ${id} is that of another session`, path);
  return read;
}
