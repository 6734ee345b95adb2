const RECORDED = "test/fixtures/opencode";

/**
 * The pages in `examples/` by name, and the command line that each is made with, from the checkout's folder. They are made
 * from recorded sessions and nothing else, so they are the same on every machine.
 */
export const EXAMPLES = Object.fromEntries(
  Object.entries({
    "debug-auth": ["report", "examples/debug-auth.db"],
    parcels: ["report", "examples/parcels.db", "--telemetry", "examples/parcels.telemetry.jsonl"],
    sessions: [
      ...["report", "examples/debug-auth.db", "examples/parcels.db"],
      ...["faults", "parallel-agents", "wasteful-habits"].map((name) => `${RECORDED}/1.18.34/${name}/opencode.db`),
      ...["--telemetry", "examples/parcels.telemetry.jsonl"],
    ],
    comparison: ["compare", `${RECORDED}/1.14.41/debug-auth/opencode.db`, "examples/debug-auth.db"],
  }).map(([name, args]) => [name, [...args, "--no-local"]]),
);
