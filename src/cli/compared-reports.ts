import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { SourceError } from "../load/source-error.js";
import { statIfThere } from "../load/stat-if-there.js";
import type { RedactLevel } from "../model/redaction.js";
import type { Report } from "../model/report.js";
import { Pseudonyms } from "../redact/pseudonyms.js";
import { visibleLine } from "../report/visible.js";
import type { Context } from "./context.js";
import { EXIT, Failure } from "./failure.js";
import { isReportFile } from "./is-report-file.js";
import { readDocument } from "./read-report.js";
import { type SessionReportOptions, sessionReport } from "./session-report.js";

export interface ComparedOptions extends Omit<SessionReportOptions, "redact"> {
  /** Asked for; without it the level of the reports that are read, else `paths`. */
  readonly redact?: RedactLevel;
}

/** The reports of both sides, and the files that some of them were read from. */
interface ComparedReports {
  readonly a: readonly Report[];
  readonly b: readonly Report[];
  readonly files: readonly string[];
}

/** The reports of both sides, redacted at one level. */
export async function comparedReports(
  sides: readonly [a: string, b: string],
  options: ComparedOptions,
  context: Context,
  say: Context["stderr"],
): Promise<ComparedReports> {
  const [a, b] = sides.map((side) => namedReports(side, context)) as [Named[], Named[]];
  const [readA, readB] = [await readOf(a, context), await readOf(b, context)];
  const all = [...readA, ...readB];
  const redact = levelOf([...thoseThatCount(readA), ...thoseThatCount(readB)], options);
  const pseudonyms = new Pseudonyms();
  const reports: Report[] = [];
  for (const { name, report } of all)
    reports.push(report ?? (await namedSession(name, { ...options, redact, pseudonyms }, context, say)));
  const files = [...a, ...b].filter(({ isFile }) => isFile).map(({ name }) => name);
  return { a: reports.slice(0, readA.length), b: reports.slice(readA.length), files };
}

/** A session may be called as a folder is. Where none is, a folder that is there was meant. */
async function namedSession(
  name: string,
  options: SessionReportOptions,
  context: Context,
  say: Context["stderr"],
): Promise<Report> {
  return sessionReport(name, options, context, say).catch((error: unknown) => {
    const path = resolve(context.cwd, name);
    throw isNotFound(error) && statIfThere(path)?.isDirectory() ? noReportIn(path, error) : error;
  });
}

function isNotFound(error: unknown): boolean {
  if (error instanceof SourceError) return ["no-store", "unknown-session"].includes(error.problem.code);
  return error instanceof Failure && error.exitCode === EXIT.notFound;
}

function noReportIn(path: string, cause: unknown): Failure {
  return new Failure(
    EXIT.notFound,
    visibleLine(`no report in folder: ${path}`),
    "Name a folder with reports that `sessionflame report` wrote, or a session, as `sessionflame list` shows it.",
    { cause },
  );
}

/** What files hold: of a page of several sessions each. */
async function readOf(named: readonly Named[], context: Context): Promise<Read[]> {
  const all: Read[] = [];
  for (const { name, isFile } of named) {
    const read = isFile ? await readDocument(name, "page-or-json", context) : null;
    if (read === null) all.push({ name, report: null });
    else if ("report" in read) all.push({ name, report: read.report });
    else all.push(...read.reports.map((each) => ({ name, report: each.read().report })));
  }
  return all;
}

/** What a side names: the file of a report that was written before, or a session. */
interface Named {
  readonly name: string;
  readonly isFile: boolean;
}

interface Read {
  readonly name: string;
  /** null for a session that is still to be read. */
  readonly report: Report | null;
}

/** A path that is there is one thing, whatever its name; else commas part what is in a group. */
function namedReports(side: string, context: Context): Named[] {
  const isThere = statIfThere(resolve(context.cwd, side)) !== null;
  const names = isThere ? [side] : side.split(",").map((name) => name.trim());
  if (names.includes(""))
    throw new Failure(
      EXIT.usage,
      visibleLine(`nothing between two commas: ${side}`),
      "Name the sessions of a group as A,B,C.",
    );
  return names.flatMap((name) => namedIn(name, context));
}

/** A folder of reports is all of them, in the order of their names. Any other name is that of a session. */
function namedIn(name: string, { cwd }: Context): Named[] {
  const path = resolve(cwd, name);
  if (statIfThere(path)?.isDirectory() !== true)
    return [{ name, isFile: isReportFile(path) || /\.html?$/i.test(name) }];
  const files = readdirSync(path)
    .sort()
    .map((file) => join(name, file));
  const reports = files.filter((file) => isReportFile(resolve(cwd, file)));
  return reports.length > 0 ? reports.map((file) => ({ name: file, isFile: true })) : [{ name, isFile: false }];
}

/** Of several reports of one session the first one counts, whatever the level of the others. */
function thoseThatCount(read: readonly Read[]): Read[] {
  const known = new Set<string>();
  return read.filter(({ report }) => {
    const isRepeat = report !== null && known.has(report.session.id);
    if (report) known.add(report.session.id);
    return !isRepeat;
  });
}

/**
 * The level of the whole. What a report left out cannot come back and what is in it is not taken out again: so all of them
 * have the one that sessions are read at. At `strict` each was given pseudonyms of its own.
 */
function levelOf(all: readonly Read[], { redact }: ComparedOptions): RedactLevel {
  const saved = all.flatMap(({ name, report }) => (report ? [{ name, level: report.redaction?.level ?? null }] : []));
  const level = redact ?? (saved[0] ? saved[0].level : "paths");
  // Early reports do not tell theirs: they can be compared with each other alone.
  const other = saved.find((report) => report.level !== level || (level === null && saved.length < all.length));
  if (other) throw otherLevel(other.name, other.level, level);
  if (level === "strict" && saved[0]) throw strictReport(saved[0].name);
  return level ?? "paths";
}

function otherLevel(name: string, own: RedactLevel | null, level: RedactLevel | null): Failure {
  const made = own === null ? "at a level of redaction that it does not tell" : `at level ${own} of redaction`;
  const others = level === null ? "another report does not tell its level" : `the comparison is at ${level}`;
  return new Failure(
    EXIT.usage,
    visibleLine(`the report in ${name} was made ${made}, ${others}`),
    "Compare what has one level: name it with --redact, or make the report anew from its session.",
  );
}

function strictReport(name: string): Failure {
  return new Failure(
    EXIT.usage,
    visibleLine(`the report in ${name} has pseudonyms of its own: file-1 is another file elsewhere`),
    "Name the sessions instead: --redact strict gives them the same pseudonyms.",
  );
}
