import type { Report, ReportPart } from "../model/report.js";
import { type Fields, isFields } from "./fields.js";
import { listed } from "./format.js";

/**
 * A Report of version 1 as today's release writes it, from one that an earlier release wrote. What that release did not
 * know stays unknown or empty, and is named in `lacks` and in the notes; only what other fields say already is filled in.
 * Anything else comes back as it is: what it is worth is for the schema to say.
 */
export function upgraded(read: unknown): unknown {
  if (!isFields(read)) return read;
  const lacks = PARTS.filter(({ isMissing }) => isMissing(read));
  const all = UPGRADES.reduce((report, upgrade) => upgrade(report), read);
  return lacks.length === 0 ? all : withLacks(all, lacks);
}

interface Part {
  readonly id: ReportPart;
  readonly name: string;
  readonly isMissing: (report: Fields) => boolean;
}

/** What came with later releases, in the words of the note. */
const PARTS: readonly Part[] = [
  {
    id: "critical-path",
    name: "critical paths",
    isMissing: ({ time }) => isFields(time) && time.criticalPath === undefined,
  },
  {
    id: "subagents",
    name: "the times of subagents",
    isMissing: ({ time, summary }) =>
      isFields(time) && time.subagents === undefined && isFields(summary) && summary.subagents !== 0,
  },
  {
    id: "prompts",
    name: "what prompts were made of",
    isMissing: ({ tokens }) => isFields(tokens) && tokens.composition === undefined,
  },
  { id: "suggestions", name: "suggestions", isMissing: ({ suggestions }) => suggestions === undefined },
  { id: "skills", name: "skills, edits and iterations", isMissing: ({ skills }) => skills === undefined },
];

/** In the order in which releases added fields. */
const UPGRADES: readonly ((report: Fields) => Fields)[] = [
  withTimedCalls,
  withOrigins,
  withPhases,
  withCostBases,
  (report) => ({ ...report, time: filled(report.time, TIME), tokens: filled(report.tokens, TOKENS) }),
  (report) => plus(report, { suggestions: [], redaction: null }),
  (report) => plus(report, SKILLS),
];

const TIME = { criticalPath: [], parallelSavingsMs: null, subagents: [] } satisfies Partial<Report["time"]>;

const TOKENS = {
  ...{ byAgent: [], byTurn: [], byTool: [], byServer: [], bySkill: [] },
  ...{ byFile: [], composition: [], compactions: [], reconciliation: [] },
} satisfies Partial<Report["tokens"]>;

const SKILLS = {
  ...{ skills: [], unusedSkills: null, edits: [], editedFiles: [], iterations: [], chunks: [], intents: [] },
} satisfies Partial<Report>;

function withLacks(report: Fields, lacks: readonly Part[]): Fields {
  const text = `The report was made by an earlier release, which did not work out ${listed(lacks.map(({ name }) => name))}.`;
  const notes = Array.isArray(report.notes) ? [{ kind: "info", text }, ...report.notes] : report.notes;
  return { ...report, notes, lacks: lacks.map(({ id }) => id) };
}

/** Calls that ended and during which the machine did not sleep: their durations are those of the row. */
function withTimedCalls(report: Fields): Fields {
  const timed = new Map<string, number>();
  for (const { kind, name, status, mayHaveSlept } of rowsOf(report.spans))
    if (status !== "unfinished" && mayHaveSlept !== true)
      timed.set(`${kind} ${name}`, (timed.get(`${kind} ${name}`) ?? 0) + 1);
  const timedIn = ({ kind, operation }: Fields) => timed.get(`${kind} ${operation}`) ?? 0;
  return withRows(report, "time", "operations", (row) => plus(row, { timed: timedIn(row) }));
}

function withOrigins(report: Fields): Fields {
  const origin = ({ role }: Fields) => (role === "assistant" ? "answer" : "unknown");
  return withRows(report, "tokens", "byMessage", (row) => plus(row, { origin: origin(row) }));
}

const PHASES = { retryMs: null, reasoningMs: null, textMs: null, toolArgumentsMs: null, waitedTimesLonger: null };

/** What a step's own time was stands in its span; the phases of a stream were not told apart. */
function withPhases(report: Fields): Fields {
  const spans = rowsOf(report.spans);
  const overheadMs = ({ spanId }: Fields) => {
    const step = spans[Number(spans[Number(spanId)]?.parent)];
    return step?.kind === "step" ? step.selfMs : 0;
  };
  const withCalls = withRows(report, "time", "modelCalls", (row) =>
    plus(row, { ...PHASES, overheadMs: overheadMs(row) }),
  );
  return withRows(withCalls, "time", "toolCalls", (row) => plus(row, { calledAt: row.startedAt }));
}

/** Costs were recorded ones then: no list of prices was asked. */
function withCostBases(report: Fields): Fields {
  const { summary } = report;
  const isOld = isFields(summary) && summary.costBasis === "unknown";
  const settled = isOld ? { ...report, summary: { ...summary, costBasis: recordedBasis(summary) } } : report;
  const withModels = withRows(settled, "tokens", "byModel", (row) => plus(row, { costBasis: recordedBasis(row) }));
  return withRows(withModels, "tokens", "byMessage", (row) =>
    plus(row, { estimatedTokens: null, costBasis: recordedBasis(row) }),
  );
}

function recordedBasis({ tokens, costUsd }: Fields): "recorded" | "free" | "no-price" | null {
  const isCounted = isFields(tokens) && tokens.total !== 0;
  if (costUsd === null || costUsd === 0) return !isCounted ? null : costUsd === null ? "no-price" : "free";
  return "recorded";
}

/** `report[part][table]` with each of its rows changed; as it was where there is no such table. */
function withRows(report: Fields, part: string, table: string, change: (row: Fields) => Fields): Fields {
  const tables = report[part];
  const rows = isFields(tables) ? tables[table] : undefined;
  if (!isFields(tables) || !Array.isArray(rows)) return report;
  const changed = rows.map((row: unknown) => (isFields(row) ? change(row) : row));
  return { ...report, [part]: { ...tables, [table]: changed } };
}

/** The fields of an object, and behind them those of others that it does not have. */
function plus(own: Fields, others: Fields): Fields {
  const missing = Object.entries(others).filter(([key]) => !Object.hasOwn(own, key));
  return missing.length === 0 ? own : { ...own, ...Object.fromEntries(missing) };
}

function filled(value: unknown, others: Fields): unknown {
  return isFields(value) ? plus(value, others) : value;
}

function rowsOf(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.map((row: unknown) => (isFields(row) ? row : {})) : [];
}
