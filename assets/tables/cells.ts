import { NO_PRICE, UNKNOWN } from "../../src/report/format.js";

const FIGURE = /^(?:≈ )?(< )?[#$]?(-?\d[\d,]*(?:\.\d+)?)( %)?$/;
const COUNT = /^#?-?\d[\d,]*$/;
const NEGATIVE_NUMBER = /^-[\d,]+(\.\d+)?$/;
const FORMULA = /^[=+\-@]/;

/** What a cell says, on one line; nothing where it says that a figure is not known. */
export function cellText(cell: Element | undefined): string {
  return clean(cell?.textContent);
}

/** A name without the remarks that stand behind it. */
function cellName(cell: Element | undefined): string {
  const own = [...(cell?.childNodes ?? [])].filter(
    (node) => !(node instanceof Element && node.matches(".mark, small")),
  );
  return clean(own.map(({ textContent }) => textContent).join(""));
}

function clean(text: string | null = ""): string {
  const line = (text ?? "").replace(/\s+/g, " ").trim();
  return line === UNKNOWN ? "" : line;
}

/** Whether it says that there is no figure: then it stands last in either order. */
export function isUnknown(cell: Element | undefined): boolean {
  return ["", NO_PRICE].includes(cellText(cell));
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
  const text = cell?.classList.contains("name") ? cellName(cell) : cellText(cell);
  // Only in a column of figures: elsewhere "1,234" is somebody's words.
  if (cell?.classList.contains("n") && COUNT.test(text)) return text.replace(/[#,]/g, "");
  return FORMULA.test(text) && !NEGATIVE_NUMBER.test(text) ? `'${text}` : text;
}
