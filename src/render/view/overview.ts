import type { LedgerRow, MessageRow, Report, ReportSpan, SlowOperation, State } from "../../model/report.js";
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatShare,
  formatUsd,
  plural,
  relativePath,
} from "../../report/format.js";
import { cellBar, segmentedBar, swatch } from "../bar-svg.js";
import { flameSvg } from "../flame-svg.js";
import { spanPaint, statePaint } from "../palette.js";
import { PAINT_LABELS, STATE_LABELS } from "./labels.js";
import { type Percents, statePercents } from "./percents.js";

/** Which spans have a row in the table of messages, and the row's link. */
type Linked = ReadonlyMap<number, string>;

/** Strings for the template of the Overview. `shown`: the messages that have a row in the page. */
export function overviewView(report: Report, shown: readonly MessageRow[]) {
  const linked = new Map(shown.map(({ spanId, number }) => [spanId ?? -1, `#m${number}`]));
  const flame = flameSvg(report);
  const percents = statePercents(report);
  return {
    answer: answer(report, percents),
    tiles: tiles(report, percents),
    ledger: ledgerView(report, percents),
    flame: { svg: flame.svg, hint: flameHint(flame), legend: flameLegend(flame.paints) },
    slowest: report.slowest.map((operation) => slowRow(operation, report, linked)),
  };
}

/** The answer first: what the session's time went to, in two sentences. Emphasis is marked by the template. */
function answer({ summary, time, slowest }: Report, percents: Percents): { lead: string; rest: string } {
  const { wallMs, activeMs } = summary;
  if (activeMs === 0) return { lead: formatDuration(wallMs), rest: "and no work on record in this session." };
  const parts = time.ledger
    .filter(({ share, state }) => share !== null && share >= 0.05 && state !== "overhead")
    .sort((a, b) => b.ms - a.ms)
    .map(({ state }) => `${percents[state]} ${ANSWER_WORDS[state]}`);
  const first = slowest[0];
  const share = first ? first.durationMs / activeMs : 0;
  const slow =
    first && share >= 0.03
      ? ` The slowest operation, ${first.title}, took ${formatDuration(first.durationMs)} (${formatShare(share)}).`
      : "";
  const of = wallMs > activeMs ? ` in ${formatDuration(wallMs)}` : "";
  return {
    lead: `${formatDuration(activeMs)} of work`,
    rest: `${of}${parts.length > 0 ? `: ${listed(parts)}` : ""}.${slow}`,
  };
}

const ANSWER_WORDS: Partial<Record<State, string>> = {
  generating: "the model writing",
  "running-tools": "tools running",
  retrying: "retries of failed requests",
  "waiting-for-model": "waiting for the model",
};

function listed(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}

interface Tile {
  readonly label: string;
  readonly value: string;
  readonly detail: string;
}

function tiles({ summary, time }: Report, percents: Percents): Tile[] {
  const { tokens } = summary;
  const row = (state: State) => time.ledger.find((entry) => entry.state === state) as LedgerRow;
  const timeTile = (label: string, state: State): Tile => {
    return { label, value: formatDuration(row(state).ms), detail: percents[state] };
  };
  const input = tokens.uncachedInput + tokens.cacheRead + tokens.cacheWrite;
  const cached = input > 0 ? `${formatShare(tokens.cacheRead / input)} of input cached` : "";
  const activeShare = summary.wallMs > 0 ? `${formatShare(summary.activeMs / summary.wallMs)} of it` : "";
  return [
    { label: "Total time", value: formatDuration(summary.wallMs), detail: plural(summary.turns, "turn") },
    { label: "Active time", value: formatDuration(summary.activeMs), detail: activeShare },
    timeTile("AI thinking", "generating"),
    timeTile("Tool execution", "running-tools"),
    networkTile(row("waiting-for-model"), row("retrying"), percents),
    { label: "Total tokens", value: formatCount(tokens.total), detail: cached },
    { label: "Average response", value: formatCount(summary.avgResponseTokens), detail: "tokens" },
    {
      label: "Messages",
      value: formatCount(summary.messages),
      detail: listed(
        [
          plural(summary.modelCalls, "model call"),
          summary.subagents > 0 ? plural(summary.subagents, "subagent") : "",
        ].filter(Boolean),
      ),
    },
    {
      label: "Tool calls",
      value: formatCount(summary.toolCalls),
      detail: summary.toolErrors > 0 ? `${formatCount(summary.toolErrors)} failed` : "",
    },
    { label: "Cost", value: formatUsd(summary.costUsd), detail: COST_DETAILS[summary.costBasis] },
  ];
}

const COST_DETAILS = {
  recorded: "recorded",
  free: "recorded (subscription or free)",
  unknown: "not recorded",
} as const;

/** What the profiler's specification calls network: waiting for the model, retries included. */
function networkTile(waiting: LedgerRow, retrying: LedgerRow, percents: Percents): Tile {
  const retries = retrying.ms > 0 ? `, ${percents.retrying} retries` : "";
  return {
    label: "Network",
    value: formatDuration(waiting.ms + retrying.ms),
    detail: `${percents[waiting.state]} waiting for model${retries}`,
  };
}

function ledgerView({ time, summary }: Report, percents: Percents) {
  const active = time.ledger.filter(({ share, ms }) => share !== null && ms > 0);
  const idle = time.ledger.filter(({ share, ms }) => share === null && ms > 0);
  const segments = active.map(({ state, share, ms }) => {
    const text = percents[state];
    return {
      paint: statePaint(state),
      share: share ?? 0,
      text,
      title: `${STATE_LABELS[state]} · ${formatDuration(ms)} · ${text}`,
    };
  });
  const entry = ({ state, ms }: LedgerRow, percent: string) => {
    return { swatch: swatch(statePaint(state)), label: STATE_LABELS[state], value: formatDuration(ms), percent };
  };
  return {
    hint: `${formatDuration(summary.activeMs)} of active time, every millisecond in one state`,
    svg: segmentedBar(segments, `Where the active time went: ${segments.map(({ title }) => title).join("; ")}`),
    legend: [...active.map((row) => entry(row, percents[row.state])), ...idle.map((row) => entry(row, ""))],
  };
}

function flameHint({ foldedMs, hasMarks, hiddenSpans }: ReturnType<typeof flameSvg>): string {
  return [
    "time runs left to right; bars that overlap have lanes of their own",
    foldedMs > 0 ? `${formatDuration(foldedMs)} of idle time folded` : "",
    hasMarks ? "spans under a pixel are joined to marks" : "",
    hiddenSpans > 0 ? `${plural(hiddenSpans, "span")} nested too deep to be drawn` : "",
  ]
    .filter(Boolean)
    .join("; ");
}

function flameLegend(paints: ReturnType<typeof flameSvg>["paints"]) {
  return Object.entries(PAINT_LABELS).flatMap(([className, label]) => {
    const paint = paints.find((used) => used.className === className);
    return paint ? [{ swatch: swatch(paint), label }] : [];
  });
}

function slowRow({ rank, spanId, title, durationMs, detail, note }: SlowOperation, report: Report, linked: Linked) {
  const { spans, summary, slowest, session } = report;
  const span = spans[spanId] as ReportSpan;
  const longest = slowest[0]?.durationMs || 1;
  const bytes = span.files?.[0]?.bytes;
  const what = span.kind === "tool" ? relativePath(detail, session.directory) : detail;
  const share = summary.activeMs > 0 ? Math.min(1, durationMs / summary.activeMs) : null;
  return {
    rank: String(rank),
    swatch: swatch(spanPaint(span)),
    title,
    href: linked.get(spanId) ?? null,
    detail: bytes === undefined ? what : `${what} (${formatBytes(bytes)})`,
    note,
    duration: formatDuration(durationMs),
    share: formatShare(share),
    bar: cellBar(durationMs / longest, spanPaint(span)),
  };
}
