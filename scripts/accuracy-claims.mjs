// What suggestions claim against what was really saved: the same work was recorded twice, once as a suggestion found it
// and once as it suggests. The time is that of the model server's truth: from the first request to the end of the last.
import { readFileSync } from "node:fs";
import { join } from "node:path";

const FOLDER = "test/fixtures/opencode/1.18.34";
const PAIRS = [
  { rule: "sequential-reads", before: "sequential-reads", after: "batched-reads" },
  { rule: "serial-subagents", before: "serial-tasks", after: "parallel-tasks" },
];
/** How far a claim may be from what was saved. */
const TOLERANCE = 0.25;
const FORMATS = {
  ms: (ms) => `${(ms / 1_000).toFixed(2)} s`,
  tokens: (tokens) => `${String(Math.round(tokens)).replace(/\B(?=(\d{3})+$)/g, ",")} tokens`,
  usd: (usd) => `$${usd.toFixed(4)}`,
};

/** `reportOf`: the report of what lies at a path. */
export function claimAccuracy(reportOf) {
  const rows = PAIRS.flatMap((pair) => rowsOf(pair, reportOf));
  const lines = rows.map(({ rule, what, claimed, saved }) => {
    const off = `${claimed >= saved ? "+" : "−"}${Math.abs((claimed / saved - 1) * 100).toFixed(1)} %`;
    return `| \`${rule}\` | ${FORMATS[what](claimed)} | ${FORMATS[what](saved)} | ${off} |`;
  });
  const problems = rows
    .filter(({ claimed, saved }) => Math.abs(claimed / saved - 1) > TOLERANCE)
    .map(({ rule, what }) => `${rule}: the claimed ${what} are more than a quarter off`);
  return { table: ["| rule | claimed | really saved | off |", "|---|---|---|---|", ...lines].join("\n"), problems };
}

function rowsOf({ rule, before, after }, reportOf) {
  const [was, became] = [before, after].map((name) => join(FOLDER, name, "opencode.db")).map((path) => reportOf(path));
  const claimed = was.suggestions.find((suggestion) => suggestion.rule === rule)?.savings ?? {};
  const saved = {
    ms: servedMs(before) - servedMs(after),
    tokens: was.summary.tokens.total - became.summary.tokens.total,
    usd: was.summary.costUsd - became.summary.costUsd,
  };
  return Object.keys(FORMATS).map((what) => ({ rule, what, claimed: claimed[what] ?? 0, saved: saved[what] }));
}

function servedMs(name) {
  const lines = readFileSync(join(FOLDER, name, "truth.ndjson"), "utf8")
    .trim()
    .split("\n");
  const chats = lines.map((line) => JSON.parse(line)).filter(({ kind }) => kind === "chat");
  return Math.max(...chats.map(({ ended }) => ended)) - Math.min(...chats.map(({ received }) => received));
}
