import { readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { statisticsTable } from "./statistics.mjs";

/** Of the stages the README has these sizes, or it would be a page of its own. */
const SHOWN_SIZES = /, (?:0|100|1,000|5,000) messages$/;
const HEADINGS = {
  stages: "Stages, in one process",
  database: "A database of 3,000 sessions, whole processes",
  "sessions-page": "A page of several sessions: from one to another until its Overview is painted",
};

/** Puts what the parts kept in `bench/` between the README's marks. */
export function writeTables(parts) {
  const tables = parts.map((part) => {
    const { rows, checks } = JSON.parse(readFileSync(`bench/${part}.json`, "utf8"));
    const shown = part === "stages" ? rows.filter(({ what }) => SHOWN_SIZES.test(what)) : rows;
    return [`**${HEADINGS[part]}**`, statisticsTable(shown), checks.map(checkLine).join("\n")].join("\n\n");
  });
  const { length, 0: cpu } = cpus();
  const day = new Date().toISOString().slice(0, 10);
  const head = `Measured on ${day}, Node ${process.versions.node}, ${length} × ${cpu?.model.trim()}.`;
  const marked = /(<!-- bench -->\n)[\s\S]*(\n<!-- \/bench -->)/;
  const text = [head, ...tables].join("\n\n");
  const readme = readFileSync("README.md", "utf8");
  writeFileSync(
    "README.md",
    readme.replace(marked, (_, start, end) => start + text + end),
  );
}

function checkLine({ what, is, most }) {
  const digits = most < 20 ? 2 : 0;
  const [figure, limit] = [is, most].map((value) => value.toFixed(digits));
  return `- ${what}: ${figure} (${is <= most ? "within" : "over"} ${limit})`;
}
