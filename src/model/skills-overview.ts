import type { Report } from "./report.js";
import type { SkillMetrics, SkillUse, UnusedSkill, WorkDone } from "./skill-rows.js";
import type { EpochMs, Milliseconds, Tokens, Usd } from "./units.js";

/** What is said of the skills of one session or of many: plain JSON. What a fork or an import copied counts once. */
export interface SkillsOverview {
  readonly version: 1;
  readonly kind: "skills";
  readonly generator: Report["generator"];
  readonly scope: SkillsScope;
  /** The most used first. */
  readonly skills: readonly SkillTotals[];
  /** The project with most uses first. */
  readonly projects: readonly SkillsOfProject[];
  /** The newest first; only those that used a skill. */
  readonly sessions: readonly SkillsOfSession[];
  /** Every use, the newest first. */
  readonly uses: readonly UseOfSkill[];
  /** The newest week first, in it the most used skill. */
  readonly weeks: readonly SkillWeek[];
  /** Skills that an agent would find now in one of the folders, and that no session used; null where no folder is on this machine. */
  readonly unusedSkills: readonly UnusedSkill[] | null;
}

export interface SkillsScope {
  /** null where it is about several. */
  readonly sessionId: string | null;
  readonly project: string | null;
  /** Sessions that changed in so many days. */
  readonly days: number | null;
  /** Without subagents, forks' copies and imported copies. */
  readonly sessions: number;
  readonly copies: number;
  readonly folders: number;
  /** Folders of which it is not known what skills they have: they are not on this machine, or were not looked at. */
  readonly unknownFolders: number;
  /** Skills that lie where an agent looks for them from the other folders. */
  readonly knownSkills: number;
}

export interface SkillTotals {
  readonly name: string;
  readonly description: string | null;
  readonly folder: string | null;
  readonly uses: number;
  /** Calls of the skill tool as the database has them, those that forks and imports copied too. */
  readonly recordedCalls: number;
  readonly sessions: number;
  readonly projects: number;
  readonly firstAt: EpochMs | null;
  readonly lastAt: EpochMs | null;
  /** Of the calls that loaded it. */
  readonly durationMs: Milliseconds | null;
  readonly succeeded: number;
  readonly failed: number;
  readonly contentTokens: Tokens;
  readonly carriedTokens: Tokens;
  readonly costUsd: Usd | null;
  readonly after: WorkDone;
  readonly metrics: SkillMetrics | null;
}

export interface SkillsOfProject {
  readonly directory: string;
  readonly sessions: number;
  readonly uses: number;
  readonly skills: readonly NamedCount[];
}

export interface SkillsOfSession {
  readonly id: string;
  readonly title: string;
  readonly directory: string;
  readonly startedAt: EpochMs;
  readonly uses: number;
  readonly skills: readonly NamedCount[];
}

/** One use, with the session that it was in: of a subagent's the one that it worked for. */
export interface UseOfSkill extends Omit<SkillUse, "spanId"> {
  readonly name: string;
  readonly sessionId: string;
}

export interface NamedCount {
  readonly name: string;
  readonly uses: number;
}

/** One skill in one week. */
export interface SkillWeek {
  /** Monday, 0:00 UTC. */
  readonly startsAt: EpochMs;
  readonly name: string;
  readonly uses: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly durationMs: Milliseconds | null;
  readonly after: WorkDone;
}
