import { spanLabels } from "../../flame/span-labels.js";
import type { Report, ReportSpan } from "../../model/report.js";
import type { Milliseconds, Share } from "../../model/units.js";
import { formatDuration, plural } from "../../report/format.js";
import { shortened } from "../../report/visible.js";
import { markdownBlock, mermaidText } from "./escape.js";
import { type GanttAxis, ganttAxis } from "./gantt-axis.js";

/** With labels of this length the diagram stays under 4,500 characters: GitLab draws none beyond 5,000. */
const MOST_BARS = 20;
const LABEL_CHARS = 36;

/** An operation that takes less of the axis than this is a line at most. */
const LEAST_SHARE: Share = 0.01;

/** The longest operations in time, turn by turn, as a Mermaid diagram; where even those would hardly show, the turns. */
export function ganttText(report: Report): string {
  const { spans } = report;
  const axis = ganttAxis(spans);
  const calls = longestFirst(leafCalls(spans), spans);
  if (calls.length === 0) return "";
  const areShort = lengthOf(spans[calls[0] as number] as ReportSpan) < axis.shownMs * LEAST_SHARE;
  const all = areShort ? longestFirst(timedTurns(spans), spans) : calls;
  const shown = all.slice(0, MOST_BARS);
  const bars = plural(all.length, areShort ? "turn" : "operation");
  const hint = [
    shown.length < all.length ? `the ${shown.length} longest of ${bars}` : bars,
    `${areShort ? "" : "tools are grey, "}what failed is red`,
    axis.foldedMs > 0 ? `${formatDuration(axis.foldedMs)} without work left out` : "",
  ];
  const words = `<sub>${hint.filter(Boolean).join("; ")}</sub>`;
  return ["### Timeline", words, markdownBlock(diagram(shown, axis, report), "mermaid")].join("\n\n");
}

function longestFirst(ids: readonly number[], spans: readonly ReportSpan[]): number[] {
  const lengthMs = (id: number) => lengthOf(spans[id] as ReportSpan);
  return [...ids].sort((a, b) => lengthMs(b) - lengthMs(a) || a - b);
}

/** Model calls and tool calls with nothing but waits in them, without those that waited for the user. */
function leafCalls(spans: readonly ReportSpan[]): number[] {
  const withChildren = new Set(spans.filter(({ kind }) => kind !== "wait").map(({ parent }) => parent));
  return spans.flatMap((span, id) => {
    const isCall = (span.kind === "model" || span.kind === "tool") && span.state !== "waiting-for-user";
    return isCall && !withChildren.has(id) && lengthOf(span) > 0 ? [id] : [];
  });
}

function timedTurns(spans: readonly ReportSpan[]): number[] {
  return spans.flatMap((span, id) => (span.kind === "turn" && lengthOf(span) > 0 ? [id] : []));
}

function lengthOf({ startMs, endMs }: ReportSpan): Milliseconds {
  return endMs - startMs;
}

function diagram(shown: readonly number[], axis: GanttAxis, report: Report): string {
  const turns = turnsOf(report.spans);
  const bar = barLines(axis, report);
  const byStart = [...shown].sort((a, b) => a - b);
  const sections = [...new Set(byStart.map((id) => turns[id] as number))].flatMap((turn) => [
    `  section ${turn === 0 ? "Beside" : `Turn ${turn}`}`,
    ...byStart.filter((id) => turns[id] === turn).map(bar),
  ]);
  return [
    "gantt",
    "  accTitle: Timeline of what took longest",
    "  dateFormat x",
    `  axisFormat ${axis.format}`,
    "  todayMarker off",
    ...sections,
  ].join("\n");
}

/** A line begins with a duration: a name could be one of Mermaid's own words. */
function barLines(axis: GanttAxis, report: Report): (id: number) => string {
  const labels = spanLabels(report);
  const numbers = new Map(report.tokens.byMessage.map(({ messageId, number }) => [messageId, number]));
  return (id) => {
    const span = report.spans[id] as ReportSpan;
    const { kind, status, startMs, endMs, messageId = "" } = span;
    const number = numbers.get(messageId);
    const label = kind === "turn" ? span.name : (labels[id] ?? "");
    const name = kind === "model" && number !== undefined ? `Response ${number}` : label;
    const words = mermaidText(`${formatDuration(lengthOf(span))} ${shortened(name.slice(0, 200), LABEL_CHARS)}`);
    const tags = [kind === "tool" ? "done, " : "", status === "ok" ? "" : "crit, "].join("");
    const from = axis.at(startMs);
    return `    ${words} :${tags}${from}, ${Math.max(from + 1, axis.at(endMs))}`;
  };
}

/** The number of the turn that each span lies in, from 1; 0 for what worked beside all turns. Parents stand before their children. */
function turnsOf(spans: readonly ReportSpan[]): number[] {
  const turns: number[] = [];
  let count = 0;
  for (const { kind, parent } of spans) {
    const outer = turns[parent] ?? 0;
    turns.push(kind === "turn" && outer === 0 ? ++count : outer);
  }
  return turns;
}
