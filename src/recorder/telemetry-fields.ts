import type { EditRecord, IntentRecord, RlmRecord, SkillRecord } from "../model/telemetry.js";

/** Where something happened, in OpenCode's spelling or ours. */
export interface TelemetryIds {
  readonly sessionId?: string | null | undefined;
  readonly messageId?: string | null | undefined;
  readonly callId?: string | null | undefined;
  readonly sessionID?: string | null | undefined;
  readonly messageID?: string | null | undefined;
  readonly callID?: string | null | undefined;
}

/** What every record has. */
type Shared = "kind" | "at" | "sessionId" | "messageId" | "callId";

/** Of a record what a line must say, and the rest, which it may leave out. */
type Fields<Of, Needed extends keyof Of> = TelemetryIds & {
  /** When it was over: ISO 8601 with a time zone, or milliseconds since 1970. Default: now. */
  readonly at?: string | number | undefined;
} & Pick<Of, Needed> & { readonly [Field in Exclude<keyof Of, Shared | Needed>]?: Of[Field] | undefined };

/**
 * What can be said of one event, by its kind. Times are milliseconds, shares 0 to 1. What is not known is left out. Ids
 * that are left out are taken from the environment: `SESSIONFLAME_SESSION_ID`, `SESSIONFLAME_CALL_ID`.
 */
export interface TelemetryFields {
  readonly skill: Fields<SkillRecord, "name">;
  readonly edit: Fields<EditRecord, "format">;
  readonly rlm: Fields<Omit<RlmRecord, "chunkMs"> & ChunkTimes, "chunkCount">;
  readonly intent: Fields<IntentRecord, "label">;
}

interface ChunkTimes {
  /** The time of each chunk, or their mean. */
  readonly chunkMs: number | readonly number[];
}
