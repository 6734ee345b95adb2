import { group } from "d3";
import type { ReportSession, SkillRow, SkillUse } from "../model/report.js";
import type { Session } from "../model/session.js";
import type {
  NamedCount,
  SkillsOfProject,
  SkillsOfSession,
  SkillsOverview,
  SkillTotals,
  SkillWeek,
  UseOfSkill,
} from "../model/skills-overview.js";
import type { EpochMs } from "../model/units.js";
import { addedMetrics } from "./skill-metrics.js";
import { sumOfKnown } from "./sum-of-known.js";
import { allDone, distinctWork } from "./work-done.js";

/** The skills of one session, subagents included. */
export interface SessionSkills {
  readonly session: Pick<ReportSession, "id" | "title" | "directory" | "startedAt">;
  /** Its folder as it was recorded: what redaction leaves of two may be the same. */
  readonly folder: string;
  readonly skills: readonly SkillRow[];
  /** Calls of the skill tool by name, copied messages included. */
  readonly recordedCalls: ReadonlyMap<string, number>;
  /** True for an imported copy: nothing of it counts again. */
  readonly isCopy: boolean;
}

type Totals = Pick<SkillsOverview, "skills" | "projects" | "sessions" | "uses" | "weeks">;

/** How often each skill was loaded by a call, as the data has it: what forks and imports copied counts again. */
export function recordedSkillCalls({ messages }: Session): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { content } of messages)
    for (const part of content)
      if (part.kind === "tool-result" && part.tool === "skill" && part.skill !== null)
        counts.set(part.skill, (counts.get(part.skill) ?? 0) + 1);
  return counts;
}

/** The skills of several sessions together. */
export function skillTotals(all: readonly SessionSkills[]): Totals {
  const counted = all.filter(({ isCopy }) => !isCopy);
  const rows = counted.flatMap(({ session, folder, skills }) => skills.map((row) => ({ session, folder, row })));
  const byName = group(rows, ({ row }) => row.name);
  // A skill may have been called in nothing but copies.
  const names = new Set([...byName.keys(), ...all.flatMap(({ recordedCalls }) => [...recordedCalls.keys()])]);
  return {
    skills: [...names].map((name) => totalsOf(name, byName.get(name) ?? [], all)).sort(mostUsed),
    projects: numbered([...group(counted, ({ folder }) => folder).values()].flatMap(projectOf)).sort(mostUses),
    sessions: counted.flatMap(sessionOf).sort((a, b) => b.startedAt - a.startedAt || (a.id < b.id ? -1 : 1)),
    uses: rows.flatMap(usesOf).sort((a, b) => b.at - a.at || (a.name < b.name ? -1 : 1)),
    weeks: [...byName]
      .flatMap(([name, own]) =>
        weeksOf(
          name,
          own.flatMap(({ row }) => row.uses),
        ),
      )
      .sort((a, b) => b.startsAt - a.startsAt || mostUsed(a, b)),
  };
}

/** A skill in one session. */
interface Own extends Pick<SessionSkills, "session" | "folder"> {
  readonly row: SkillRow;
}

function totalsOf(name: string, own: readonly Own[], all: readonly SessionSkills[]): SkillTotals {
  const rows = own.map(({ row }) => row);
  const uses = rows.flatMap((row) => row.uses);
  const times = uses.map(({ at }) => at);
  const used = own.filter(({ row }) => row.uses.length > 0);
  const total = (of: (row: SkillRow) => number) => rows.reduce((sum, row) => sum + of(row), 0);
  return {
    name,
    description: rows.find(({ description }) => description !== null)?.description ?? null,
    folder: rows.find(({ folder }) => folder !== null)?.folder ?? null,
    uses: uses.length,
    recordedCalls: all.reduce((sum, { recordedCalls }) => sum + (recordedCalls.get(name) ?? 0), 0),
    sessions: used.length,
    projects: new Set(used.map(({ folder }) => folder)).size,
    firstAt: times.length === 0 ? null : times.reduce((a, b) => Math.min(a, b)),
    lastAt: times.length === 0 ? null : times.reduce((a, b) => Math.max(a, b)),
    durationMs: sumOfKnown(rows.map(({ durationMs }) => durationMs)),
    ...{ succeeded: total(({ succeeded }) => succeeded), failed: total(({ failed }) => failed) },
    contentTokens: total(({ contentTokens }) => contentTokens),
    carriedTokens: total(({ carriedTokens }) => carriedTokens),
    costUsd: rows.some(({ costUsd }) => costUsd === null) ? null : sumOfKnown(rows.map(({ costUsd }) => costUsd)),
    after: allDone(rows.map(({ after }) => after)),
    metrics: addedMetrics(rows.flatMap(({ metrics }) => metrics ?? [])),
  };
}

function projectOf(own: readonly SessionSkills[]): SkillsOfProject[] {
  const { directory } = (own[0] as SessionSkills).session;
  const skills = namedCounts(own.flatMap((each) => each.skills));
  const sessions = own.filter((each) => each.skills.some(({ uses }) => uses.length > 0)).length;
  return skills.length === 0 ? [] : [{ directory, sessions, uses: usesIn(skills), skills }];
}

/** Folders that look alike after redaction are still several: `~/app`, `~/app (2)`. */
function numbered(projects: readonly SkillsOfProject[]): SkillsOfProject[] {
  const times = new Map<string, number>();
  return projects.map((project) => {
    const { directory } = project;
    const time = (times.get(directory) ?? 0) + 1;
    times.set(directory, time);
    return time === 1 ? project : { ...project, directory: `${directory} (${time})` };
  });
}

function sessionOf({ session, skills }: SessionSkills): SkillsOfSession[] {
  const { id, title, directory, startedAt } = session;
  const counts = namedCounts(skills);
  return counts.length === 0 ? [] : [{ id, title, directory, startedAt, uses: usesIn(counts), skills: counts }];
}

function usesOf({ session, row }: Own): UseOfSkill[] {
  return row.uses.map(({ spanId: _, ...use }) => ({ name: row.name, sessionId: session.id, ...use }));
}

function namedCounts(rows: readonly SkillRow[]): NamedCount[] {
  const counts = [...group(rows, ({ name }) => name)].map(([name, own]) => ({
    name,
    uses: own.reduce((sum, { uses }) => sum + uses.length, 0),
  }));
  return counts.filter(({ uses }) => uses > 0).sort(mostUsed);
}

function usesIn(counts: readonly NamedCount[]): number {
  return counts.reduce((sum, { uses }) => sum + uses, 0);
}

function weeksOf(name: string, uses: readonly SkillUse[]): SkillWeek[] {
  return [...group(uses, ({ at }) => mondayBefore(at))].map(([startsAt, own]) => ({
    startsAt,
    name,
    uses: own.length,
    succeeded: own.filter(({ success }) => success === true).length,
    failed: own.filter(({ success }) => success === false).length,
    durationMs: sumOfKnown(own.map(({ durationMs }) => durationMs)),
    after: allDone(distinctWork(own)),
  }));
}

const DAY_MS = 86_400_000;
/** 1 January 1970 was a Thursday. */
const DAYS_SINCE_MONDAY = 3;

function mondayBefore(at: EpochMs): EpochMs {
  const days = Math.floor(at / DAY_MS) + DAYS_SINCE_MONDAY;
  return (days - (days % 7) - DAYS_SINCE_MONDAY) * DAY_MS;
}

function mostUsed(a: NamedCount, b: NamedCount): number {
  return b.uses - a.uses || (a.name < b.name ? -1 : 1);
}

function mostUses(a: SkillsOfProject, b: SkillsOfProject): number {
  return b.uses - a.uses || (a.directory < b.directory ? -1 : 1);
}
