import { INPUT_PAINTS } from "../../flame/palette.js";
import type { FileRow, Report, Summary } from "../../model/report.js";
import { formatCount, formatPoints, formatShare, formatShares, plural, sharePoints } from "../../report/format.js";
import { cellBar } from "../bar-svg.js";
import { type Column, countColumn, type DataTable, dataTable } from "./data-table.js";
import { cutTable } from "./table.js";
import { costText, inputCostColumn } from "./usage-columns.js";

const DIGITS = 1;

/** Strings for the table of what prompts were made of, by file. */
export function filesView({ tokens, summary }: Report, limit: number): DataTable {
  const rows = tokens.byFile;
  const all = rows.reduce((sum, { carriedTokens }) => sum + carriedTokens, 0);
  const exact = rows.map(({ carriedTokens }) => carriedTokens / Math.max(1, all));
  const shares = formatShares(exact, DIGITS);
  const points = sharePoints(exact, DIGITS);
  const indexOf = new Map(rows.map((row, i) => [row, i]));
  const index = (row: FileRow) => indexOf.get(row) as number;
  const sharesOf = (some: readonly FileRow[]) =>
    `${formatPoints(
      some.reduce((sum, row) => sum + (points[index(row)] as number), 0),
      DIGITS,
    )}\u00a0%`;
  const columns = [
    { label: "File", className: "name", cell: nameCell },
    { label: "Share of all input", className: "barcell", cell: barCell },
    { label: "of input", className: "n", cell: (row) => ({ text: shares[index(row)] as string }), sum: sharesOf },
    countColumn("Carried", ({ carriedTokens }) => carriedTokens),
    countColumn("Content", ({ contentTokens }) => contentTokens),
    inputCostColumn(summary),
    countColumn(
      "Reads",
      ofFiles(({ reads }) => reads),
    ),
    countColumn(
      "Writes",
      ofFiles(({ writes }) => writes),
    ),
    countColumn(
      "Read again",
      ofFiles((row) => row.repeatedReads + row.repeatedAfterCompaction),
    ),
  ] satisfies Column<FileRow>[];
  const words = {
    ...{ name: "files", label: "Tokens by file in context", total: "All input" },
    rest: (count: number) => plural(count, "further row"),
  };
  return dataTable(
    words,
    columns,
    rows,
    cutTable(rows, ({ carriedTokens }) => carriedTokens, limit),
  );
}

/** What only files have. */
function ofFiles(count: (row: FileRow) => number): (row: FileRow) => number {
  return (row) => (row.kind === "file" ? count(row) : 0);
}

function nameCell({ file, kind, repeatedAfterCompaction }: FileRow) {
  if (kind === "media") return { text: file, marks: [/\.pdf$/i.test(file) ? "PDF" : "image"] };
  if (kind !== "file") return { text: `(${file})`, className: "words" as const };
  return { text: file, marks: repeatedAfterCompaction > 0 ? ["again after it was taken out"] : [] };
}

function barCell({ share, kind }: FileRow) {
  return { bar: cellBar([[share, INPUT_PAINTS[kind]]]) };
}

/** What input is, in the words of the answer, and the rows that are it. */
const INPUT_GROUPS: readonly { readonly words: string; readonly kinds: readonly FileRow["kind"][] }[] = [
  { words: "the content of files", kinds: ["file", "media"] },
  { words: "the system prompt and tool definitions", kinds: ["base"] },
  { words: "the conversation itself", kinds: ["history"] },
  { words: "what commands, searches and other tools gave back", kinds: ["tools", "search"] },
  { words: "what compactions were given to sum up", kinds: ["compaction-input"] },
  { words: "not to be attributed to anything", kinds: ["unattributed"] },
];

/** The answer first: what most of the input was, and which file was dearest. */
export function inputAnswer({ tokens, summary }: Report): { lead: string; rest: string } | null {
  const sum = (rows: readonly FileRow[]) => rows.reduce((total, { carriedTokens }) => total + carriedTokens, 0);
  const all = sum(tokens.byFile);
  if (all === 0) return null;
  const groups = INPUT_GROUPS.map(({ words, kinds }) => ({
    words,
    carried: sum(tokens.byFile.filter(({ kind }) => kinds.includes(kind))),
  }));
  const largest = groups.reduce((a, b) => (b.carried > a.carried ? b : a));
  const file = tokens.byFile.find(({ kind, carriedTokens }) => kind === "file" && carriedTokens > 0);
  const calls = plural(tokens.composition.length, "call");
  return {
    lead: `${formatShare(largest.carried / all)} of all input was ${largest.words}`,
    rest: `: ${formatCount(largest.carried)} of ${formatCount(all)} tokens in ${calls}.${file ? ` ${fileAnswer(file, summary)}` : ""}`,
  };
}

function fileAnswer({ file, contentTokens, carriedTokens, share, costUsd }: FileRow, summary: Summary): string {
  const costBasis = summary.costBasis === "estimated" ? summary.costBasis : null;
  const cost = costUsd === null || costUsd === 0 ? "" : `, ${costText({ costUsd, costBasis })}`;
  return `The largest file is ${file}: ${formatCount(contentTokens)} tokens that prompts carried along to ${formatCount(carriedTokens)} (${formatShare(share)} of all input${cost}).`;
}

/** What the table does not say by itself. */
export function filesRemarks({ tokens }: Report): string[] {
  const has = (which: (row: FileRow) => boolean) => tokens.byFile.some(which);
  return [
    "Input cost is what the prompts cost; what the answers cost comes on top.",
    has(({ costUsd }) => costUsd === null)
      ? "Where a call without a known price held a row, its cost is not known."
      : "",
    has(({ kind }) => kind === "media")
      ? "Images and PDFs are not weighed by their data: they get what the growth of the prompt leaves."
      : "",
  ].filter(Boolean);
}
