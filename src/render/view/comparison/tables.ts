import type {
  ComparisonReport,
  FileDifference,
  LargestDifference,
  ModelDifference,
  ToolDifference,
} from "../../../model/comparison.js";
import { largestWords, MEASURE_LABELS, MEASURE_UNITS, WHAT_LABELS } from "../../../report/comparison-words.js";
import { plural } from "../../../report/format.js";
import type { Unit } from "../../../report/signed.js";
import { visible } from "../../../report/visible.js";
import { type Column, type DataTable, dataTable, saidColumns } from "../data-table.js";
import { STATE_LABELS } from "../labels.js";
import { type Differing, figureColumns, nameColumn, signedColumn, testColumns } from "./columns.js";

/** The page has no script that could show more; JSON has all. */
export const MOST_ROWS = 200;

/** Groups are tested; of two sessions there is nothing to test. */
export function isOfGroups({ a, b }: Pick<ComparisonReport, "a" | "b">): boolean {
  return a.sessions.length > 1 || b.sessions.length > 1;
}

/** What differs most, one measure after the other. */
export function largestTable(compared: ComparisonReport, mostRows = MOST_ROWS): DataTable {
  const differing: Differing<LargestDifference> = {
    of: ({ figure }) => figure,
    unit: ({ measure }) => MEASURE_UNITS[measure],
  };
  const columns: Column<LargestDifference>[] = [
    { label: "Measure", className: "", cell: ({ measure }) => ({ text: MEASURE_LABELS[measure] }) },
    {
      label: "Where",
      className: "name",
      cell: (row) => ({ text: visible(largestWords(row)), marks: [WHAT_LABELS[row.what]] }),
    },
    ...columnsOf("", differing, compared),
  ];
  return table("largest", "Largest differences", columns, compared.largest, mostRows);
}

/** The time ledger of both sides. */
export function ledgerTable(compared: ComparisonReport, mostRows = MOST_ROWS): DataTable {
  type Row = ComparisonReport["ledger"][number];
  const columns: Column<Row>[] = [
    { label: "State", className: "name", cell: ({ state }) => ({ text: STATE_LABELS[state] }) },
    ...columnsOf(
      "",
      differingIn<Row>(({ ms }) => ms, "ms"),
      compared,
    ),
  ];
  return table("ledger", "Time ledger of both sides", columns, compared.ledger, mostRows);
}

export function toolsTable(compared: ComparisonReport, mostRows = MOST_ROWS): DataTable {
  const columns: Column<ToolDifference>[] = [
    nameColumn("Tool", ({ tool }) => tool),
    ...columnsOf(
      "Time",
      differingIn<ToolDifference>(({ totalMs }) => totalMs, "ms"),
      compared,
    ),
    ...deltaColumns(compared.tools, [
      ["median", "ms", ({ p50Ms }) => p50Ms],
      ["calls", "count", ({ calls }) => calls],
      ["failed", "count", ({ errors }) => errors],
      ["carried", "tokens", ({ carriedTokens }) => carriedTokens],
      ["input cost", "usd", ({ costUsd }) => costUsd],
    ]),
  ];
  return table("compared-tools", "Tools of both sides", columns, compared.tools, mostRows);
}

export function modelsTable(compared: ComparisonReport, mostRows = MOST_ROWS): DataTable {
  const columns: Column<ModelDifference>[] = [
    nameColumn("Model", ({ model }) => model),
    ...columnsOf(
      "Time",
      differingIn<ModelDifference>(({ totalMs }) => totalMs, "ms"),
      compared,
    ),
    ...deltaColumns(compared.models, [
      ["median", "ms", ({ p50Ms }) => p50Ms],
      ["answers", "count", ({ calls }) => calls],
      ["tokens", "tokens", ({ tokens }) => tokens],
      ["cost", "usd", ({ costUsd }) => costUsd],
    ]),
  ];
  return table("compared-models", "Models of both sides", columns, compared.models, mostRows);
}

export function filesTable(compared: ComparisonReport, mostRows = MOST_ROWS): DataTable {
  const columns: Column<FileDifference>[] = [
    nameColumn("File", ({ file }) => file),
    ...columnsOf(
      "Carried",
      differingIn<FileDifference>(({ carriedTokens }) => carriedTokens, "tokens"),
      compared,
    ),
    ...deltaColumns(compared.files, [
      ["content", "tokens", ({ contentTokens }) => contentTokens],
      ["reads", "count", ({ reads }) => reads],
      ["writes", "count", ({ writes }) => writes],
      ["input cost", "usd", ({ costUsd }) => costUsd],
    ]),
  ];
  return table("compared-files", "What the prompts of both sides were made of", columns, compared.files, mostRows);
}

type Delta<Row> = readonly [label: string, unit: Unit, of: Differing<Row>["of"]];

/** Differences alone: three columns for each figure would be too wide. One in which nothing differs is left out. */
export function deltaColumns<Row>(rows: readonly Row[], deltas: readonly Delta<Row>[]): Column<Row>[] {
  const columns = deltas.map(([label, unit, of]) => signedColumn(`Δ ${label}`, differingIn(of, unit)));
  return saidColumns(columns, rows);
}

function columnsOf<Row>(label: string, differing: Differing<Row>, compared: ComparisonReport): Column<Row>[] {
  return [...figureColumns(label, differing), ...(isOfGroups(compared) ? testColumns(differing.of) : [])];
}

export function differingIn<Row>(of: Differing<Row>["of"], unit: Unit): Differing<Row> {
  return { of, unit: () => unit };
}

/** Rows are in their order already. */
export function table<Row>(
  name: string,
  label: string,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  mostRows: number,
): DataTable {
  const words = { name, label, rest: (count: number) => plural(count, "further row"), total: null };
  const cut = { shown: rows.slice(0, mostRows), rest: rows.slice(mostRows), gaps: [] };
  return { ...dataTable(words, columns, rows, cut), packed: null };
}
