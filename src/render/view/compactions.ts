import type { CompactionRow, ContextKind, Report } from "../../model/report.js";
import { formatCount, formatUsd, plural } from "../../report/format.js";
import { type Column, type DataTable, dataTable } from "./data-table.js";
import { CONTEXT_KIND_LABELS } from "./labels.js";
import type { SpanLinks } from "./span-links.js";
import { cutTable } from "./table.js";

/** Strings for the table of compactions; null where there was none. */
export function compactionsView({ tokens }: Report, links: SpanLinks, limit: number): DataTable | null {
  const rows = tokens.compactions;
  if (rows.length === 0) return null;
  const numbers = new Map(tokens.byMessage.map(({ messageId, number }) => [messageId, number]));
  const columns: Column<CompactionRow>[] = [
    {
      label: "#",
      className: "n",
      cell: ({ messageId, spanId }) => ({ text: `#${numbers.get(messageId) ?? ""}`, link: links(spanId) }),
    },
    {
      label: "Asked for by",
      className: "",
      cell: ({ isAutomatic }) => ({ text: ASKED_BY[String(isAutomatic)] ?? "" }),
    },
    figure("Prompt before", ({ beforeTokens }) => beforeTokens),
    figure("Prompt after", ({ afterTokens }) => afterTokens),
    figure("Read to sum up", ({ tokens: usage }) => (usage ? usage.total - usage.output - usage.reasoning : null)),
    figure("Summary", ({ tokens: usage }) => (usage ? usage.output : null)),
    { label: "Cost", className: "n", cell: ({ costUsd }) => ({ text: formatUsd(costUsd) }) },
    {
      label: "Taken out",
      className: "words",
      cell: ({ dropped }) => ({ text: dropped.map(droppedText).join(", ") || "–" }),
    },
  ];
  const words = {
    ...{ name: "compactions", label: "Compactions", total: null },
    rest: (count: number) => plural(count, "further compaction"),
  };
  return dataTable(
    words,
    columns,
    rows,
    cutTable(rows, ({ beforeTokens }) => beforeTokens ?? 0, limit),
  );
}

const ASKED_BY: Readonly<Record<string, string>> = { true: "the agent", false: "you", null: "" };

function figure(label: string, of: (row: CompactionRow) => number | null): Column<CompactionRow> {
  return { label, className: "n", cell: (row) => ({ text: formatCount(of(row)) }) };
}

function droppedText({ kind, tokens }: { readonly kind: ContextKind; readonly tokens: number }): string {
  return `${CONTEXT_KIND_LABELS[kind]} ${formatCount(tokens)}`;
}
