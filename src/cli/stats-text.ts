import type { Stats, StatsModel, StatsTool, StatsTotals } from "../model/stats.js";
import type { CountingRule, Counts } from "../model/tally.js";
import { formatCount, formatDuration, plural } from "../report/format.js";
import { visibleLine } from "../report/visible.js";
import { textTable } from "./text-table.js";

/** Two columns of totals, models beneath them, then the table of tools; figures as `opencode stats` prints them. */
export function statsText({ asOpencode, withoutCopies, models, tools }: Stats): string {
  const overview = totalRows(asOpencode).map(([label, figure], i) => [
    label,
    figure,
    totalRows(withoutCopies)[i]?.[1] ?? "",
  ]);
  const heading = ["", "AS OPENCODE STATS", "WITHOUT FORKS AND COPIES"];
  const totals = textTable([heading, ...overview, ...models.flatMap(modelRows)], isFigure);
  return tools.length === 0 ? totals : `${totals}\n${textTable([TOOL_HEADING, ...tools.map(toolRow)], isFigure)}`;
}

/** What stands beside the figures: how they are counted, and how many sessions are copies. */
export function statsWords({ rule, asOpencode, withoutCopies }: Stats): string {
  const copies = asOpencode.sessions - withoutCopies.sessions;
  const said = copies === 0 ? "" : `, ${formatCount(copies)} of them nothing but ${copies === 1 ? "a copy" : "copies"}`;
  return `${plural(asOpencode.sessions, "session")}${said}. ${RULE_WORDS[rule]}\n`;
}

const RULE_WORDS: Readonly<Record<CountingRule, string>> = {
  "1.0": "Counted as OpenCode 1.0 does: tokens a session are without the cache.",
  "1.1": "Counted as OpenCode 1.1 to 1.14 does: cost and tokens are those of the messages.",
  "1.15": "Counted as OpenCode does from 1.15 on: cost and tokens are those that each session has of itself.",
  "2": "Counted as OpenCode 1.15 to 1.18 does; `opencode stats` of 2.x counts single messages, by their own time.",
};

function isFigure(column: number): boolean {
  return column > 0;
}

function totalRows(totals: StatsTotals): [string, string][] {
  return [
    ["Sessions", formatCount(totals.sessions)],
    ["Messages", formatCount(totals.messages)],
    ["Days", formatCount(totals.days)],
    ["Total Cost", `$${totals.costUsd.toFixed(2)}`],
    ["Avg Cost/Day", `$${totals.costPerDayUsd.toFixed(2)}`],
    ["Avg Tokens/Session", shortCount(Math.round(totals.meanTokensPerSession))],
    ["Median Tokens/Session", shortCount(Math.round(totals.medianTokensPerSession))],
    ["Input", shortCount(totals.tokens.uncachedInput)],
    ["Output", shortCount(totals.tokens.output)],
    ["Cache Read", shortCount(totals.tokens.cacheRead)],
    ["Cache Write", shortCount(totals.tokens.cacheWrite)],
  ];
}

function modelRows({ model, asOpencode, withoutCopies }: StatsModel): string[][] {
  const figures = MODEL_FIGURES.map(([label, figure]) => [`  ${label}`, figure(asOpencode), figure(withoutCopies)]);
  return [[], [visibleLine(model)], ...figures];
}

/** `opencode stats` adds reasoning to the output of a model, and to no other output. */
const MODEL_FIGURES: readonly (readonly [string, (counts: Counts) => string])[] = [
  ["Messages", ({ messages }) => formatCount(messages)],
  ["Input Tokens", ({ tokens }) => shortCount(tokens.uncachedInput)],
  ["Output Tokens", ({ tokens }) => shortCount(tokens.output + tokens.reasoning)],
  ["Cache Read", ({ tokens }) => shortCount(tokens.cacheRead)],
  ["Cache Write", ({ tokens }) => shortCount(tokens.cacheWrite)],
  ["Cost", ({ costUsd }) => `$${costUsd.toFixed(4)}`],
];

const TOOL_HEADING = ["TOOL", "CALLS", "SHARE", "WITHOUT COPIES", "ERRORS", "TIME", "P50", "P95"];

function toolRow({
  tool,
  calls,
  share,
  callsWithoutCopies,
  errors,
  timed,
  totalMs,
  p50Ms,
  p95Ms,
}: StatsTool): string[] {
  const counts = [calls, callsWithoutCopies, errors].map(formatCount);
  const [all = "", own = "", failed = ""] = counts;
  const times = [timed === 0 ? null : totalMs, p50Ms, p95Ms].map(formatDuration);
  return [visibleLine(tool), all, `${(share * 100).toFixed(1)}%`, own, failed, ...times];
}

/** OpenCode's own way to write a number. */
function shortCount(count: number): string {
  if (count >= 1_000_000) return `${(count / 1_000_000).toFixed(1)}M`;
  return count >= 1_000 ? `${(count / 1_000).toFixed(1)}K` : String(count);
}
