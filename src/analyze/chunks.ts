import { mean, sum } from "simple-statistics";
import type { ChunkRow } from "../model/report.js";
import type { RlmRecord, Session } from "../model/session.js";
import type { Milliseconds } from "../model/units.js";
import type { ReportSpans } from "./report-spans.js";
import { rounded } from "./round.js";
import { telemetrySpans } from "./telemetry-spans.js";

/** One row a run over a text in chunks, as telemetry files tell them, in their order. */
export function chunks(session: Session, placed: ReportSpans): ChunkRow[] {
  const spanOf = telemetrySpans(session, placed);
  return session.telemetry.flatMap((record) => (record.kind === "rlm" ? [chunkRow(record, spanOf(record))] : []));
}

function chunkRow(record: RlmRecord, spanId: number | null): ChunkRow {
  const { at, mode, chunkCount, chunkChars, chunkMs, tokensPerChunk, accuracy } = record;
  const durationMs = durationOf(record);
  return {
    ...{ spanId, at, mode, chunks: chunkCount, chunkChars },
    meanChunkMs: chunkMs.length === 0 ? null : rounded(mean([...chunkMs]), 1),
    maxChunkMs: areAllTimed(record) ? Math.max(...chunkMs) : null,
    durationMs,
    chunksPerSecond: durationMs === null || durationMs === 0 ? null : rounded(chunkCount / (durationMs / 1_000), 3),
    ...{ tokensPerChunk, accuracy },
  };
}

/** One after another they take what they take together; side by side nothing but the record tells. */
function durationOf(record: RlmRecord): Milliseconds | null {
  if (record.durationMs !== null) return record.durationMs;
  return record.mode === "sequential" && areAllTimed(record) ? sum([...record.chunkMs]) : null;
}

/** A single time for many chunks is their mean. */
function areAllTimed({ chunkMs, chunkCount }: RlmRecord): boolean {
  return chunkMs.length > 0 && chunkMs.length === chunkCount;
}
