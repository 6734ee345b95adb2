const waiting = new Set<() => void>();

const runAll = () => {
  for (const run of waiting) {
    try {
      run();
    } catch {
      // The process ends as it would have.
    }
  }
};

/** Has something run when the process ends, with one listener however many wait for it. Returns how to take it back. */
export function atExit(run: () => void): () => void {
  if (waiting.size === 0) process.on("exit", runAll);
  waiting.add(run);
  return () => {
    waiting.delete(run);
    if (waiting.size === 0) process.off("exit", runAll);
  };
}
