import type {
  CollectionIndex,
  CollectionSkill,
  CommandTotals,
  FileTotals,
  LongestCall,
  RecurringSuggestion,
  ToolTotals,
} from "../../../model/collection.js";
import { formatCompact, formatShare, formatUsd } from "../../../report/format.js";
import { successText } from "../../../report/skills-words.js";
import { displayTitle } from "../../../report/visible.js";
import { type Column, countColumn, type DataTable, dataTable, durationColumn, saidColumns } from "../data-table.js";
import { durationFigure } from "../figure.js";
import type { Anchors } from "./sessions.js";

/** A heading with its table. */
export interface Group {
  readonly heading: string;
  readonly hint: string;
  readonly table: DataTable;
}

/** What all sessions have in common; only what there is something to say of. */
export function collectionGroups(index: CollectionIndex, anchors: Anchors): Group[] {
  const { suggestions, tools, commands, files, skills } = index;
  const links = sessionLinks(index, anchors);
  const groups = [
    group("Suggestions that recur", RECURRING, "recurring", recurringColumns(index, links), suggestions),
    group("Slowest tools", SLOW, "tools", toolColumns(links), tools),
    group("Slowest commands", COMMANDS, "commands", commandColumns(links), commands),
    group("Files that cost most", FILES, "files", saidColumns(fileColumns(files), files), files),
    group("Skills", "the most used first", "skills", SKILL_COLUMNS, skills),
  ];
  return groups.filter(({ table }) => table.rows.length > 0);
}

const RECURRING =
  "in most sessions first. Savings are of one rule alone: those of another may be of the same time and tokens";
const SLOW = "what took most time first; calls that ran side by side count in full";
const COMMANDS = `by program; ${SLOW}. Failed: errors, and what ended with another code than 0`;
const FILES = "carried: its tokens in every prompt that held it, which is what the input cost is of";

function group<Row>(
  heading: string,
  hint: string,
  name: string,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
): Group {
  const words = { name, label: heading, rest: () => "", total: null };
  return { heading, hint, table: dataTable(words, columns, rows, { shown: rows, rest: [], gaps: [] }) };
}

/** The title of a session, and the way to it. */
type SessionLinks = (id: string) => { readonly text: string; readonly link: { href: string; span: null } | null };

function sessionLinks({ sessions }: CollectionIndex, anchors: Anchors): SessionLinks {
  const titles = new Map(sessions.map(({ session }) => [session.id, displayTitle(session.title)]));
  return (id) => {
    const anchor = anchors.get(id);
    return { text: titles.get(id) ?? id, link: anchor === undefined ? null : { href: `#${anchor}`, span: null } };
  };
}

function recurringColumns({ totals }: CollectionIndex, links: SessionLinks): Column<RecurringSuggestion>[] {
  const originals = totals.sessions - totals.copies;
  return [
    { label: "Suggestion", className: "name", cell: ({ title, rule }) => ({ text: title, details: [rule] }) },
    {
      ...{ label: "Sessions", className: "n" },
      cell: ({ sessions }) => ({ text: `${sessions}`, details: [formatShare(sessions / Math.max(1, originals))] }),
    },
    countColumn("Findings", ({ findings }) => findings),
    durationColumn("Time", ({ ms }) => ms),
    { label: "Tokens", className: "n", cell: ({ tokens }) => figure(tokens, formatCompact) },
    { ...{ label: "Cost", className: "n", unit: "USD" }, cell: ({ usd }) => figure(usd, formatUsd) },
    {
      ...{ label: "Most in", className: "words" },
      cell: ({ sessionIds: [first] }) => (first === undefined ? {} : links(first)),
    },
  ];
}

function toolColumns(links: SessionLinks): Column<ToolTotals>[] {
  return [
    { label: "Tool", className: "name", cell: ({ tool }) => ({ text: tool }) },
    countColumn("Sessions", ({ sessions }) => sessions),
    countColumn("Calls", ({ calls }) => calls),
    countColumn("Failed", ({ errors }) => errors),
    durationColumn("Total", ({ totalMs, timed }) => (timed === 0 ? null : totalMs)),
    durationColumn("Mean", ({ totalMs, timed }) => (timed === 0 ? null : totalMs / timed)),
    ...longestColumns<ToolTotals>(links),
  ];
}

function commandColumns(links: SessionLinks): Column<CommandTotals>[] {
  return [
    { label: "Command", className: "name", cell: ({ command }) => ({ text: command }) },
    countColumn("Sessions", ({ sessions }) => sessions),
    countColumn("Runs", ({ runs }) => runs),
    countColumn("Failed", ({ failed }) => failed),
    durationColumn("Total", ({ totalMs, timed }) => (timed === 0 ? null : totalMs)),
    durationColumn("Mean", ({ totalMs, timed }) => (timed === 0 ? null : totalMs / timed)),
    ...longestColumns<CommandTotals>(links),
  ];
}

function longestColumns<Row extends { readonly longest: LongestCall | null }>(links: SessionLinks): Column<Row>[] {
  return [
    { ...{ label: "Longest", className: "n", unit: "ms" }, cell: ({ longest }) => durationFigure(longest?.ms ?? null) },
    { ...{ label: "in", className: "words" }, cell: ({ longest }) => (longest ? links(longest.sessionId) : {}) },
  ];
}

function fileColumns(files: readonly FileTotals[]): Column<FileTotals>[] {
  const hasFolders = new Set(files.map(({ directory }) => directory)).size > 1;
  return [
    {
      ...{ label: "File", className: "name" },
      cell: ({ file, directory }) => ({ text: file, details: hasFolders ? [directory] : [] }),
    },
    { ...{ label: "Input cost", className: "n", unit: "USD" }, cell: ({ costUsd }) => figure(costUsd, formatUsd) },
    countColumn("Carried", ({ carriedTokens }) => carriedTokens),
    countColumn("Content", ({ contentTokens }) => contentTokens),
    countColumn("Sessions", ({ sessions }) => sessions),
    countColumn("Reads", ({ reads }) => reads),
    countColumn("Read again", ({ repeatedReads }) => repeatedReads),
    countColumn("Writes", ({ writes }) => writes),
  ];
}

const SKILL_COLUMNS: readonly Column<CollectionSkill>[] = [
  { label: "Skill", className: "name", cell: ({ skill }) => ({ text: skill }) },
  countColumn("Sessions", ({ sessions }) => sessions),
  countColumn("Uses", ({ uses }) => uses),
  { label: "Succeeded", className: "n", cell: (row) => ({ text: successText(row) }) },
  countColumn("Content", ({ contentTokens }) => contentTokens),
  countColumn("Carried", ({ carriedTokens }) => carriedTokens),
  { ...{ label: "Input cost", className: "n", unit: "USD" }, cell: ({ costUsd }) => figure(costUsd, formatUsd) },
];

/** What is shortened for the eye keeps its value. */
function figure(value: number | null, format: (value: number | null) => string) {
  return { text: format(value), value: value === null ? null : String(value) };
}
