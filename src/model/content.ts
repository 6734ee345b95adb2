import type { SpanStatus } from "./session.js";
import type { EpochMs } from "./units.js";

/**
 * What a tokenizer sees of a text: how many there are of each thing that costs tokens. Only sums and ratios mean
 * anything; what one of each costs differs from model to model. Made by `load/text-shape.ts`.
 */
export interface TextShape {
  /** Runs of letters; a capital after small letters begins another. */
  readonly words: number;
  /** What words hold beyond the length of a common one, in likely tokens. */
  readonly longWords: number;
  /** Words that touch digits: pieces of hashes and identifiers. */
  readonly wordsAtDigits: number;
  /** Digits, three to a group. */
  readonly digitGroups: number;
  /** Runs of ASCII punctuation, and half of what they hold beyond their first character. */
  readonly marks: number;
  readonly moreMarks: number;
  readonly lineBreaks: number;
  /** Runs of several spaces. */
  readonly indents: number;
  /** Single spaces before a digit: some tokenizers take them in one with it. */
  readonly spacesAtDigits: number;
  /** Characters of the scripts that tokenizers differ on most. `han` holds East Asian punctuation too. */
  readonly han: number;
  readonly kana: number;
  readonly hangul: number;
  /** Any other characters outside ASCII. */
  readonly others: number;
}

/** What a message puts into the prompts of later calls of its session, piece by piece, in the order of the prompt. */
export type ContentPart = TextContent | FileContent | MediaContent | ToolCallContent | ToolResultContent;

/** What somebody wrote: who, is said by the message. */
export interface TextContent {
  readonly kind: "text" | "reasoning";
  readonly shape: TextShape;
}

/** A file whose text came with a prompt, without a tool call. */
export interface FileContent {
  readonly kind: "file";
  /** As every path here: one name for one file, relative to the session's folder where it lies in it. */
  readonly path: string;
  readonly shape: TextShape;
  readonly digest: string;
}

/** An image or a PDF. Its data says nothing about its tokens. */
export interface MediaContent {
  readonly kind: "media";
  readonly path: string | null;
}

/** A call with its arguments, as a request holds it. */
export interface ToolCallContent {
  readonly kind: "tool-call";
  readonly tool: string;
  readonly callId: string;
  readonly shape: TextShape;
  readonly status: SpanStatus;
  /** What the call did to `paths`; null for what is not about files. */
  readonly access: "read" | "write" | null;
  readonly paths: readonly string[];
}

/** What a call gave back: a part for each file that it holds the content of, else one. */
export interface ToolResultContent {
  readonly kind: "tool-result";
  readonly tool: string;
  readonly callId: string;
  readonly shape: TextShape;
  readonly digest: string;
  /** The file whose content it is; null for what is not about one file. */
  readonly path: string | null;
  /** True for a file that the call brought along unasked: instructions beside what was read. */
  readonly isExtra: boolean;
  readonly skill: string | null;
  /** When the agent replaced it by a short remark, to make room; null where it never did. */
  readonly prunedAt: EpochMs | null;
}

/** What is kept of a call to be shown, in lines that are cut; empty where there is nothing. */
export interface CallExcerpts {
  /** A line for each argument, `name: value`, as far as there are not too many. */
  readonly input: string;
  /** The first and the last lines of what the call gave back, or of its error. */
  readonly output: string;
}
