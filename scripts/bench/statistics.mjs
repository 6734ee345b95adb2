import { mkdirSync, writeFileSync } from "node:fs";
import { mean, quantileSorted } from "simple-statistics";

/** What is said of many runs, in milliseconds. */
export function statistics(times) {
  const sorted = [...times].sort((a, b) => a - b);
  const [median, p95, max] = [0.5, 0.95, 1].map((share) => quantileSorted(sorted, share));
  return { n: sorted.length, average: mean(sorted), median, p95, max };
}

const COLUMNS = {
  what: "",
  n: "n",
  ...{
    average: "average ms",
    median: "median ms",
    p95: "p95 ms",
    max: "max ms",
    peakMb: "peak MB",
    leastCpuMs: "least CPU ms",
    expected: "expected",
  },
};

/** How many times as long the large side took, by the least of each: whatever disturbs a run makes it longer. */
export function leastRatio({ small, large }) {
  return Math.min(...large) / Math.min(...small);
}

/** Rows of statistics as one Markdown table; columns that no row has are left out. */
export function statisticsTable(rows) {
  const names = Object.keys(COLUMNS).filter((name) => rows.some((row) => row[name] !== undefined));
  const lines = rows.map((row) => names.map((name) => cell(row[name])));
  const all = [names.map((name) => COLUMNS[name]), names.map((name) => (name === "what" ? "---" : "---:")), ...lines];
  const widths = names.map((_, column) => Math.max(...all.map((line) => line[column].length)));
  const padded = (text, column) => (column === 0 ? text.padEnd(widths[column]) : text.padStart(widths[column]));
  return all.map((line) => `| ${line.map(padded).join(" | ")} |`).join("\n");
}

function cell(value) {
  if (value === undefined || value === null) return "";
  return typeof value === "number" ? figure(value) : value;
}

function figure(value) {
  if (Number.isInteger(value)) return value.toLocaleString("en-US");
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 1 ? 1 : 2;
  return value.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/**
 * Keeps the rows of a part as `bench/<part>.json`, prints its checks, and has the process fail where one is not kept: a
 * ratio or a size, never a time.
 */
export function keep(part, rows, checks) {
  for (const { what, is, most } of checks)
    console.log(`${is <= most ? "within" : "OVER  "}   ${what}: ${figure(is)}, budget ${figure(most)}`);
  mkdirSync("bench", { recursive: true });
  writeFileSync(`bench/${part}.json`, `${JSON.stringify({ part, rows, checks }, null, 2)}\n`);
  if (checks.some(({ is, most }) => is > most)) process.exitCode = 1;
}
