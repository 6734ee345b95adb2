import type { ReportSpan } from "./report.js";
import type { Basis, EpochMs, Milliseconds, Share, Tokens, Usd } from "./units.js";

/** What was done from one moment of a session to another one. */
export interface WorkDone {
  readonly steps: number;
  readonly toolCalls: number;
  readonly toolErrors: number;
  readonly ms: Milliseconds;
  /** Of all kinds, as the provider counted them. */
  readonly tokens: Tokens;
  readonly costUsd: Usd | null;
}

/** One skill, all its uses in the session and its subagents together. The most used first. */
export interface SkillRow {
  readonly name: string;
  /** What the tool said when it was loaded first; null where it said nothing. */
  readonly title: string | null;
  readonly description: string | null;
  readonly folder: string | null;
  readonly uses: readonly SkillUse[];
  /** Of the calls that loaded it, as far as they ended. */
  readonly durationMs: Milliseconds | null;
  /** What its texts brought into the context, and over every call that held them. */
  readonly contentTokens: Tokens;
  readonly carriedTokens: Tokens;
  readonly costUsd: Usd | null;
  /** After all its uses. */
  readonly after: WorkDone;
  readonly succeeded: number;
  readonly failed: number;
  /** What a telemetry file says of it; null where none does. */
  readonly metrics: SkillMetrics | null;
}

/** One time that a skill was loaded, or a tool called that has its name. */
export interface SkillUse {
  /** null where a user loaded it, which is no call. */
  readonly spanId: number | null;
  readonly messageId: string;
  readonly callId: string | null;
  readonly by: "skill-tool" | "own-tool" | "user";
  readonly at: EpochMs;
  readonly durationMs: Milliseconds | null;
  readonly status: ReportSpan["status"];
  /** Until the next skill was used, or the turn ended. */
  readonly after: WorkDone;
  /** Tests and checks in that time, and how the last one ended; null where there was none, or nothing says how. */
  readonly checks: number;
  readonly lastCheck: "passed" | "failed" | null;
  /** It ended without error or abort, and its last test or check, if there was any, passed; null where it never ended. */
  readonly success: boolean | null;
}

/** The records of a skill in a telemetry file, added up. A figure is null where no record has it. */
export interface SkillMetrics {
  readonly records: number;
  readonly tokens: Tokens | null;
  readonly durationMs: Milliseconds | null;
  readonly succeeded: number;
  readonly failed: number;
  readonly retries: number | null;
  readonly verificationAttempts: number | null;
  readonly maxIterationsReached: number | null;
  readonly escalated: number | null;
}

/** A skill that could have been used and was not. */
export interface UnusedSkill {
  readonly name: string;
  readonly description: string | null;
  readonly folder: string;
}

/** One edit format of one model. The most tried first. */
export interface EditRow {
  /** The tool's name; what a telemetry file calls it where it says so. */
  readonly format: string;
  readonly model: string | null;
  /** `recorded`: by a telemetry file alone, apart from the calls of the session. */
  readonly basis: Basis;
  readonly attempts: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly files: number;
  /** Lines of the edits that say how many; null where none does. */
  readonly linesAdded: number | null;
  readonly linesRemoved: number | null;
  /** Steps that only failed, or looked at the file again, and what they took. */
  readonly wastedSteps: number;
  readonly wastedTokens: Tokens;
}

/** One file that was edited, or that it was tried on. The most tried first. */
export interface EditedFileRow {
  readonly file: string;
  readonly attempts: number;
  readonly failed: number;
  readonly linesAdded: number | null;
  readonly linesRemoved: number | null;
  /** Every call that tried. */
  readonly spanIds: readonly number[];
}

/** How often one turn, one tool or one skill went round in circles. Only where it did. */
export interface IterationRow {
  readonly by: "skill" | "turn" | "tool";
  readonly name: string;
  /** The turn; null for skills and tools. */
  readonly spanId: number | null;
  readonly calls: number;
  readonly failed: number;
  /** Calls on the same thing again after an error, and those of them that worked. */
  readonly retries: number;
  readonly recovered: number;
  /** An edit after a test or check after an edit. */
  readonly verificationLoops: number;
  /** null where nothing records it. */
  readonly maxIterationsReached: number | null;
  /** The same call failed and worked with nothing changed between; of a skill: some uses succeeded, some failed. */
  readonly isFlaky: boolean;
  /** The retries, and the tests and checks that an edit followed. */
  readonly spanIds: readonly number[];
}

/** One run over a text in chunks, as a telemetry file tells it. In time order. */
export interface ChunkRow {
  readonly spanId: number | null;
  readonly at: EpochMs | null;
  readonly mode: "parallel" | "sequential" | null;
  readonly chunks: number;
  readonly chunkChars: number | null;
  readonly meanChunkMs: Milliseconds | null;
  readonly maxChunkMs: Milliseconds | null;
  /** From the first chunk's start to the last one's end; of chunks one after another also the sum of their times. */
  readonly durationMs: Milliseconds | null;
  readonly chunksPerSecond: number | null;
  readonly tokensPerChunk: Tokens | null;
  readonly accuracy: Share | null;
}

/** One classification of what a user wants, as a telemetry file tells it. In time order. */
export interface IntentRow {
  readonly spanId: number | null;
  readonly at: EpochMs | null;
  readonly label: string;
  readonly confidence: Share | null;
  readonly correctLabel: string | null;
  readonly escalated: boolean | null;
}
