import type { Milliseconds } from "../../model/units.js";
import { formatDuration } from "../../report/format.js";

/** Below either it is not worth a word. */
const LEAST_MS = 100;
const LEAST_SHARE = 0.01;

/** How much of a time is no saving, since something else was under way beside it; empty where that is next to nothing. */
export function hiddenTime(spentMs: Milliseconds, savedMs: Milliseconds): string {
  const hiddenMs = spentMs - savedMs;
  if (hiddenMs < LEAST_MS || hiddenMs < LEAST_SHARE * spentMs) return "";
  return `; ${formatDuration(hiddenMs)} of it ran beside other work and is not counted`;
}
