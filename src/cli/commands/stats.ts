import { resolve } from "node:path";
import { ofProject, stats } from "../../analyze/stats.js";
import type { Stats } from "../../model/stats.js";
import type { SessionTally } from "../../model/tally.js";
import type { EpochMs } from "../../model/units.js";
import { visibleLine } from "../../report/visible.js";
import type { Context } from "../context.js";
import { EXIT, Failure } from "../failure.js";
import { openNamedStore, type SourceOptions, withStore } from "../open-source.js";
import { statsText, statsWords } from "../stats-text.js";

export interface StatsOptions extends SourceOptions {
  /** 0: since midnight. */
  readonly days?: number;
  /** A project's id, or a folder. */
  readonly project?: string;
  readonly tools?: number;
  readonly models?: number;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** `sessionflame stats`: totals over all sessions as `opencode stats` counts them, and without copies. */
export async function statsCommand(options: StatsOptions, context: Context): Promise<void> {
  const tallies = await withStore(openNamedStore(options, context), (store) => store.tallies());
  const days = options.days ?? null;
  const project = projectOf(tallies, options, context);
  const all = stats(tallies, { days, project, since: days === null ? null : daysAgo(days, context.now()) });
  const shown = { ...all, models: all.models.slice(0, options.models), tools: all.tools.slice(0, options.tools) };
  context.stdout(options.json ? `${JSON.stringify(shown)}\n` : statsText(shown));
  if (!options.quiet && !options.json) context.stderr(`${statsWords(shown)}${leftOut(all, shown)}`);
}

/** The project's id where a session has it, else the folder. */
function projectOf(tallies: readonly SessionTally[], { project }: StatsOptions, { cwd }: Context): string | null {
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

function leftOut(all: Stats, shown: Stats): string {
  const parts = (["models", "tools"] as const).filter((name) => shown[name].length < all[name].length);
  return parts.map((name) => `${shown[name].length} of ${all[name].length} ${name} shown.\n`).join("");
}
