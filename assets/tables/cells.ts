import { UNKNOWN } from "../../src/report/format.js";

const FIGURE = /^(< )?[#$]?(-?\d[\d,]*(?:\.\d+)?)( %)?$/;
const COUNT = /^#?-?\d[\d,]*$/;
const NEGATIVE_NUMBER = /^-[\d,]+(\.\d+)?$/;
const FORMULA = /^[=+\-@]/;

/** What a cell says, on one line; nothing where it says that a figure is not known. */
export function cellText(cell: Element | undefined): string {
  const text = (cell?.textContent ?? "").replace(/\s+/g, " ").trim();
  return text === UNKNOWN ? "" : text;
}

/** The number that a cell stands for: its `data-v`, else its text; null where it is no number. */
export function cellNumber(cell: HTMLElement | undefined): number | null {
  const value = cell?.dataset.v;
  if (value !== undefined) return Number(value);
  const [found, isLess, digits] = FIGURE.exec(cellText(cell)) ?? [];
  if (found === undefined) return null;
  // `< 1 %` comes before `1 %`, and after nothing at all.
  return Number(`${digits}`.replaceAll(",", "")) * (isLess ? 0.5 : 1);
}

/** A cell for a CSV file. No spreadsheet takes it for a formula, whoever wrote the text. */
export function cellCsv(cell: HTMLElement | undefined): string {
  if (cell?.dataset.v !== undefined) return cell.dataset.v;
  const text = cellText(cell);
  // Only in a column of figures: elsewhere "1,234" is somebody's words.
  if (cell?.classList.contains("n") && COUNT.test(text)) return text.replace(/[#,]/g, "");
  return FORMULA.test(text) && !NEGATIVE_NUMBER.test(text) ? `'${text}` : text;
}
