import { resolve } from "node:path";
import { ofProject, type StatsFilter } from "../analyze/stats.js";
import type { SessionTally } from "../model/tally.js";
import type { EpochMs } from "../model/units.js";
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
  return { days, since, project: projectOf(tallies, options, context) };
}

/** The project's id where a session has it, else the folder. */
function projectOf(tallies: readonly SessionTally[], { project }: FilterOptions, { cwd }: Context): string | null {
  if (project === undefined) return null;
  const named = tallies.some(({ projectId }) => projectId === project) ? project : resolve(cwd, project);
  if (tallies.length === 0 || ofProject(tallies, named).length > 0) return named;
  throw new Failure(
    EXIT.notFound,
    `no session of the project ${visibleLine(named)}`,
    "Name a folder that sessions ran in, or a project's id; `sessionflame list --json` shows the folders.",
  );
}

/** As `opencode stats --days` has it: 0 is since midnight where the program runs. */
function daysAgo(days: number, now: EpochMs): EpochMs {
  return days === 0 ? new Date(now).setHours(0, 0, 0, 0) : now - days * 86_400_000;
}
