import type { Paint } from "./palette.js";

/** What widths stand for: milliseconds, tokens or dollars. */
export type Weight = "time" | "tokens" | "cost";

/** What stacks are made of: the call tree, or tools, files or models first. */
export type Grouping = "name" | "tool" | "file" | "model";

/**
 * One level of a stack. Stacks that run through the same call share its frame, so that a session 50,000 deep has as many
 * frames as spans; each frame knows the one above it, and the outermost has none.
 */
export interface Frame {
  readonly name: string;
  readonly paint: Paint;
  readonly above: Frame | null;
  /** How many calls it stands for: 1, but for rows of a table that already are sums. */
  readonly calls: number;
}

/** Where some of the weight lies: in a frame itself, not in what is beneath it. */
export interface Stack {
  readonly leaf: Frame;
  /** Milliseconds, tokens or dollars; 0 for a call that took nothing, which is counted all the same. */
  readonly weight: number;
  /** The span that took it; null where there is none. */
  readonly spanId: number | null;
}

export function frame(name: string, paint: Paint, above: Frame | null, calls = 1): Frame {
  return { name, paint, above, calls };
}
