import type { EpochMs, Milliseconds, Share, Tokens } from "./units.js";

/**
 * One line of `.opencode/telemetry/*.jsonl`: what an agent's own code says of its work, and no database keeps. What a
 * line leaves open is null.
 */
export type TelemetryRecord = SkillRecord | EditRecord | RlmRecord | IntentRecord;
export type TelemetryKind = TelemetryRecord["kind"];

interface TelemetryBase {
  readonly at: EpochMs | null;
  /** By which of these it was found to belong to the session: at least one is there, and known. */
  readonly sessionId: string | null;
  readonly messageId: string | null;
  readonly callId: string | null;
}

/** One use of a skill, from its start to its end. */
export interface SkillRecord extends TelemetryBase {
  readonly kind: "skill";
  readonly name: string;
  readonly tokens: Tokens | null;
  readonly durationMs: Milliseconds | null;
  readonly success: boolean | null;
  readonly retries: number | null;
  readonly verificationAttempts: number | null;
  readonly maxIterationsReached: boolean | null;
  /** Handed to a person, or to another skill. */
  readonly escalated: boolean | null;
}

/** One edit of one file, with all its attempts. */
export interface EditRecord extends TelemetryBase {
  readonly kind: "edit";
  /** As the agent calls it: `search-replace`, `udiff`, `whole-file`. */
  readonly format: string;
  /** `provider/model`. */
  readonly model: string | null;
  readonly file: string | null;
  readonly attempts: number;
  readonly success: boolean | null;
}

/** One run of a recursive language model over a text in chunks. */
export interface RlmRecord extends TelemetryBase {
  readonly kind: "rlm";
  readonly chunkCount: number;
  readonly chunkChars: number | null;
  /** One time a chunk; a single one is the mean. Empty where none was said. */
  readonly chunkMs: readonly Milliseconds[];
  /** From the first chunk's start to the last one's end. */
  readonly durationMs: Milliseconds | null;
  readonly mode: "parallel" | "sequential" | null;
  readonly tokensPerChunk: Tokens | null;
  readonly accuracy: Share | null;
}

/** One classification of what a user wants. */
export interface IntentRecord extends TelemetryBase {
  readonly kind: "intent";
  readonly label: string;
  readonly confidence: Share | null;
  /** What it should have been, where somebody has said. */
  readonly correctLabel: string | null;
  readonly escalated: boolean | null;
}
