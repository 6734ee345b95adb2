import type { LedgerRow, Report, State } from "../../model/report.js";
import type { Milliseconds } from "../../model/units.js";
import { formatCount, formatDuration, formatShare, formatUsd, listed, plural, UNKNOWN } from "../../report/format.js";
import type { Percents } from "./percents.js";

export interface Tile {
  readonly label: string;
  readonly value: string;
  readonly detail: string;
}

/** The figures at the head of the page. */
export function tiles(report: Report, percents: Percents): Tile[] {
  const { summary, time, spans } = report;
  const { tokens } = summary;
  const row = (state: State) => time.ledger.find((entry) => entry.state === state) as LedgerRow;
  const timeTile = (label: string, state: State): Tile => {
    return { label, value: formatDuration(row(state).ms), detail: row(state).share === null ? "" : percents[state] };
  };
  const input = tokens.uncachedInput + tokens.cacheRead + tokens.cacheWrite;
  const cached = input > 0 ? `${formatShare(tokens.cacheRead / input)} of input cached` : "";
  const isCounted = tokens.total > 0 || !spans.some(({ kind }) => kind === "model");
  const activeShare = summary.wallMs > 0 ? `${formatShare(summary.activeMs / summary.wallMs)} of it` : "";
  return [
    { label: "Total time", value: formatDuration(summary.wallMs), detail: plural(summary.turns, "turn") },
    { label: "Active time", value: formatDuration(summary.activeMs), detail: activeShare },
    timeTile("AI thinking", "generating"),
    timeTile("Tool execution", "running-tools"),
    networkTile(row("waiting-for-model"), row("retrying"), percents),
    {
      label: "Total tokens",
      value: isCounted ? formatCount(tokens.total) : UNKNOWN,
      detail: isCounted ? cached : "not counted",
    },
    {
      label: "Average response",
      value: formatCount(summary.avgResponseTokens),
      detail: summary.avgResponseTokens === null ? "no answer" : "tokens",
    },
    {
      label: "Messages",
      value: formatCount(summary.messages),
      detail: listed(
        [
          plural(summary.modelCalls, "answer"),
          summary.subagents > 0 ? plural(summary.subagents, "subagent") : "",
        ].filter(Boolean),
      ),
    },
    {
      label: "Tool calls",
      value: formatCount(summary.toolCalls),
      detail: summary.toolErrors > 0 ? `${formatCount(summary.toolErrors)} failed` : "",
    },
    {
      label: "Cost",
      value: formatUsd(summary.costUsd),
      detail: costDetail(report),
    },
  ];
}

/** How the cost is known, and what is not in it. */
function costDetail({ summary, tokens }: Report): string {
  if (summary.costBasis === null) return "not recorded";
  const unpriced = tokens.byMessage.filter(({ costBasis }) => costBasis === "no-price").length;
  const without = unpriced > 0 && summary.costUsd !== null ? `, ${plural(unpriced, "call")} without a price` : "";
  return `${COST_DETAILS[summary.costBasis]}${without}`;
}

const COST_DETAILS = {
  recorded: "recorded",
  free: "recorded (subscription or free)",
  estimated: "estimated by list prices",
  "no-price": "no price is known",
} as const;

/** What the profiler's specification calls network: waiting for the model, retries included. */
function networkTile(waiting: LedgerRow, retrying: LedgerRow, percents: Percents): Tile {
  const detail = waiting.share === null ? "" : networkDetail(retrying.ms, percents);
  return { label: "Network", value: formatDuration(waiting.ms + retrying.ms), detail };
}

/** Part by part, as they stand elsewhere: a sum of its own would round to a third figure. */
export function networkDetail(retryingMs: Milliseconds, percents: Percents): string {
  const retries = retryingMs > 0 ? `, ${percents.retrying} retries` : "";
  return `${percents["waiting-for-model"]} waiting for the model${retries}`;
}
