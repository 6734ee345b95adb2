import type { TelemetryRecord } from "../../src/model/telemetry.js";

const IDS = { sessionId: "ses_telemetry", messageId: "msg_telemetry", callId: "call_telemetry" };

/** A record of each kind, with something in every field. */
export const EVERY_RECORD: readonly TelemetryRecord[] = [
  {
    ...{ kind: "skill", at: 1_795_000_000_000, ...IDS, name: "release-notes", tokens: 900, durationMs: 4_000 },
    ...{ success: true, retries: 1, verificationAttempts: 2, maxIterationsReached: false, escalated: false },
  },
  {
    ...{ kind: "edit", at: 1_795_000_001_000, ...IDS, format: "search-replace", model: "mock/mock-large" },
    ...{ file: "src/told.ts", attempts: 2, success: true },
  },
  {
    ...{ kind: "rlm", at: 1_795_000_002_000, ...IDS, chunkCount: 2, chunkChars: 8_000, chunkMs: [300, 400] },
    ...{ durationMs: 700, mode: "sequential", tokensPerChunk: 2_000, accuracy: 0.9 },
  },
  {
    ...{ kind: "intent", at: 1_795_000_003_000, ...IDS, label: "mend-a-bug", confidence: 0.6 },
    ...{ correctLabel: "write-a-test", escalated: true },
  },
];
