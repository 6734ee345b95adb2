import type { OptimizationSuggestion, TimedEvent } from "../model/performance-data.js";
import type { Milliseconds } from "../model/units.js";
import { formatCount, plural } from "../report/format.js";

/** Two reads one after the other are common; from three on a batch is worth a word. */
const FEWEST_READS = 3;
const LARGE_OUTPUT_TOKENS = 3000;

/** What events alone can tell: reads one after the other, and large outputs. Savings are upper bounds, of their times. */
export function eventSuggestions(all: readonly TimedEvent[], totalMs: Milliseconds): OptimizationSuggestion[] {
  return [...batchReads(all, totalMs), ...splitOutputs(all, totalMs)];
}

export function isLargeOutput({ metadata }: TimedEvent): boolean {
  return (metadata.tokens?.output ?? 0) > LARGE_OUTPUT_TOKENS;
}

/** At once, a row of reads would take as long as its longest. */
function batchReads(all: readonly TimedEvent[], totalMs: Milliseconds): OptimizationSuggestion[] {
  const rows = rowsOfReads(all).filter((row) => row.length >= FEWEST_READS);
  const reads = rows.flat();
  if (reads.length === 0) return [];
  return [
    {
      id: "batch-reads",
      type: "batching",
      title: "Batch file reads",
      description: `${reads.length} sequential reads could be batched.`,
      estimatedSaving: saving(sum(rows.map(sparedMs)), totalMs),
      affectedEvents: reads.map(({ id }) => id),
    },
  ];
}

/** Reads with nothing in between but answers that asked for them, each begun when the one before was over. */
function rowsOfReads(all: readonly TimedEvent[]): TimedEvent[][] {
  const rows: TimedEvent[][] = [[]];
  for (const event of all.filter(({ type, children }) => type !== "ai_response" && children.length === 0)) {
    const last = rows.at(-1)?.at(-1);
    if (event.type !== "file_read" || (last && event.startTime < last.endTime)) rows.push([]);
    if (event.type === "file_read") rows.at(-1)?.push(event);
  }
  return rows;
}

function sparedMs(row: readonly TimedEvent[]): Milliseconds {
  const longest = row.reduce((most, { duration }) => Math.max(most, duration), 0);
  return (row.at(-1) as TimedEvent).endTime - (row[0] as TimedEvent).startTime - longest;
}

/** Tokens beyond the limit, at the pace of their answer. */
function splitOutputs(all: readonly TimedEvent[], totalMs: Milliseconds): OptimizationSuggestion[] {
  const large = all.filter(isLargeOutput);
  if (large.length === 0) return [];
  const beyondMs = large.map(
    ({ duration, metadata }) => duration * (1 - LARGE_OUTPUT_TOKENS / (metadata.tokens?.output as number)),
  );
  return [
    {
      id: "split-outputs",
      type: "prompting",
      title: "Request incremental outputs",
      description: `${plural(large.length, "response")} had more than ${formatCount(LARGE_OUTPUT_TOKENS)} tokens. Ask for the parts that are needed first.`,
      estimatedSaving: saving(sum(beyondMs), totalMs),
      affectedEvents: large.map(({ id }) => id),
    },
  ];
}

function saving(ms: Milliseconds, totalMs: Milliseconds): string {
  const percent = totalMs > 0 ? Math.min(100, Math.floor((ms / totalMs) * 100)) : 0;
  return percent === 0 ? "under 1% time" : `at most -${percent}% time`;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
