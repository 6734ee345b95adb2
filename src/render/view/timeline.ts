import { statePaint } from "../../flame/palette.js";
import type { ModelCallRow, Report, SubagentRow } from "../../model/report.js";
import { formatCount, formatDuration, formatUsd, plural } from "../../report/format.js";
import { cellBar } from "../bar-svg.js";
import { criticalPathView } from "./critical-path.js";
import { durationFigure } from "./figure.js";
import { STATE_LABELS } from "./labels.js";
import { panelRemarks } from "./remarks.js";
import type { SpanLinks } from "./span-links.js";
import { cutTable, packedRows } from "./table.js";

/** Strings for the template of the Timeline section. */
export function timelineView(report: Report, links: SpanLinks, limit: number) {
  const { time } = report;
  return {
    critical: criticalPathView(report, links, limit),
    parallel:
      time.parallelSavingsMs !== null && time.parallelSavingsMs > 0
        ? `Calls that ran side by side saved ${formatDuration(time.parallelSavingsMs)} against one after the other.`
        : "",
    calls: callsView(report, links, limit),
    subagents: subagentsView(time.subagents, links, limit),
    remarks: {
      critical: panelRemarks(report, "critical-path"),
      calls: panelRemarks(report, "model-calls"),
      subagents: panelRemarks(report, "subagents"),
    },
  };
}

type Phase = "waitMs" | "retryMs" | "reasoningMs" | "textMs" | "toolArgumentsMs" | "generateMs" | "overheadMs";

const PHASES: readonly { readonly field: Phase; readonly label: string; readonly always: boolean }[] = [
  { field: "retryMs", label: "Retries", always: false },
  { field: "waitMs", label: "Wait", always: true },
  { field: "reasoningMs", label: "Reasoning", always: false },
  { field: "textMs", label: "Text", always: false },
  { field: "toolArgumentsMs", label: "Tool arguments", always: false },
  { field: "generateMs", label: "Whole stream", always: true },
  { field: "overheadMs", label: "Overhead", always: true },
];

/** A column that would hold nothing is left out. */
function callsView({ time, tokens }: Report, links: SpanLinks, limit: number) {
  const columns = PHASES.filter(({ field, always }) => always || time.modelCalls.some((call) => call[field] !== null));
  const numbers = new Map(tokens.byMessage.map(({ messageId, number }) => [messageId, number]));
  const cut = cutTable(time.modelCalls, (call) => call.endedAt - call.startedAt, limit);
  const row = (call: ModelCallRow) => ({
    ...callView(call, numbers.get(call.messageId), links),
    figures: columns.map(({ field }) => durationFigure(call[field])),
  });
  return {
    columns: columns.map(({ label }) => label),
    rows: cut.shown.map(row),
    packed: packedRows("calls", cut, row),
    rest:
      cut.rest.length === 0
        ? null
        : {
            label: plural(cut.rest.length, "further call"),
            figures: columns.map(({ field }) => sumOf(cut.rest, field)),
          },
  };
}

function callView(call: ModelCallRow, number: number | undefined, links: SpanLinks) {
  return {
    number: number === undefined ? "" : `#${number}`,
    link: links(call.spanId),
    model: call.model.split("/").at(-1) as string,
    note: call.waitedTimesLonger
      ? `waited ${formatCount(call.waitedTimesLonger)} times as long as usual: attempts may have failed`
      : "",
    rate: formatCount(call.tokensPerSecond === null ? null : Math.round(call.tokensPerSecond)),
  };
}

function sumOf(calls: readonly ModelCallRow[], field: Phase): string {
  return formatDuration(calls.reduce((total, call) => total + (call[field] ?? 0), 0));
}

function subagentsView(subagents: readonly SubagentRow[], links: SpanLinks, limit: number) {
  const row = (subagent: SubagentRow) => ({ ...subagentView(subagent), link: links(subagent.spanIds[0] ?? null) });
  const cut = cutTable(subagents, (row) => row.wallMs, limit);
  const { shown, rest } = cut;
  const sum = (field: "modelCalls" | "toolCalls" | "tokens") =>
    formatCount(rest.reduce((total, row) => total + row[field], 0));
  const costs = rest.flatMap(({ costUsd }) => costUsd ?? []);
  return {
    rows: shown.map(row),
    packed: packedRows("subagents", cut, row),
    rest:
      rest.length === 0
        ? null
        : {
            label: plural(rest.length, "further subagent"),
            calls: [sum("modelCalls"), sum("toolCalls"), sum("tokens")],
            cost: formatUsd(costs.length === 0 ? null : costs.reduce((total, cost) => total + cost, 0)),
          },
  };
}

function subagentView({ title, agent, wallMs, ledger, modelCalls, toolCalls, tokens, costUsd }: SubagentRow) {
  const held = ledger.filter(({ ms }) => ms > 0);
  return {
    title,
    agent: agent ?? "",
    time: durationFigure(wallMs),
    bar: cellBar(held.map(({ state, ms }) => [ms / Math.max(1, wallMs), statePaint(state)])),
    states: held.map(({ state, ms }) => `${STATE_LABELS[state]} ${formatDuration(ms)}`).join(", "),
    calls: [modelCalls, toolCalls, tokens].map(formatCount),
    cost: formatUsd(costUsd),
  };
}
