import type { MessageRow, ModelRow, Report } from "../../model/report.js";
import type { TokenUsage } from "../../model/units.js";
import { formatCount, formatShares, formatUsd, plural, UNKNOWN } from "../../report/format.js";
import { cellBar } from "../bar-svg.js";
import { PAINTS } from "../palette.js";
import { type CutTable, packedRows } from "./table.js";

type Usage = TokenUsage & { readonly total: number };
type Figures = (usage: Usage | null, costUsd: number | null) => string[];

const COLUMNS: readonly { readonly field: keyof Usage; readonly label: string; readonly always: boolean }[] = [
  { field: "uncachedInput", label: "Uncached input", always: true },
  { field: "cacheRead", label: "Cache read", always: true },
  { field: "cacheWrite", label: "Cache write", always: false },
  { field: "output", label: "Output", always: true },
  { field: "reasoning", label: "Reasoning", always: false },
];

/**
 * Strings for the template of the Tokens section. Total and cost stand before their parts, so that they are seen first
 * where the table is wider than the screen. A column that would hold nothing but zeros is left out.
 */
export function tokensView({ tokens, summary }: Report, cut: CutTable<MessageRow>) {
  const columns = COLUMNS.filter(({ field, always }) => always || summary.tokens[field] > 0);
  const figures: Figures = (usage, costUsd) => [
    formatCount(usage?.total ?? null),
    formatUsd(costUsd),
    ...columns.map(({ field }) => formatCount(usage?.[field] ?? null)),
  ];
  const messageRow = (row: MessageRow) => ({ ...messageView(row), figures: figures(row.tokens, row.costUsd) });
  const shares = formatShares(tokens.byModel.map(({ share }) => share));
  return {
    columns: ["Total", "Cost", ...columns.map(({ label }) => label)],
    messages: cut.shown.map(messageRow),
    packed: packedRows("messages", cut, messageRow),
    rest: cut.rest.length === 0 ? null : restView(cut.rest, figures),
    total: figures(summary.tokens.total > 0 ? summary.tokens : null, summary.costUsd),
    models: tokens.byModel.map((row, i) => ({
      ...modelView(row, shares[i] as string),
      figures: figures(row.tokens, row.costUsd),
    })),
    leftOut: COLUMNS.filter((column) => !columns.includes(column)).map(({ label }) => label.toLowerCase()),
  };
}

function messageView(row: MessageRow) {
  const { number, role, firstWords, error } = row;
  const marks = [
    row.isSubagent ? `subagent${row.agent ? ` ${row.agent}` : ""}` : "",
    ORIGIN_MARKS[row.origin],
    row.isCompaction ? "summary" : "",
    row.isCopied ? "copied" : "",
    row.isReverted ? "taken back" : "",
  ];
  return {
    id: `m${number}`,
    number: `#${number}`,
    isUser: role === "user",
    who: row.origin === "prompt" ? (row.isSubagent ? "task" : "you") : "",
    firstWords: firstWords || (error ? "" : UNKNOWN),
    marks: marks.filter(Boolean),
    error,
  };
}

/** User messages that are not somebody's prompt. */
const ORIGIN_MARKS: Readonly<Record<MessageRow["origin"], string>> = {
  prompt: "",
  answer: "",
  command: "! command",
  compaction: "compaction asked for",
  automatic: "automatic",
};

function restView(rest: readonly MessageRow[], figures: Figures) {
  const sum = (field: keyof Usage) => rest.reduce((total, { tokens }) => total + (tokens?.[field] ?? 0), 0);
  const fields = ["total", ...COLUMNS.map(({ field }) => field)] as const;
  const usage = Object.fromEntries(fields.map((field) => [field, sum(field)])) as unknown as Usage;
  const cost = rest.some(({ costUsd }) => costUsd !== null)
    ? rest.reduce((total, { costUsd }) => total + (costUsd ?? 0), 0)
    : null;
  return { label: plural(rest.length, "further message"), figures: figures(usage, cost) };
}

function modelView({ model, calls, share }: ModelRow, shareText: string) {
  return { model, calls: formatCount(calls), share: shareText, bar: cellBar([[share ?? 0, PAINTS.generating]]) };
}
