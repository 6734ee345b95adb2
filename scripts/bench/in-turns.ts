import type { Runs } from "./stage-runs.js";
import { leastRatio } from "./statistics.mjs";

/** Milliseconds of CPU of the same run on something small and on something large, a round each. */
export interface TimesInTurns {
  readonly small: number[];
  readonly large: number[];
}

export interface InTurns {
  /** So many runs on the small side before any is timed: code that is new is slow, and would make growth look less. */
  readonly warmUps: number;
  /** What is within its budget after the least number of rounds is let off; what is not gets more of them. */
  readonly rounds: { readonly least: number; readonly most: number };
  /** So many runs are timed as one: on the small side more, so that it is disturbed as often. */
  readonly atOnce: { readonly small: number; readonly large: number };
  /** The budget: how many times as long the large side may take. */
  readonly most: number;
}

/** Both sides in turns, run by run, round by round. */
export async function timesInTurns(
  small: Runs,
  large: Runs,
  { warmUps, rounds, atOnce, most }: InTurns,
): Promise<Record<string, TimesInTurns>> {
  const all = Object.entries(small).map(([name, run]) => ({
    name,
    run,
    times: { small: [], large: [] } as TimesInTurns,
  }));
  for (const { run } of all) await cpuMs(run, warmUps);
  for (let round = 0; round < rounds.most; round++)
    for (const { name, run, times } of all) {
      if (round >= rounds.least && leastRatio(times) <= most) continue;
      times.small.push(await cpuMs(run, atOnce.small));
      times.large.push(await cpuMs(large[name] as () => unknown, atOnce.large));
    }
  return Object.fromEntries(all.map(({ name, times }) => [name, times]));
}

/** What this process itself took, on average: what the machine does beside it is not in it. */
async function cpuMs(run: () => unknown, count: number): Promise<number> {
  const start = process.cpuUsage();
  for (let i = 0; i < count; i++) await run();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000 / count;
}
