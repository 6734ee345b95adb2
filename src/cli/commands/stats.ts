import { stats } from "../../analyze/stats.js";
import type { Stats } from "../../model/stats.js";
import type { Context } from "../context.js";
import { openNamedStore, type SourceOptions, withStore } from "../open-source.js";
import { type FilterOptions, sessionFilter } from "../session-filter.js";
import { statsText, statsWords } from "../stats-text.js";

export interface StatsOptions extends SourceOptions, FilterOptions {
  readonly tools?: number;
  readonly models?: number;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** `sessionflame stats`: totals over all sessions as `opencode stats` counts them, and without copies. */
export async function statsCommand(options: StatsOptions, context: Context): Promise<void> {
  const tallies = await withStore(openNamedStore(options, context), (store) => store.tallies());
  const all = stats(tallies, sessionFilter(tallies, options, context));
  const shown = { ...all, models: all.models.slice(0, options.models), tools: all.tools.slice(0, options.tools) };
  context.stdout(options.json ? `${JSON.stringify(shown)}\n` : statsText(shown));
  if (!options.quiet && !options.json) context.stderr(`${statsWords(shown)}${leftOut(all, shown)}`);
}

function leftOut(all: Stats, shown: Stats): string {
  const parts = (["models", "tools"] as const).filter((name) => shown[name].length < all[name].length);
  return parts.map((name) => `${shown[name].length} of ${all[name].length} ${name} shown.\n`).join("");
}
