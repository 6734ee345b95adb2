import type { EditFacet, SkillFacet } from "./call-facets.js";
import type { CallExcerpts, ContentPart, TextShape } from "./content.js";
import type { LocalFacts } from "./local-facts.js";
import type { Redaction } from "./redaction.js";
import type { TelemetryRecord } from "./telemetry.js";
import type { Basis, Bytes, EpochMs, Interval, TokenUsage, Usd } from "./units.js";

export type * from "./call-facets.js";
export type * from "./content.js";
export type * from "./local-facts.js";
export type * from "./telemetry.js";

/**
 * What happened: what every loader produces and every analysis reads. Plain data, frozen.
 *
 * `spans` is a flat list in pre-order: a parent stands before its children, siblings stand in start order,
 * a child lies inside its parent. `spans[0]` is the session itself.
 */
export interface Session {
  readonly id: string;
  readonly title: string;
  /** The tool that wrote the data: `opencode`. */
  readonly source: string;
  /** The release that created the session; null where the data does not say. */
  readonly sourceVersion: string | null;
  readonly directory: string;
  readonly parentId: string | null;
  readonly outcome: Outcome;
  /** What this source can tell at all: a zero means nothing where the source never records the thing. */
  readonly records: {
    readonly retries: "recorded" | "as-waiting" | "as-thinking";
    readonly permissionWaits: "none" | "commands" | "all";
  };
  /** All message rows, subagents included, in time order. */
  readonly messages: readonly Message[];
  /** What the session and its subagents took, as each place in the data has it. */
  readonly counted: readonly CountedPlace[];
  readonly spans: readonly Span[];
  readonly notes: readonly Note[];
  /** What OpenCode's settings on this machine say beside the session; null where they were not looked for. */
  readonly local: LocalFacts | null;
  /** What telemetry files say of the session and its subagents, in time order. */
  readonly telemetry: readonly TelemetryRecord[];
  /** What the prompts began with, as a recording has it; absent where none says. */
  readonly baseSizes?: PromptBase;
  /** What was left out; absent as long as nothing has looked what should be. */
  readonly redaction?: Redaction;
}

/** The sizes of what stands before every conversation of a session, as it was last. */
export interface PromptBase {
  readonly systemChars: number | null;
  /** The definitions of the tools, by the names that calls have. */
  readonly tools: readonly { readonly tool: string; readonly chars: number }[];
}

/** The sums of one session as one place in the data has them. */
export interface CountedPlace {
  readonly sessionId: string;
  readonly place: "steps" | "messages" | "session";
  readonly tokens: TokenUsage;
  readonly costUsd: Usd | null;
}

export type Outcome = "complete" | "failed" | "aborted" | "unfinished";

/** What was skipped, repaired or guessed, in words for the reader of the report. */
export interface Note {
  readonly kind: "skipped" | "repaired" | "guessed" | "info";
  readonly text: string;
  /** Files that are named behind the text, which then ends without a stop. */
  readonly files?: readonly string[];
}

/** What is kept of a long text. */
export interface TextFacts {
  readonly chars: number;
  readonly bytes: Bytes;
  readonly shape: TextShape;
  /** Equal texts have equal digests. */
  readonly digest: string;
  /** The beginning, on one line. */
  readonly firstWords: string;
}

export interface Message {
  readonly id: string;
  readonly sessionId: string;
  /** 1 for the first message of the report, counting both roles and all subagents in time order. */
  readonly number: number;
  readonly role: "user" | "assistant";
  readonly createdAt: EpochMs;
  /** The message's turn or model call in `spans`; null where it has none (copied by a fork, `!shell`). */
  readonly span: number | null;
  readonly agent: string | null;
  /** `provider/model`; null for user messages. */
  readonly model: string | null;
  readonly tokens: TokenUsage | null;
  readonly costUsd: Usd | null;
  /** True where the cost is what list prices would make of it: none is recorded. */
  readonly costIsEstimated?: true;
  readonly text: TextFacts;
  readonly content: readonly ContentPart[];
  /** For what asked for a compaction, or is one: whether the agent did by itself, and the first message that was kept. */
  readonly compaction: { readonly isAutomatic: boolean; readonly keptFrom: string | null } | null;
  /** True where the release counted reasoning inside output, and charged it twice. */
  readonly reasoningWasInside: boolean;
  /** The tools that it called, one entry a call. */
  readonly tools: readonly string[];
  readonly toolErrors: number;
  readonly origin: MessageOrigin;
  /** True where the provider answered: it counted tokens, or the answer came to its end. */
  readonly isAnswered: boolean;
  /** True for the summary that a compaction wrote. */
  readonly isCompaction: boolean;
  /** True for a row that a fork copied: its tokens stand in the source, its time belongs to another session. */
  readonly isCopied: boolean;
  /** True for a message that the user has taken back. */
  readonly isReverted: boolean;
  readonly error: string | null;
  /** The skill that a user loaded by this message; null for any other message. */
  readonly skill: string | null;
}

/**
 * Who wrote a message: a person (in a subagent: the agent that gave the task); a person with a `!command` or by asking
 * for a compaction; the agent's program by itself; the model.
 */
export type MessageOrigin = "prompt" | "command" | "compaction" | "automatic" | "answer";

export type SpanStatus = "ok" | "error" | "aborted" | "rejected" | "unfinished";

interface SpanBase {
  /** Index of the parent in `spans`, less than the span's own; -1 for the session. */
  readonly parent: number;
  readonly name: string;
  readonly startAt: EpochMs;
  readonly endAt: EpochMs;
  readonly status: SpanStatus;
  readonly basis: Basis;
}

export interface SessionSpan extends SpanBase {
  readonly kind: "session";
}

/** From one prompt until the agent hands back. */
export interface TurnSpan extends SpanBase {
  readonly kind: "turn";
  readonly trigger: "prompt" | "shell" | "compaction" | "other";
  /** When the prompt was sent: before `startAt` where the turn before was still running. */
  readonly promptedAt: EpochMs;
  readonly message: number | null;
}

/** One pass of the agent loop: one model call and the tool calls it asked for. */
export interface StepSpan extends SpanBase {
  readonly kind: "step";
  readonly message: number;
}

export interface ModelSpan extends SpanBase {
  readonly kind: "model";
  readonly message: number;
  readonly model: string;
  /** When the first piece of the answer came; null where nothing came or nothing says when. */
  readonly firstOutputAt: EpochMs | null;
  /** From the first failed attempt until the answered one was sent; null where none is known. */
  readonly retrying: Interval | null;
  /** Why attempts failed, of each that says it: a status or one of our words, as in a recording. */
  readonly retryReasons?: readonly string[];
  /** When nothing of it was read, since the user was asked whether to go on; absent where that never was. */
  readonly heldUp?: readonly Interval[];
  /** When each piece of the answer streamed, as far as it is known. */
  readonly phases: readonly StreamPhase[];
}

/** A piece of an answer while it streamed. */
export interface StreamPhase extends Interval {
  readonly kind: "reasoning" | "text" | "tool-arguments";
}

export interface ToolSpan extends SpanBase {
  readonly kind: "tool";
  readonly message: number;
  readonly tool: string;
  readonly callId: string;
  /** When the model's call was complete: a command begins a little later. */
  readonly calledAt: EpochMs;
  /** What the call was about, on one line: a command, a pattern, a file. */
  readonly target: string;
  readonly files: readonly FileFacet[];
  readonly error: string | null;
  readonly output: TextFacts | null;
  readonly excerpts: CallExcerpts;
  /** Equal arguments have equal digests. */
  readonly inputDigest: string;
  /** Calls of one tool that are about the same have equal ones: of what they were called on, else of all arguments. */
  readonly subjectDigest: string;
  /**
   * Of calls that only look, and of tasks: the earlier calls of the same session whose results were the first to hold a
   * word of what this one was given, or of what was said before it. Empty: it could have been made before any of them.
   */
  readonly learnedFrom: readonly string[];
  /** Of reads that begin within a file: at which line. null for any other call. */
  readonly fromLine: number | null;
  /** The skill that it loaded, or that its tool is called after; null for any other call. */
  readonly skill: SkillFacet | null;
  /** Of calls that edit files; null for any other call. */
  readonly edit: EditFacet | null;
  /** Of commands that test or check what was made: how they ended; null for any other call. */
  readonly check: "passed" | "failed" | "unknown" | null;
  /** Of commands: what they ended with; null where nothing says so. */
  readonly exitCode: number | null;
  /** When the call waited for the user: permission prompts, or the whole of a question. */
  readonly userWaits: readonly Interval[];
  /** When its result was not taken, since the user was asked whether to go on; absent where that never was. */
  readonly heldUp?: readonly Interval[];
}

/** A file that a tool call was about. It has no times of its own. */
export interface FileFacet {
  readonly path: string;
  readonly bytes?: Bytes;
}

/** The part of a child session that one task tool started. */
export interface SubagentSpan extends SpanBase {
  readonly kind: "subagent";
  readonly sessionId: string;
  readonly agent: string | null;
  /** The call id of the task tool that started it; it differs from the parent for what runs in the background. */
  readonly startedBy: string | null;
}

export type Span = SessionSpan | TurnSpan | StepSpan | ModelSpan | ToolSpan | SubagentSpan;
