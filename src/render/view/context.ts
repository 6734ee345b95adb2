import type { CompositionRow, MessageRow, Report } from "../../model/report.js";
import { formatCount, formatShare, plural } from "../../report/format.js";
import { swatch } from "../bar-svg.js";
import { type ContextBand, usedBands } from "../context-bands.js";
import { contextSvg, type PicturedCall } from "../context-svg.js";
import { type Column, countColumn, type DataTable, dataTable } from "./data-table.js";
import { CACHE_MISS_LABELS } from "./labels.js";
import type { SpanLinks } from "./span-links.js";
import { cutTable } from "./table.js";

/** A session with fewer calls has nothing to show from call to call. */
const FEWEST_CALLS = 2;
const MOST_PICTURES = 6;

/** Strings for what the prompts were made of, call by call: pictures and the table of the same figures. */
export function contextView(report: Report, links: SpanLinks, limit: number) {
  const { composition, byMessage } = report.tokens;
  const messages = new Map(byMessage.map((message) => [message.messageId, message]));
  const drawable = [...rowsBySession(composition)].filter(([, rows]) => rows.length >= FEWEST_CALLS);
  const pictures = drawable.slice(0, MOST_PICTURES).map(([sessionId, rows]) => {
    const title = sessionId === report.session.id ? "" : subagentTitle(report, sessionId);
    const calls = rows.map((row) => picturedCall(row, messages));
    return { title, ...contextSvg(calls, title || "Context") };
  });
  const perColumn = Math.max(1, ...pictures.map(({ callsPerColumn }) => callsPerColumn));
  return {
    pictures: pictures.map(({ title, svg }) => ({ title, svg })),
    legend: usedBands(composition).map(({ label, paint }) => ({ swatch: swatch(paint), label })),
    remarks: [
      drawable.length > MOST_PICTURES
        ? `${plural(drawable.length - MOST_PICTURES, "further subagent")} in the table only.`
        : "",
      perColumn > 1
        ? `Up to ${formatCount(perColumn)} calls stand in one column, drawn by the one with the largest prompt.`
        : "",
      EVENTS.filter(({ field }) => composition.some((row) => row[field] > 0))
        .map(({ letter }) => letter)
        .join(" "),
      limitsText(composition),
    ].filter(Boolean),
    table: callsTable(report, messages, links, limit),
  };
}

/** Said in words too: the picture has no room for a limit far above the prompts, or for several. */
function limitsText(rows: readonly CompositionRow[]): string {
  const limits = new Map(
    rows.flatMap(({ model, contextLimit }) => (contextLimit === null ? [] : [[model, contextLimit]])),
  );
  const texts = [...limits].map(([model, limit]) => `${formatCount(limit as number)} tokens (${model})`);
  return texts.length === 0 ? "" : `Context limit: ${texts.join(", ")}.`;
}

function rowsBySession(rows: readonly CompositionRow[]): ReadonlyMap<string, readonly CompositionRow[]> {
  const bySession = new Map<string, CompositionRow[]>();
  for (const row of rows) {
    const own = bySession.get(row.sessionId);
    if (own) own.push(row);
    else bySession.set(row.sessionId, [row]);
  }
  return bySession;
}

function subagentTitle({ time }: Report, sessionId: string): string {
  return time.subagents.find((row) => row.sessionId === sessionId)?.title ?? sessionId;
}

type Messages = ReadonlyMap<string, MessageRow>;

function picturedCall(row: CompositionRow, messages: Messages): PicturedCall {
  return { row, name: callName(row, messages), event: eventOf(row) };
}

function callName({ messageId }: CompositionRow, messages: Messages): string {
  return `#${messages.get(messageId)?.number ?? ""}`;
}

/** What may happen to the context between two calls. */
const EVENTS: readonly ContextEvent[] = [
  { field: "compactedTokens", letter: "C: compaction.", words: (tokens) => `compaction took out ${tokens}` },
  { field: "prunedTokens", letter: "P: pruned results.", words: (tokens) => `pruned ${tokens} of old results` },
  {
    field: "shrunkTokens",
    letter: "S: smaller without anything that says why.",
    words: (tokens) => `smaller by ${tokens}, nothing says why`,
  },
];

interface ContextEvent {
  readonly field: "compactedTokens" | "prunedTokens" | "shrunkTokens";
  readonly letter: string;
  readonly words: (tokens: string) => string;
}

/** What happened to the context before the call: its first letter stands in the picture. */
function eventOf(row: CompositionRow): string {
  return EVENTS.filter(({ field }) => row[field] > 0)
    .map(({ field, words }) => words(formatCount(row[field])))
    .join("; ");
}

function callsTable({ tokens, summary }: Report, messages: Messages, links: SpanLinks, limit: number): DataTable {
  const rows = tokens.composition;
  const hasCache = summary.tokens.cacheRead + summary.tokens.cacheWrite > 0;
  const columns: Column<CompositionRow>[] = [
    { label: "#", className: "n", cell: (row) => ({ text: callName(row, messages), link: links(row.spanId) }) },
    { label: "Agent", className: "", cell: ({ agent }) => ({ text: agent ?? "" }) },
    countColumn("Prompt", ({ promptTokens }) => promptTokens),
    ...usedBands(rows).map(bandColumn),
    ...(hasCache ? cacheColumns(summary.tokens.cacheWrite > 0) : []),
    { label: "What happened", className: "words", cell: (row) => ({ text: happened(row) }) },
  ];
  const words = {
    ...{ name: "composition", label: "Composition of prompts, call by call", total: null },
    rest: (count: number) => plural(count, "further call"),
  };
  return dataTable(
    words,
    columns,
    rows,
    cutTable(rows, ({ promptTokens }) => promptTokens, limit),
  );
}

function bandColumn({ label, tokens }: ContextBand): Column<CompositionRow> {
  return countColumn(label, tokens);
}

function cacheColumns(hasWrites: boolean): Column<CompositionRow>[] {
  return [
    countColumn("Cache read", ({ cacheReadTokens }) => cacheReadTokens),
    ...(hasWrites ? [countColumn("Cache write", (row: CompositionRow) => row.cacheWriteTokens)] : []),
    {
      ...{ label: "Cache hits", className: "n" as const },
      cell: ({ cacheHitRate }) => ({ text: formatShare(cacheHitRate) }),
      sum: (rows) => {
        const prompts = rows.reduce((sum, { promptTokens }) => sum + promptTokens, 0);
        return formatShare(rows.reduce((sum, { cacheReadTokens }) => sum + cacheReadTokens, 0) / prompts);
      },
    },
  ];
}

function happened(row: CompositionRow): string {
  const miss = row.cacheMiss === null ? "" : CACHE_MISS_LABELS[row.cacheMiss];
  return [eventOf(row), miss].filter(Boolean).join("; ");
}
