import type { MessageRow, Report, ReportSpan } from "../model/report.js";
import type { Tokens, Usd } from "../model/units.js";
import { foldedText } from "./folded-words.js";
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatShare,
  formatUsd,
  NO_PRICE,
  plural,
  relativePath,
} from "./format.js";

/** What is known of a span: a label and a figure or a text, in the order in which it is shown. */
export interface SpanFact {
  readonly label: string;
  readonly text: string;
  /** Several lines, as they were written. */
  readonly isBlock?: true;
}

/** What the model calls in a span took together. */
interface Spent {
  calls: number;
  tokens: Tokens;
  costUsd: Usd | null;
}

/** Answers what is known of a span. Made once for a Report: the sums of all spans are worked out together. */
export function spanFacts(report: Report): (id: number) => SpanFact[] {
  const messages = new Map(report.tokens.byMessage.map((row) => [row.messageId, row]));
  const spent = spentBySpan(report, messages);
  const onPath = new Map<number, number>();
  for (const { spanId, ms } of report.time.criticalPath) onPath.set(spanId, (onPath.get(spanId) ?? 0) + ms);
  return (id) => {
    const span = report.spans[id] as ReportSpan;
    const message = messages.get(span.messageId ?? "");
    const facts: (SpanFact | false)[] = [
      ...times(span, report),
      onPath.has(id) && { label: "Critical path", text: formatDuration(onPath.get(id) as number) },
      ...counts(span, message, spent[id] as Spent),
      ...whatItWas(span, message, report),
    ];
    return facts.filter((fact) => fact !== false && fact.text !== "") as SpanFact[];
  };
}

function times(span: ReportSpan, { summary }: Report): SpanFact[] {
  const { startMs, endMs, selfMs, basis, queuedMs = 0, mayHaveSlept, status } = span;
  const lengthMs = endMs - startMs;
  const share = summary.wallMs > 0 ? ` (${formatShare(lengthMs / summary.wallMs)} of the session)` : "";
  return [
    { label: "Time", text: `${formatDuration(lengthMs)}${share}` },
    { label: "Own time", text: selfMs === lengthMs ? "" : formatDuration(selfMs) },
    { label: "Folded in it", text: span.folded ? foldedText(span.folded) : "" },
    { label: "From, to", text: `${formatDuration(startMs)} to ${formatDuration(endMs)}` },
    { label: "Times are", text: basis === "unknown" ? "not known" : basis },
    { label: "Prompt queued", text: queuedMs > 0 ? formatDuration(queuedMs) : "" },
    { label: "Status", text: status === "ok" ? "" : status },
    { label: "Remark", text: mayHaveSlept ? "over 30 minutes without any record: the machine may have slept" : "" },
  ];
}

function counts({ kind, tokens }: ReportSpan, message: MessageRow | undefined, spent: Spent): SpanFact[] {
  if (kind === "model" && tokens) {
    const { uncachedInput, cacheRead, cacheWrite, output, reasoning } = tokens;
    const named = [
      [uncachedInput, "uncached input"],
      [cacheRead, "cache read"],
      [cacheWrite, "cache write"],
      [output, "output"],
      [reasoning, "reasoning"],
    ] as const;
    const parts = named.filter(([count]) => count > 0).map(([count, name]) => `${formatCount(count)} ${name}`);
    return [
      { label: "Tokens", text: parts.join(", ") },
      { label: "Cost", text: costText(message) },
    ];
  }
  if (spent.calls === 0 || kind === "model") return [];
  return [
    { label: "Tokens", text: `${formatCount(spent.tokens)} in ${plural(spent.calls, "answered call")}` },
    { label: "Cost", text: spent.costUsd === null ? "" : formatUsd(spent.costUsd) },
  ];
}

function costText(message: MessageRow | undefined): string {
  if (!message || message.costBasis === null) return "";
  if (message.costBasis === "no-price") return NO_PRICE;
  const how = { recorded: "", free: " recorded", estimated: " estimated" }[message.costBasis];
  return `${formatUsd(message.costUsd)}${how}`;
}

function whatItWas(span: ReportSpan, message: MessageRow | undefined, { session }: Report): SpanFact[] {
  const { kind, model = "", tool = "", args = "", files = [], error = "", input, output } = span;
  const path = ({ path, bytes }: NonNullable<ReportSpan["files"]>[number]) =>
    `${relativePath(path, session.directory)}${bytes === undefined ? "" : ` (${formatBytes(bytes)})`}`;
  const says = kind === "model" || kind === "turn" ? (message?.firstWords ?? "") : "";
  return [
    { label: "Model", text: model },
    { label: "Agent", text: kind === "model" ? (message?.agent ?? "") : "" },
    { label: "Tool", text: tool },
    { label: files.length > 1 ? "Files" : "File", text: files.map(path).join(", ") },
    { label: kind === "turn" ? "Prompt" : "Answer", text: says },
    ...(input === undefined && files.length === 0
      ? [{ label: kind === "tool" ? "Called on" : "Failed with", text: args }]
      : []),
    { label: "Arguments", text: input ?? "", isBlock: true },
    { label: "Error", text: error, isBlock: true },
    { label: "Output", text: error && output === error ? "" : (output ?? ""), isBlock: true },
  ];
}

/** From the last span to the first, each hands its sum to its parent: no recursion, however deep. */
function spentBySpan({ spans, tokens }: Report, messages: ReadonlyMap<string, MessageRow>): Spent[] {
  const spent = spans.map((): Spent => ({ calls: 0, tokens: 0, costUsd: null }));
  const counted = new Map(tokens.byMessage.map((row) => [row.spanId, row]));
  // The call that it is about is folded into what it lay in.
  for (const { spanId, tokens: used, costUsd } of tokens.byMessage)
    if (used && spanId !== null && spans[spanId]?.kind !== "model")
      add(spent[spanId] as Spent, { calls: 1, tokens: used.total, costUsd });
  for (let id = spans.length - 1; id >= 0; id--) {
    const { kind, parent, messageId } = spans[id] as ReportSpan;
    const own = spent[id] as Spent;
    const row = kind === "model" ? (counted.get(id) ?? messages.get(messageId ?? "")) : undefined;
    if (row?.tokens) add(own, { calls: 1, tokens: row.tokens.total, costUsd: row.costUsd });
    if (parent >= 0) add(spent[parent] as Spent, own);
  }
  return spent;
}

function add(sum: Spent, { calls, tokens, costUsd }: Spent): void {
  sum.calls += calls;
  sum.tokens += tokens;
  if (costUsd !== null) sum.costUsd = (sum.costUsd ?? 0) + costUsd;
}
