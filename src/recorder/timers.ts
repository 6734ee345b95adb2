import type { Milliseconds } from "../model/units.js";

/** Runs something again and again, first after a while of its own; never twice at once. Returns how to stop it. */
export function repeated(run: () => unknown, firstMs: Milliseconds, thenMs: Milliseconds): () => void {
  let timer: NodeJS.Timeout | null = null;
  let isStopped = false;
  const wait = (ms: Milliseconds) => {
    // A timer must not keep the agent's process from ending.
    if (!isStopped) timer = setTimeout(turn, ms).unref();
  };
  const turn = async () => {
    try {
      await run();
    } catch {
      // The next turn may go better, and nobody waits for this one.
    }
    wait(thenMs);
  };
  wait(firstMs);
  return () => {
    isStopped = true;
    if (timer) clearTimeout(timer);
    timer = null;
  };
}
