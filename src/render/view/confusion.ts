import type { IntentRow } from "../../model/report.js";
import { formatCount, plural } from "../../report/format.js";
import { confusionMatrix } from "../../report/intent-figures.js";
import { type Column, type DataTable, dataTable } from "./data-table.js";
import { cutTable } from "./table.js";

/** Labels beyond these would make columns that nobody can read side by side. */
const MOST_LABELS = 12;

interface LabelRow {
  readonly label: string;
  readonly place: number;
  readonly counts: readonly number[];
}

/** What was said by row, what was right by column; null where nothing is labelled. `remark`: what the table leaves out. */
export function confusionTable(intents: readonly IntentRow[]): { table: DataTable; remark: string } | null {
  const { labels, counts, leftOut } = confusionMatrix(intents, MOST_LABELS);
  if (labels.length === 0) return null;
  const rows = labels.map((label, place): LabelRow => ({ label, place, counts: counts[place] ?? [] }));
  const columns: Column<LabelRow>[] = [
    { label: "Said", className: "name", cell: ({ label }) => ({ text: label }) },
    ...labels.map((label, place) => countOf(label, place)),
  ];
  const words = { name: "confusion", label: "What was said against what was right", total: null, rest: () => "" };
  const cut = cutTable(rows, () => 0, Number.POSITIVE_INFINITY);
  const rarer =
    leftOut === 0
      ? ""
      : ` ${plural(leftOut, "classification")} with rarer labels ${leftOut === 1 ? "is" : "are"} not in it.`;
  const remark = `What was said against what was right: rows are what was said, columns what was right, ✓ where they agree.${rarer}`;
  return { table: dataTable(words, columns, rows, cut), remark };
}

/** The diagonal has a mark of its own, also where it is empty. */
function countOf(label: string, place: number): Column<LabelRow> {
  return {
    ...{ label, className: "n" },
    cell: (row) => {
      const count = row.counts[place] ?? 0;
      const isRight = row.place === place;
      return {
        text: isRight ? `✓\u00a0${formatCount(count)}` : count === 0 ? "" : formatCount(count),
        value: String(count),
      };
    },
  };
}
