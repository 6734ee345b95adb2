import type { FileDifference, ModelDifference, ToolDifference } from "../../model/comparison.js";
import type { FileRow, ModelRow, OperationRow, Report, ToolTokensRow } from "../../model/report.js";
import { type FigureTable, pairedRows } from "./paired-rows.js";
import { hasPrompts, isCounted } from "./report-figures.js";

type Reports = readonly Report[];

/** What each tool took on both sides. */
export function toolDifferences(a: Reports, b: Reports): ToolDifference[] {
  const rows = pairedRows(a.map(toolTable), b.map(toolTable), "totalMs");
  return rows.map(({ key: tool, isIn, ...figures }) => ({ tool, isIn, ...figures }));
}

/** What each model took on both sides. */
export function modelDifferences(a: Reports, b: Reports): ModelDifference[] {
  const rows = pairedRows(a.map(modelTable), b.map(modelTable), "totalMs");
  return rows.map(({ key: model, isIn, ...figures }) => ({ model, isIn, ...figures }));
}

/** What each file, and everything else in prompts, took on both sides. */
export function fileDifferences(a: Reports, b: Reports): FileDifference[] {
  const rows = pairedRows(a.map(fileTable), b.map(fileTable), "carriedTokens");
  return rows.map(({ key, isIn, ...figures }) => {
    const [kind, file] = JSON.parse(key) as [FileRow["kind"], string];
    return { file, kind, isIn, ...figures };
  });
}

type ToolField = Exclude<keyof ToolDifference, "tool" | "isIn">;

function toolTable(report: Report): FigureTable<ToolField> {
  const operations = operationsOf(report, "tool");
  const carried = new Map(report.tokens.byTool.map((row) => [row.name, row]));
  const weighed = hasPrompts(report);
  const none = { carriedTokens: weighed ? 0 : null, costUsd: weighed ? absentCost(report.tokens.byTool) : null };
  const tokensOf = (row?: ToolTokensRow) => (row && weighed ? pick(row) : none);
  const pick = ({ carriedTokens, costUsd }: ToolTokensRow) => ({ carriedTokens, costUsd });
  const figures = (name: string) => ({ ...timesOf(operations.get(name)), ...tokensOf(carried.get(name)) });
  return { rows: new Map([...operations.keys()].map((name) => [name, figures(name)])), absent: figures("") };
}

type ModelField = Exclude<keyof ModelDifference, "model" | "isIn">;

function modelTable(report: Report): FigureTable<ModelField> {
  const operations = operationsOf(report, "model");
  const counted = new Map(report.tokens.byModel.map((row) => [row.model, row]));
  const figures = (name: string) => {
    const { calls, totalMs, p50Ms } = timesOf(operations.get(name));
    return { calls, totalMs, p50Ms, ...usageOf(counted.get(name), report) };
  };
  const names = new Set([...operations.keys(), ...counted.keys()]);
  return { rows: new Map([...names].map((name) => [name, figures(name)])), absent: figures("") };
}

function usageOf(row: ModelRow | undefined, report: Report) {
  if (!isCounted(report)) return { tokens: null, costUsd: row?.costUsd ?? null };
  return { tokens: row?.tokens.total ?? 0, costUsd: row ? row.costUsd : absentCost(report.tokens.byModel) };
}

function operationsOf({ time }: Report, kind: OperationRow["kind"]): ReadonlyMap<string, OperationRow> {
  return new Map(time.operations.flatMap((row) => (row.kind === kind ? [[row.operation, row] as const] : [])));
}

/** Calls none of which ended took a time that is not known. */
function timesOf(row?: OperationRow) {
  if (!row) return { calls: 0, errors: 0, totalMs: 0, p50Ms: null };
  const { count, timed, errors, totalMs, p50Ms } = row;
  return { calls: count, errors, totalMs: timed === 0 && count > 0 ? null : totalMs, p50Ms };
}

type FileField = Exclude<keyof FileDifference, "file" | "kind" | "isIn">;

function fileTable(report: Report): FigureTable<FileField> {
  const { byFile } = report.tokens;
  const nothing = hasPrompts(report) ? 0 : null;
  const absent = { reads: nothing, writes: nothing, contentTokens: nothing, carriedTokens: nothing };
  const rows = byFile.map(({ file, kind, reads, writes, contentTokens, carriedTokens, costUsd }) => {
    return [JSON.stringify([kind, file]), { reads, writes, contentTokens, carriedTokens, costUsd }] as const;
  });
  return { rows: new Map(rows), absent: { ...absent, costUsd: nothing === null ? null : absentCost(byFile) } };
}

/** What is not there costs nothing, unless nothing is known of costs here. */
function absentCost(rows: readonly { readonly costUsd: number | null }[]): number | null {
  return rows.some(({ costUsd }) => costUsd === null) ? null : 0;
}
