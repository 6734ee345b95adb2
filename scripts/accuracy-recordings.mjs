// The times of sessions that the plugin recorded, against the model server's log: what the report says of the database
// alone, and what it says with the recordings.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { quantile } from "simple-statistics";

const ROOT = "test/fixtures/recordings";
const FIGURES = ["request sent", "first output", "end of stream", "reasoning", "text", "tool call", "tool duration"];
const SHOWN = FIGURES.slice(0, 3);
/** With recordings: [figure, the 95th percentile of the absolute error, ms]. */
const BUDGETS = [
  ["request sent", 30],
  ["first output", 20],
];

/** The table, and the budgets that were not met. How a session is read and compared is given. */
export function recordingAccuracy(tools) {
  const rows = readdirSync(ROOT)
    .sort()
    .map((version) => ({
      version,
      without: errorsOf(version, ["--no-local"], tools),
      recorded: errorsOf(version, [], tools),
    }));
  return { table: tableOf(rows), problems: rows.flatMap(overBudget) };
}

/** Absolute errors by figure, of all sessions of a release. */
function errorsOf(version, args, { reportOf, truthIn, compare }) {
  const errors = Object.fromEntries(FIGURES.map((name) => [name, []]));
  for (const scenario of readdirSync(join(ROOT, version))) {
    const folder = join(ROOT, version, scenario);
    const report = reportOf(join(folder, "opencode.db"), "last", args);
    compare(`${version} ${scenario}, recorded`, report, truthIn(folder), errors);
  }
  return Object.fromEntries(FIGURES.map((name) => [name, errors[name].map(Math.abs)]));
}

function tableOf(rows) {
  const cell = (errors) => [0.5, 0.95].map((p) => Math.round(quantile(errors, p))).join(" / ");
  return [
    `| OpenCode | ${SHOWN.flatMap((name) => [name, "with a recording"]).join(" | ")} | n |`,
    `|---|${SHOWN.map(() => "---|---|").join("")}---|`,
    ...rows.map(({ version, without, recorded }) => {
      const cells = SHOWN.flatMap((name) => [cell(without[name]), `**${cell(recorded[name])}**`]);
      return `| ${version} | ${cells.join(" | ")} | ${recorded[SHOWN[0]].length} |`;
    }),
  ].join("\n");
}

function overBudget({ version, recorded }) {
  return BUDGETS.flatMap(([figure, ms]) => {
    const p95 = Math.round(quantile(recorded[figure], 0.95));
    return p95 <= ms ? [] : [`${version}: ${figure} with a recording, p95 is ${p95} ms, budget ${ms} ms`];
  });
}
