import type { Cell, DataTable } from "../view/data-table.js";
import { markdownCode, markdownText } from "./escape.js";
import { excerpt } from "./excerpt.js";

/** A column's heading; numbers are aligned to the right. */
export interface Heading {
  readonly label: string;
  readonly isNumber: boolean;
}

/** Cells are Markdown of one line. */
export function markdownTable(headings: readonly Heading[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const rule = `|${headings.map(({ isNumber }) => (isNumber ? "--:" : "---")).join("|")}|`;
  return [line(headings.map(({ label }) => markdownText(label))), rule, ...rows.map(line)].join("\n");
}

/** A table of the page, without its bars. */
export function plainTable({ columns, rows, rest, total }: DataTable): string {
  const isShown = columns.map(({ className }) => className !== "barcell");
  const headings = columns.map(({ label, className }) => ({
    label: excerpt(label, "cell"),
    isNumber: className === "n" || className === "rate",
  }));
  const sums = [rest, total].flatMap((cells) => (cells === null ? [] : [cells.map(({ text }) => markdownText(text))]));
  return markdownTable(
    headings.filter((_, i) => isShown[i]),
    [...rows.map((cells) => cells.map(cellText)), ...sums].map((cells) => cells.filter((_, i) => isShown[i])),
  );
}

function cellText({ text, className, marks }: Cell): string {
  const said = excerpt(text, "cell");
  const shown = className === "name" ? markdownCode(said) : markdownText(said);
  return [shown, ...marks.map((mark) => `<i>${markdownText(mark)}</i>`)].join(" ");
}
