import type { Report } from "../model/report.js";
import { visible } from "./visible.js";

/**
 * The report with every text as a page shows it: what would not show, or would turn its neighbours round, is written out.
 * Widths of labels, searches and the chart of a page then speak of the same characters as its tables.
 */
export function shownReport(report: Report): Report {
  return shownValue(report);
}

function shownValue<T>(value: T): T {
  if (typeof value === "string") return visible(value) as T;
  if (Array.isArray(value)) return value.map(shownValue) as T;
  if (typeof value !== "object" || value === null) return value;
  const shown = { ...value };
  for (const name in shown) if (typeof shown[name] !== "number") shown[name] = shownValue(shown[name]);
  return shown;
}
