import { resolve } from "node:path";
import { ofProject, type StatsFilter } from "../analyze/stats.js";
import { homeDir } from "../load/opencode/paths.js";
import type { SessionTally } from "../model/tally.js";
import type { EpochMs } from "../model/units.js";
import { homeIn } from "../redact/shorten-homes.js";
import { visibleLine } from "../report/visible.js";
import type { Context } from "./context.js";
import { EXIT, Failure } from "./failure.js";

/** Which sessions a total is over. */
export interface FilterOptions {
  /** 0: since midnight. */
  readonly days?: number;
  /** A project's id, or a folder. */
  readonly project?: string;
}

/** Throws a Failure where no session is of the project that was named. */
export function sessionFilter(tallies: readonly SessionTally[], options: FilterOptions, context: Context): StatsFilter {
  const days = options.days ?? null;
  const since = days === null ? null : daysAgo(days, context.now());
  return { days, since, ...projectOf(tallies, options, context) };
}

/** The project's id where a session has it, else the folder; one that begins with `~` as `list` shows it. */
function projectOf(
  tallies: readonly SessionTally[],
  { project }: FilterOptions,
  { cwd, env }: Context,
): Pick<StatsFilter, "project" | "folders"> {
  if (project === undefined) return { project: null };
  const isInHome = /^~(?=[/\\]|$)/.test(project);
  const isId = tallies.some(({ projectId }) => projectId === project);
  const named = isId || isInHome ? project : resolve(cwd, project);
  const folders = isInHome ? homesOf(tallies, homeDir(env)).map((home) => home + named.slice(1)) : [named];
  if (tallies.length === 0 || ofProject(tallies, named, folders).length > 0) return { project: named, folders };
  throw new Failure(
    EXIT.notFound,
    `no session of the project ${visibleLine(named)}`,
    "Name a folder that sessions ran in, or a project's id; `sessionflame list --json --redact none` shows the folders.",
  );
}

/** This user's home folder, and those in which sessions ran, be it on another machine. */
function homesOf(tallies: readonly SessionTally[], own: string): string[] {
  const recorded = [...new Set(tallies.map(({ directory }) => directory))].flatMap((folder) => homeIn(folder) ?? []);
  return [...new Set([own, ...recorded])];
}

/** As `opencode stats --days` has it: 0 is since midnight where the program runs. */
function daysAgo(days: number, now: EpochMs): EpochMs {
  return days === 0 ? new Date(now).setHours(0, 0, 0, 0) : now - days * 86_400_000;
}
