import type { MessageRow, Report, Summary } from "../../model/report.js";
import { formatCount, plural, UNKNOWN } from "../../report/format.js";
import { compactionsView } from "./compactions.js";
import { contextView } from "./context.js";
import type { Cell } from "./data-table.js";
import { type Figure, textFigure } from "./figure.js";
import { filesRemarks, filesView, inputAnswer } from "./files.js";
import { panelRemarks } from "./remarks.js";
import type { SpanLinks } from "./span-links.js";
import { type CutTable, packedRows } from "./table.js";
import { callGroups, toolGroups } from "./token-groups.js";
import { uncountedKinds, usageColumns } from "./usage-columns.js";

/** Strings for the template of the Tokens section. */
export function tokensView(report: Report, cut: CutTable<MessageRow>, links: SpanLinks, limit: number) {
  return {
    answer: inputAnswer(report),
    context: report.tokens.composition.length === 0 ? null : contextView(report, links, limit),
    files: report.tokens.byFile.length === 0 ? null : filesView(report, limit),
    filesRemarks: filesRemarks(report),
    messages: messagesView(report, cut, links),
    groups: [...callGroups(report, links, limit), ...toolGroups(report, limit)],
    compactions: compactionsView(report, links, limit),
    hasCalls: report.tokens.byModel.length > 0,
    remarks: {
      composition: panelRemarks(report, "composition"),
      files: panelRemarks(report, "by-file"),
      compactions: panelRemarks(report, "compactions"),
      messages: panelRemarks(report, "by-message"),
    },
  };
}

function messagesView({ summary }: Report, cut: CutTable<MessageRow>, links: SpanLinks) {
  const columns = usageColumns(summary);
  const row = (message: MessageRow) => ({
    ...messageView(message),
    link: links(message.spanId),
    figures: messageFigures(message, summary),
  });
  const sums = (rows: readonly MessageRow[]) => columns.map(({ sum }) => sum?.(rows) ?? "");
  return {
    columns: columns.map(({ label, unit = "" }) => ({ label, unit })),
    rows: cut.shown.map(row),
    packed: packedRows("messages", cut, row),
    rest: cut.rest.length === 0 ? null : { label: plural(cut.rest.length, "further message"), figures: sums(cut.rest) },
    total: sums([...cut.shown, ...cut.rest]),
    leftOut: uncountedKinds(summary),
    cutTo:
      cut.rest.length === 0
        ? ""
        : `the ${formatCount(cut.shown.length)} largest of ${formatCount(cut.shown.length + cut.rest.length)}; `,
  };
}

/** What the user wrote is only in the prompts that it went into: its tokens are worked out, and cost nothing of their own. */
function messageFigures(row: MessageRow, summary: Summary): Figure[] {
  const [, ...others] = usageColumns(summary);
  return [totalFigure(row), ...others.map(({ cell }) => toFigure(cell(row)))];
}

function toFigure({ text = "", value = null }: Partial<Cell>): Figure {
  return { text, value };
}

function totalFigure({ tokens, estimatedTokens }: MessageRow): Figure {
  if (tokens || estimatedTokens === null) return textFigure(formatCount(tokens?.total ?? null));
  return textFigure(`≈ ${formatCount(estimatedTokens)}`);
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
  unknown: "",
};
