/** An instant: milliseconds since the Unix epoch, UTC. */
export type EpochMs = number;
/** A length of time, or an offset from the start of the session. */
export type Milliseconds = number;
/** A count of model tokens, as the provider counted them. */
export type Tokens = number;
export type Usd = number;
export type Bytes = number;
/** A part of a whole, 0 to 1. */
export type Share = number;
/** A distance in CSS pixels. */
export type Pixels = number;

/**
 * How a figure is known, from the surest to the least sure:
 * the source says it; it was computed from recorded times; it follows from indirect evidence; it is a guess; it is not known.
 */
export type Basis = "recorded" | "measured" | "derived" | "estimated" | "unknown";

/** A stretch of time. `endAt >= startAt`. */
export interface Interval {
  readonly startAt: EpochMs;
  readonly endAt: EpochMs;
}

/** Five disjoint counts: their sum is every token of a model call. */
export interface TokenUsage {
  readonly uncachedInput: Tokens;
  readonly cacheRead: Tokens;
  readonly cacheWrite: Tokens;
  readonly output: Tokens;
  readonly reasoning: Tokens;
}
