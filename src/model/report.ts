import type { Redaction } from "./redaction.js";
import type {
  CostBasis,
  CriticalPathEntry,
  LedgerRow,
  MessageRow,
  ModelCallRow,
  ModelRow,
  OperationRow,
  ReportNote,
  SlowOperation,
  SubagentRow,
  ToolCallRow,
} from "./report-rows.js";
import type { ChunkRow, EditedFileRow, EditRow, IntentRow, IterationRow, SkillRow, UnusedSkill } from "./skill-rows.js";
import type { Suggestion } from "./suggestion.js";
import type {
  CompactionRow,
  CompositionRow,
  FileRow,
  GroupTokensRow,
  ReconciliationRow,
  ToolTokensRow,
} from "./token-rows.js";
import type { Basis, Bytes, EpochMs, Milliseconds, Tokens, TokenUsage, Usd } from "./units.js";

export type * from "./redaction.js";
export type * from "./report-rows.js";
export type * from "./skill-rows.js";
export type * from "./suggestion.js";
export type * from "./token-rows.js";

/**
 * What we say about a session: versioned plain JSON, everything that the page needs and nothing else.
 * Field names carry their unit; `At` is epoch milliseconds, `Ms` in `spans` is an offset from the session's start.
 */
export interface Report {
  readonly version: 1;
  readonly kind: "session";
  readonly generator: {
    readonly name: "sessionflame";
    readonly version: string;
    /** When it was made; absent unless that was asked for: the same session gives the same bytes. */
    readonly madeAt?: EpochMs;
  };
  readonly session: ReportSession;
  readonly summary: Summary;
  /** Flat, in pre-order. A span's id is its index. */
  readonly spans: readonly ReportSpan[];
  readonly time: {
    readonly ledger: readonly LedgerRow[];
    readonly operations: readonly OperationRow[];
    readonly modelCalls: readonly ModelCallRow[];
    readonly toolCalls: readonly ToolCallRow[];
    /** Turn after turn, each in time order: the entries of a turn sum to its wall time. */
    readonly criticalPath: readonly CriticalPathEntry[];
    /** Durations of all operations minus the time in which at least one ran; null where it was not worked out. */
    readonly parallelSavingsMs: Milliseconds | null;
    readonly subagents: readonly SubagentRow[];
  };
  readonly tokens: {
    readonly byMessage: readonly MessageRow[];
    readonly byModel: readonly ModelRow[];
    readonly byAgent: readonly GroupTokensRow[];
    readonly byTurn: readonly GroupTokensRow[];
    readonly byTool: readonly ToolTokensRow[];
    readonly byServer: readonly ToolTokensRow[];
    readonly bySkill: readonly ToolTokensRow[];
    readonly byFile: readonly FileRow[];
    /** One row for each call of which the provider counted the prompt, in time order. */
    readonly composition: readonly CompositionRow[];
    readonly compactions: readonly CompactionRow[];
    readonly reconciliation: readonly ReconciliationRow[];
  };
  readonly slowest: readonly SlowOperation[];
  /** What saves most first. */
  readonly suggestions: readonly Suggestion[];
  readonly skills: readonly SkillRow[];
  /** Skills that lie where the agent looks for them, and were not used; null where they could not be looked for. */
  readonly unusedSkills: readonly UnusedSkill[] | null;
  readonly edits: readonly EditRow[];
  readonly editedFiles: readonly EditedFileRow[];
  readonly iterations: readonly IterationRow[];
  readonly chunks: readonly ChunkRow[];
  readonly intents: readonly IntentRow[];
  readonly notes: readonly ReportNote[];
  /** What was left out; null where that is not known. */
  readonly redaction: Redaction | null;
  /** What the release that made it could not work out yet: empty here, and not known. Absent where there is no such thing. */
  readonly lacks?: readonly ReportPart[];
}

/** What later releases added to the Report. */
export type ReportPart = "critical-path" | "subagents" | "prompts" | "suggestions" | "skills";

/** Every millisecond of the wall time is in exactly one of these. In order of precedence where several hold at once. */
export type State =
  | "generating"
  | "running-tools"
  | "retrying"
  | "waiting-for-model"
  | "waiting-for-user"
  | "overhead"
  | "unknown";

export interface ReportSession {
  readonly id: string;
  readonly title: string;
  readonly source: string;
  readonly sourceVersion: string | null;
  readonly directory: string;
  readonly startedAt: EpochMs;
  readonly endedAt: EpochMs;
  readonly outcome: "complete" | "failed" | "aborted" | "unfinished";
  readonly parentId: string | null;
}

export interface Summary {
  readonly wallMs: Milliseconds;
  /** Wall time without waiting for the user and without unknown time. */
  readonly activeMs: Milliseconds;
  /** Prompts that a person wrote in the root session. */
  readonly turns: number;
  /** Commands that a person ran with `!`. */
  readonly shellCommands: number;
  readonly messages: number;
  /** Requests that were answered. */
  readonly modelCalls: number;
  readonly toolCalls: number;
  readonly toolErrors: number;
  readonly subagents: number;
  /** (output + reasoning) / modelCalls; null without a model call. */
  readonly avgResponseTokens: Tokens | null;
  readonly tokens: TokenUsage & { readonly total: Tokens };
  readonly costUsd: Usd | null;
  readonly costBasis: CostBasis;
}

/** What of a very long session has no span of its own: short ones, which lay in this one. */
export interface FoldedSpans {
  readonly count: number;
  /** Their own times, by state. */
  readonly selfMs: Readonly<Partial<Record<State, Milliseconds>>>;
}

export type ReportSpanKind = "session" | "turn" | "step" | "model" | "tool" | "subagent" | "user" | "wait";

export interface ReportSpan {
  /** The parent's id; -1 for the session. */
  readonly parent: number;
  readonly kind: ReportSpanKind;
  readonly name: string;
  readonly startMs: Milliseconds;
  readonly endMs: Milliseconds;
  /** Time in the span that no child covers. */
  readonly selfMs: Milliseconds;
  /** The state of the span's own time. */
  readonly state: State;
  readonly status: "ok" | "error" | "aborted" | "rejected" | "unfinished";
  readonly basis: Basis;
  /** True where over 30 minutes passed without any record: the machine may have slept. */
  readonly mayHaveSlept?: true;
  readonly tokens?: TokenUsage;
  readonly model?: string;
  readonly tool?: string;
  /** Tool calls: what they were called on. Retries: why attempts failed, as far as a recording says it. */
  readonly args?: string;
  readonly files?: readonly { readonly path: string; readonly bytes?: Bytes }[];
  readonly error?: string;
  /** Tool calls: the arguments, a line each, cut. Absent where there are none, or the report has no room for more. */
  readonly input?: string;
  /** Tool calls: the first and last lines of the output or the error, cut; absent too where `error` says the same. */
  readonly output?: string;
  readonly callId?: string;
  /** Tool calls: when the model's call was complete, where it began to run only later. */
  readonly calledMs?: Milliseconds;
  readonly messageId?: string;
  /** Subagents: the call id of the tool that started it. */
  readonly startedBy?: string;
  /** Turns: how long the prompt waited for the turn before to end. */
  readonly queuedMs?: Milliseconds;
  readonly folded?: FoldedSpans;
}
