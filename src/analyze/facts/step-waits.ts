import type { Milliseconds } from "../../model/units.js";
import { waitsIn } from "../waits-in.js";
import type { SessionFacts } from "./session-facts.js";
import type { Step } from "./steps.js";

/** The spans whose own time goes when a step is spared: the waits before its answer, and what the agent did around its calls. */
export function sparedSpans({ id, modelId }: Step, { spans }: SessionFacts): number[] {
  return [id, ...waitsIn(modelId, spans)];
}

/** How long that is. */
export function sparedMs({ call }: Step): Milliseconds {
  return (call.waitMs ?? 0) + (call.retryMs ?? 0) + call.overheadMs;
}
