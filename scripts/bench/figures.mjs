/** The middle, the slow end and the slowest of a list of milliseconds; null of none. */
export function quantiles(values) {
  if (!values || values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share) => sorted[Math.ceil(share * (sorted.length - 1))];
  return { p50: at(0.5), p95: at(0.95), max: at(1) };
}

/**
 * One table as text: a figure a row, a page a column, then the budget of ours and whether it is kept. Each figure has
 * `values` by page: numbers, quantiles, or null where there is none.
 */
export function figureTable(figures) {
  const head = ["", ...Object.keys(figures[0].values), figures.some(({ budget }) => budget) ? "budget" : "", ""];
  const lines = figures.map(({ name, values, digits = 1, budget }) => {
    const cells = Object.values(values).map((value) => cell(value, digits));
    return [name, ...cells, budgetText(budget), verdict({ values, budget })];
  });
  return aligned([head, ...lines]);
}

/** Whether everything that is the same on every machine is within its budget; times are not. */
export function isWithinBudget(figures) {
  return figures.every((figure) => figure.budget?.isTime || verdict(figure) !== "OVER");
}

function verdict({ values: { report }, budget }) {
  if (!budget || report === null) return "";
  return (typeof report === "number" ? report : report[budget.of]) <= budget.most ? "within" : "OVER";
}

function budgetText(budget) {
  if (!budget) return "";
  return `${budget.of ? `${budget.of} ` : ""}≤ ${budget.most.toLocaleString("en-US")}`;
}

function cell(value, digits) {
  if (value === null || value === undefined) return "n/a";
  if (typeof value === "number") return rounded(value, digits);
  return [value.p50, value.p95, value.max].map((ms) => rounded(ms, digits)).join(" / ");
}

function rounded(value, digits) {
  return value.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

function aligned(lines) {
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  const padded = (text, column) => (column === 0 ? text.padEnd(widths[column]) : text.padStart(widths[column]));
  return lines.map((line) => line.map(padded).join("   ").trimEnd()).join("\n");
}
