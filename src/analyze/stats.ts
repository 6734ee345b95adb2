import { group, rollup } from "d3";
import { quantileSorted } from "simple-statistics";
import type { Stats, StatsModel, StatsTool, StatsTotals } from "../model/stats.js";
import type { CountedTwice, CountingRule, Counts, SessionTally, ToolTally } from "../model/tally.js";
import type { EpochMs, Milliseconds } from "../model/units.js";
import { addedCounts } from "./added-counts.js";
import { rounded } from "./round.js";
import { P95_MIN_COUNT } from "./spread.js";

const DAY_MS: Milliseconds = 86_400_000;
const RULES: readonly CountingRule[] = ["1.0", "1.1", "1.15", "2"];

/** Which sessions count. */
export interface StatsFilter {
  /** What was asked for: 0 is the day that began at `since`; null for all. */
  readonly days: number | null;
  /** A session counts whole if it was changed at that time or later; null for all. */
  readonly since: EpochMs | null;
  /** A project's id, or a folder: its sessions and those of folders in it. null for all. */
  readonly project: string | null;
  /** The folders that `project` stands for, where it begins with `~`; without them itself. */
  readonly folders?: readonly string[];
}

/** What `opencode stats` prints of the sessions, the same without copies, and how long tools took. */
export function stats(tallies: readonly SessionTally[], filter: StatsFilter): Stats {
  const { days, since, project } = filter;
  const rule = newestRule(tallies);
  const chosen = chosenBy(filter, tallies);
  const originals = chosen.filter(({ isCopy }) => !isCopy);
  return {
    ...{ days, project, since, rule },
    asOpencode: totals(chosen, ({ all }) => all, days, rule),
    withoutCopies: totals(originals, ({ own }) => own, days, rule),
    models: modelRows(chosen),
    tools: toolRows(chosen),
  };
}

/** The sessions that count. */
export function chosenBy(
  { since, project, folders }: StatsFilter,
  tallies: readonly SessionTally[],
): readonly SessionTally[] {
  const changed = tallies.filter(({ updatedAt }) => since === null || updatedAt >= since);
  return project === null ? changed : ofProject(changed, project, folders);
}

/** The sessions of a project, by its id, else by the folder that they ran in. `folders`: as in `StatsFilter`. */
export function ofProject(
  tallies: readonly SessionTally[],
  project: string,
  folders: readonly string[] = [project],
): readonly SessionTally[] {
  const byId = tallies.filter(({ projectId }) => projectId === project);
  const isInside = ({ directory }: SessionTally) => folders.some((folder) => isWithin(directory, folder));
  return byId.length > 0 ? byId : tallies.filter(isInside);
}

function isWithin(directory: string, folder: string): boolean {
  const base = folder.replace(/[/\\]+$/, "");
  return directory.startsWith(base) && /^([/\\]|$)/.test(directory.slice(base.length));
}

/** All sessions decide, not only the chosen ones: one release reads them all. */
function newestRule(tallies: readonly SessionTally[]): CountingRule {
  const used = new Set(tallies.map(({ rule }) => rule));
  return RULES.findLast((rule) => used.has(rule)) ?? "1.15";
}

function totals(
  sessions: readonly SessionTally[],
  countsOf: (tally: CountedTwice) => Counts,
  days: number | null,
  rule: CountingRule,
): StatsTotals {
  const counts = addedCounts(sessions.map(countsOf));
  const ofSessions = sessions.map((session) => sessionTokens(countsOf(session), rule)).sort((a, b) => a - b);
  const allTokens = ofSessions.reduce((sum, tokens) => sum + tokens, 0);
  const countedDays = days === null ? daysOf(sessions) : Math.max(1, days);
  return {
    sessions: sessions.length,
    ...counts,
    days: countedDays,
    costPerDayUsd: countedDays === 0 ? 0 : counts.costUsd / countedDays,
    meanTokensPerSession: sessions.length === 0 ? 0 : allTokens / sessions.length,
    medianTokensPerSession: sessions.length === 0 ? 0 : quantileSorted(ofSessions, 0.5),
  };
}

function sessionTokens({ tokens }: Counts, rule: CountingRule): number {
  const { uncachedInput, output, reasoning, cacheRead, cacheWrite } = tokens;
  return uncachedInput + output + reasoning + (rule === "1.0" ? 0 : cacheRead + cacheWrite);
}

/** From the first session's beginning to the last change; 0 without a session. */
function daysOf(sessions: readonly SessionTally[]): number {
  if (sessions.length === 0) return 0;
  const from = sessions.reduce((first, { createdAt }) => Math.min(first, createdAt), Number.POSITIVE_INFINITY);
  const until = sessions.reduce((last, { updatedAt }) => Math.max(last, updatedAt), 0);
  return Math.max(1, Math.ceil((until - from) / DAY_MS));
}

function modelRows(sessions: readonly SessionTally[]): StatsModel[] {
  const byModel = group(
    sessions.flatMap(({ models }) => models),
    ({ model }) => model,
  );
  const rows = [...byModel].map(
    ([model, tallies]): StatsModel => ({
      model,
      asOpencode: addedCounts(tallies.map(({ all }) => all)),
      withoutCopies: addedCounts(tallies.map(({ own }) => own)),
    }),
  );
  return rows.sort((a, b) => b.asOpencode.messages - a.asOpencode.messages || (a.model < b.model ? -1 : 1));
}

function toolRows(sessions: readonly SessionTally[]): StatsTool[] {
  const tallies = sessions.flatMap(({ tools }) => tools);
  const all = tallies.reduce((sum, { calls }) => sum + calls, 0);
  const rows = rollup(
    tallies,
    (own) => toolRow(own, all),
    ({ tool }) => tool,
  ).values();
  return [...rows].sort((a, b) => b.calls - a.calls || (a.tool < b.tool ? -1 : 1));
}

function toolRow(tallies: readonly ToolTally[], allCalls: number): StatsTool {
  const total = (of: (tally: ToolTally) => number) => tallies.reduce((sum, tally) => sum + of(tally), 0);
  const durations = tallies.flatMap(({ durationsMs }) => durationsMs).sort((a, b) => a - b);
  const quantile = (atLeast: number, p: number) =>
    durations.length < atLeast ? null : rounded(quantileSorted(durations, p), 1);
  const calls = total((tally) => tally.calls);
  return {
    tool: (tallies[0] as ToolTally).tool,
    calls,
    share: calls / allCalls,
    callsWithoutCopies: total(({ ownCalls }) => ownCalls),
    errors: total(({ errors }) => errors),
    timed: durations.length,
    totalMs: durations.reduce((sum, ms) => sum + ms, 0),
    p50Ms: quantile(1, 0.5),
    p95Ms: quantile(P95_MIN_COUNT, 0.95),
  };
}
