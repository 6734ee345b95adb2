import { PAINTS } from "../../flame/palette.js";
import type { EditRow } from "../../model/report.js";
import { type EditMatrix, editMatrix, type SuccessRate, summedRates } from "../../report/edit-figures.js";
import { formatCount, formatShare, plural, UNKNOWN } from "../../report/format.js";
import { cellBar } from "../bar-svg.js";
import { type Column, type DataTable, dataTable } from "./data-table.js";
import { shareValue } from "./rate-column.js";
import { cutTable } from "./table.js";

/** Columns that can be read side by side; all models together have one more. */
const MOST_MODELS = 6;

type FormatRow = EditMatrix["formats"][number];

/** How often edits worked, a row a format and a column a model. `rows`: those of one source. */
export function editMatrixTable(name: string, label: string, rows: readonly EditRow[], limit: number): DataTable {
  const matrix = editMatrix(rows, MOST_MODELS);
  const isAlone = matrix.models.length + matrix.modelsLeftOut === 1;
  const columns: Column<FormatRow>[] = [
    { label: "Format", className: "name", cell: ({ format }) => ({ text: format }) },
    ...matrix.models.map((model, i) => rateBars(model ?? "model not known", ({ cells }) => cells[i] as SuccessRate)),
    ...(isAlone ? [] : [rateBars(allModels(matrix), ({ all }) => all)]),
  ];
  const words = {
    ...{ name, label, total: matrix.formats.length > 1 ? "All formats" : null },
    rest: (count: number) => plural(count, "further format"),
  };
  return dataTable(
    words,
    columns,
    matrix.formats,
    cutTable(matrix.formats, ({ all }) => all.ended, limit),
  );
}

function allModels({ modelsLeftOut }: EditMatrix): string {
  return modelsLeftOut === 0 ? "All models" : `All models, ${formatCount(modelsLeftOut)} more`;
}

function rateBars(label: string, of: (row: FormatRow) => SuccessRate): Column<FormatRow> {
  return {
    ...{ label, className: "rate", unit: "share" },
    cell: (row) => {
      const rate = of(row);
      const bar = rate.rate === null ? "" : cellBar([[rate.rate, PAINTS.step]]);
      return { text: rateText(rate), value: shareValue(rate), bar };
    },
    sum: (rows) => rateText(summedRates(rows.map(of))),
  };
}

/** `67 % of 3`. */
export function rateText({ rate, ended }: SuccessRate): string {
  return rate === null ? UNKNOWN : `${formatShare(rate)} of ${formatCount(ended)}`;
}
