import { setFlagsFromString } from "node:v8";
import type { Weigh } from "../load/source.js";

/** A session of so many texts is a large one. */
const LARGE_TEXTS = 1_000;

/**
 * From here on the heap grows by a seventh at a time, where it would double, and what is new is looked through more often:
 * nearly all that is made is thrown away at once. The process stays a third smaller for a tenth more of its time.
 */
export function keepHeapSmall(): void {
  setFlagsFromString("--heap-growing-percent=15");
  setFlagsFromString("--semi-space-growth-factor=1");
}

/** Weighs texts, and keeps the heap small from when they are many: nothing else tells so early that a session is large. */
export function keepingHeapSmall(weigh: Weigh): Weigh {
  let texts = 0;
  return (text) => {
    if (++texts === LARGE_TEXTS) keepHeapSmall();
    return weigh(text);
  };
}
