import type { ComparisonReport, Presence, TakenDifference } from "../../../model/comparison.js";
import { shortened, visibleLine } from "../../../report/visible.js";
import type { Column, DataTable } from "../data-table.js";
import { figureColumns, presenceMarks } from "./columns.js";
import { deltaColumns, differingIn, MOST_ROWS, table } from "./tables.js";

/** Of a prompt, and of the first words of an answer. */
const NAME_CHARS = 70;

/** A turn, or a step of the turn before it. */
interface Row extends Omit<TakenDifference, "nameA" | "nameB"> {
  readonly number: string;
  readonly names: readonly string[];
  readonly isIn: Presence;
}

/** Turns and their steps, in their order: `2` is a turn, `2.1` its first step. */
export function turnsTable(turns: NonNullable<ComparisonReport["turns"]>, mostRows = MOST_ROWS): DataTable {
  const rows = turns.flatMap((turn, i): Row[] => [
    rowOf(String(i + 1), turn),
    ...turn.steps.map((step, j) => rowOf(`${i + 1}.${j + 1}`, step)),
  ]);
  return table("compared-turns", "Turns and steps of both sides", columnsOf(rows), rows, mostRows);
}

function rowOf(number: string, { nameA, nameB, ...taken }: TakenDifference): Row {
  const names = [...new Set([nameA, nameB].flatMap((name) => (name === null ? [] : [shown(name)])))];
  return { number, names, ...taken };
}

function shown(name: string): string {
  return shortened(visibleLine(name), NAME_CHARS);
}

function columnsOf(rows: readonly Row[]): Column<Row>[] {
  return [
    { label: "#", className: "n", cell: ({ number }) => ({ text: number }) },
    {
      label: "Turn, step",
      className: "name",
      // Where they are not the same, A's stands first.
      cell: ({ names: [name = "", ...others], isIn }) => ({ text: name, details: others, marks: presenceMarks(isIn) }),
    },
    ...figureColumns(
      "Time",
      differingIn<Row>(({ ms }) => ms, "ms"),
    ),
    ...deltaColumns(rows, [
      ["calls", "count", ({ toolCalls }) => toolCalls],
      ["tokens", "tokens", ({ tokens }) => tokens],
      ["cost", "usd", ({ costUsd }) => costUsd],
    ]),
  ];
}
