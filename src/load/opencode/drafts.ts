import type {
  CallExcerpts,
  ContentPart,
  FileFacet,
  Outcome,
  Session,
  SpanStatus,
  TextFacts,
} from "../../model/session.js";
import type { EpochMs, Interval, Tokens, TokenUsage, Usd } from "../../model/units.js";
import type { CallFacets } from "./call-facets.js";

/** What is recorded of a session beside its messages. */
export interface SessionHead {
  readonly id: string;
  readonly parentId: string | null;
  readonly title: string;
  readonly directory: string;
  readonly version: string | null;
  readonly createdAt: EpochMs;
  /** The first message that the user has taken back. */
  readonly revertedFrom: string | null;
  /** What the session itself says was counted for it, apart from its messages; null where it does not say. */
  readonly counted: Counted | null;
}

/** One session with its messages, in time order. */
export interface SessionRows extends SessionHead {
  /** True where the release overwrote the start of a call at each of its updates. */
  readonly resetsToolStarts: boolean;
  /** Whether failed attempts of a call are recorded, else what their time looks like. */
  readonly retries: Session["records"]["retries"];
  /** True where the event log shows how long a command waited for the user. */
  readonly recordsCommandWaits: boolean;
  /** How the last turn ended, where that is recorded apart from the messages. */
  readonly endedAs: Outcome | null;
  /** What was counted for the session but stands in no message: the call that finds a title. */
  readonly besides: { readonly tokens: Tokens; readonly costUsd: Usd } | null;
  /** Rows that could not be read, or have lost what they belong to. */
  readonly skipped: { readonly messages: number; readonly parts: number };
  readonly messages: readonly MessageDraft[];
}

/** One message with what is kept of its parts, before it becomes spans. Parts are added while they stream by. */
export interface MessageDraft {
  readonly id: string;
  readonly sessionId: string;
  readonly role: "user" | "assistant";
  readonly createdAt: EpochMs;
  readonly completedAt: EpochMs | null;
  readonly parentId: string | null;
  readonly agent: string | null;
  readonly model: string | null;
  readonly tokens: TokenUsage | null;
  readonly reasoningWasInside: boolean;
  readonly costUsd: Usd | null;
  readonly finish: string | null;
  readonly error: { readonly name: string; readonly message: string; readonly isAbort: boolean } | null;
  /** When the answered attempt was sent after others had failed; null where none failed, or nothing says. */
  readonly resentAt: EpochMs | null;
  /** When the answer's stream ended, where that is recorded. */
  readonly streamedAt: EpochMs | null;
  /** True where a token count or a cost is there, but cannot be read. */
  readonly hasUnreadableFigures: boolean;
  readonly isCompaction: boolean;
  readonly isCopied: boolean;
  /** True where the message's id was minted when the message was made: then its parts' ids tell their times. */
  readonly hasNaturalIds: boolean;
  /** The skill that a user loaded by it. */
  readonly skill: string | null;
  readonly parts: PartDraft[];
}

/** `at`: when the part was made, where its id or row can be believed. */
export type PartDraft = TextDraft | ToolDraft | CompactionDraft | OtherDraft;

export interface CompactionDraft {
  readonly kind: "compaction";
  readonly at: EpochMs | null;
  readonly auto: boolean;
  /** The first message that was kept as it is; null where only the summary stays. */
  readonly keptFrom: string | null;
}

export interface OtherDraft {
  readonly kind: "other";
  readonly at: EpochMs | null;
  readonly type: string;
  /** Of the end of a step: what was counted for it. */
  readonly counted?: Counted;
  /** Of a file that came with a prompt. */
  readonly file?: { readonly path: string | null; readonly mime: string };
}

/** Tokens and cost as one place in the data has them. */
export interface Counted {
  readonly tokens: TokenUsage;
  readonly costUsd: Usd;
}

export interface TextDraft {
  readonly kind: "text" | "reasoning";
  readonly at: EpochMs | null;
  readonly startAt: EpochMs | null;
  readonly endAt: EpochMs | null;
  readonly synthetic: boolean;
  /** True for what the user sees and the model does not. */
  readonly ignored: boolean;
  /** The file that this text says was read for the prompt; null for any other text. */
  readonly announces: string | null;
  /** The file whose content this is, where that is known without an announcement. */
  readonly ofFile: string | null;
  readonly text: TextFacts;
  /** As of `wordsOf`. */
  readonly words: Uint32Array;
}

export interface ToolDraft {
  readonly kind: "tool";
  readonly at: EpochMs | null;
  readonly tool: string;
  readonly callId: string;
  readonly status: SpanStatus;
  readonly startAt: EpochMs | null;
  readonly endAt: EpochMs | null;
  /** When the event log says that the model's call was complete, and when it began to run; null where there is none. */
  readonly calledAt: EpochMs | null;
  readonly ranAt: EpochMs | null;
  /** When the event log shows that the user was asked. */
  readonly userWait: Interval | null;
  readonly target: string;
  readonly files: readonly FileFacet[];
  readonly error: string | null;
  readonly output: TextFacts | null;
  readonly excerpts: CallExcerpts;
  readonly inputDigest: string;
  readonly subjectDigest: string;
  /** Of reads that begin within a file. */
  readonly fromLine: number | null;
  /** As of `wordsOf`: of the arguments, where it matters what they were taken from, and of the result. */
  readonly words: { readonly given: Uint32Array; readonly returned: Uint32Array };
  /** The call and what it gave back, as later prompts hold them. */
  readonly content: readonly ContentPart[];
  readonly childSessionId: string | null;
  readonly facets: CallFacets;
}
