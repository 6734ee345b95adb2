/**
 * How much is left out. `none`: nothing but credentials; `paths`: home folders are shortened; `content`: also prompts,
 * answers, arguments, outputs and titles; `strict`: names too, which pseudonyms stand for.
 */
export type RedactLevel = "none" | "paths" | "content" | "strict";

/** What was left out of a session before anything was said about it. */
export interface Redaction {
  readonly level: RedactLevel;
  /** What looked like a credential and was replaced, by what it looked like. */
  readonly credentials: readonly { readonly kind: string; readonly count: number }[];
}
