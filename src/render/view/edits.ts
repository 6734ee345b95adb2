import type { EditedFileRow, EditRow, Report } from "../../model/report.js";
import { editsBySource, successRate } from "../../report/edit-figures.js";
import { formatCount, formatShare, plural, relativePath } from "../../report/format.js";
import { type Column, countColumn, type DataTable, dataTable, knownColumn, saidColumns } from "./data-table.js";
import { editMatrixTable } from "./edit-matrix.js";
import { type PanelTable, type PanelView, panelView } from "./panel.js";
import { panelRemarks } from "./remarks.js";
import type { SpanLinks } from "./span-links.js";
import { cutTable } from "./table.js";

/** The panel of edits: what worked by format and model, what failed ones took, and by file; null where nothing was edited. */
export function editsPanel(report: Report, links: SpanLinks, limit: number): PanelView | null {
  const { edits, editedFiles } = report;
  if (edits.length + editedFiles.length === 0) return null;
  const { session, telemetry } = editsBySource(edits);
  const tables = [
    ...sourceTables(session, false, limit),
    ...(editedFiles.length > 0 ? [{ heading: "By file", table: filesTable(report, links, limit) }] : []),
    ...sourceTables(telemetry, true, limit),
  ];
  return panelView({
    ...{ id: "edits", heading: "Edits", hint: editsHint(edits), tables },
    foot: [
      "Percentages are of the tries that ended. Wasted: steps that only failed, or looked at the file again before the next try.",
      telemetry.length > 0
        ? "Telemetry files count in their own way, and what they count may be the same edits: the two are never added up."
        : "",
    ],
    remarks: panelRemarks(report, "edits"),
  });
}

/** Of the session's own calls; of telemetry files where nothing else is known. */
export function editsHint(edits: readonly EditRow[]): string {
  const { session, telemetry } = editsBySource(edits);
  const rows = session.length > 0 ? session : telemetry;
  const { succeeded, ended, rate } = successRate(rows);
  if (ended === 0) return "";
  const sum = (of: (row: EditRow) => number) => rows.reduce((total, row) => total + of(row), 0);
  const [steps, tokens] = [sum(({ wastedSteps }) => wastedSteps), sum(({ wastedTokens }) => wastedTokens)];
  const worked = `${formatCount(succeeded)} of ${plural(ended, "try", "tries")} worked (${formatShare(rate)})`;
  return steps === 0
    ? worked
    : `${worked}; failed ones took ${plural(steps, "step")} and ${formatCount(tokens)} tokens`;
}

/** The matrix and the table of the rows of one source; none without a row. */
function sourceTables(rows: readonly EditRow[], isRecorded: boolean, limit: number): PanelTable[] {
  if (rows.length === 0) return [];
  const [name, source] = isRecorded ? ["telemetry-edit", " from telemetry"] : ["edit", ""];
  const matrix = editMatrixTable(`${name}-matrix`, `Edits that worked by format and model${source}`, rows, limit);
  return [
    { heading: isRecorded ? "As telemetry files tell it" : "", table: matrix },
    {
      heading: isRecorded ? "Tries and files" : "What they took",
      table: editsTable(`${name}s`, source, rows, isRecorded, limit),
    },
  ];
}

function editsTable(
  name: string,
  source: string,
  rows: readonly EditRow[],
  isRecorded: boolean,
  limit: number,
): DataTable {
  const label = `Edits by format and model${source}`;
  const words = { name, label, total: null, rest: (count: number) => plural(count, "further row") };
  return dataTable(
    words,
    saidColumns([...EDIT_COLUMNS, ...(isRecorded ? [] : WASTE_COLUMNS), ...LINE_COLUMNS], rows),
    rows,
    cutTable(rows, ({ attempts }) => attempts, limit),
  );
}

const EDIT_COLUMNS: readonly Column<EditRow>[] = [
  { label: "Format", className: "name", cell: ({ format }) => ({ text: format }) },
  { label: "Model", className: "name", cell: ({ model }) => ({ text: model ?? "not known" }) },
  countColumn("Tries", ({ attempts }) => attempts),
  countColumn("Failed", ({ failed }) => failed),
  countColumn("Files", ({ files }) => files),
];

/** Telemetry files say nothing of them. */
const WASTE_COLUMNS: readonly Column<EditRow>[] = [
  countColumn("Wasted steps", ({ wastedSteps }) => wastedSteps),
  countColumn("Wasted tokens", ({ wastedTokens }) => wastedTokens),
];

const LINE_COLUMNS: readonly Column<EditRow | EditedFileRow>[] = [
  knownColumn("Lines added", ({ linesAdded }) => linesAdded),
  knownColumn("Lines removed", ({ linesRemoved }) => linesRemoved),
];

function filesTable({ editedFiles: rows, session }: Report, links: SpanLinks, limit: number): DataTable {
  const columns: Column<EditedFileRow>[] = [
    {
      label: "File",
      className: "name",
      cell: ({ file, spanIds }) => ({ text: relativePath(file, session.directory), link: links(spanIds[0] ?? null) }),
    },
    countColumn("Tries", ({ attempts }) => attempts),
    countColumn("Failed", ({ failed }) => failed),
    ...LINE_COLUMNS,
  ];
  const words = {
    ...{ name: "edited-files", label: "Edited files", total: null },
    rest: (count: number) => plural(count, "further file"),
  };
  return dataTable(
    words,
    saidColumns(columns, rows),
    rows,
    cutTable(rows, ({ attempts }) => attempts, limit),
  );
}
