import type { Milliseconds } from "../../model/units.js";
import { formatDuration } from "../../report/format.js";

/** Below this it is only the clock. */
const WORTH_A_WORD_MS = 10;

/** How much of a time is no saving, since something else was under way beside it; empty where nothing was hidden. */
export function hiddenTime(spentMs: Milliseconds, savedMs: Milliseconds): string {
  const hiddenMs = spentMs - savedMs;
  if (hiddenMs < WORTH_A_WORD_MS) return "";
  return `; ${formatDuration(hiddenMs)} of it was hidden behind other work and would save nothing`;
}
