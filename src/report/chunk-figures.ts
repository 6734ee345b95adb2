import type { ChunkRow } from "../model/report.js";
import type { Milliseconds, Share, Tokens } from "../model/units.js";
import { knownMean } from "./means.js";

/** Runs of one mode together. A figure is null where no run has it. */
export interface ChunkFigures {
  /** null: nothing says how they ran. */
  readonly mode: ChunkRow["mode"];
  readonly runs: number;
  readonly chunks: number;
  /** Of a chunk, as are tokens and accuracy: a run of many chunks counts for as much. */
  readonly meanChunkMs: Milliseconds | null;
  /** Chunks of the runs of which the time is known, by that time. */
  readonly chunksPerSecond: number | null;
  readonly tokensPerChunk: Tokens | null;
  readonly accuracy: Share | null;
}

const MODES = ["sequential", "parallel", null] as const;

/** One row a mode that any run has: one after another, then side by side, then those of which it is not known. */
export function chunkFigures(rows: readonly ChunkRow[]): ChunkFigures[] {
  return MODES.flatMap((mode) => {
    const runs = rows.filter((row) => row.mode === mode);
    return runs.length === 0 ? [] : [figuresOfMode(mode, runs)];
  });
}

function figuresOfMode(mode: ChunkRow["mode"], runs: readonly ChunkRow[]): ChunkFigures {
  const mean = (figureOf: (row: ChunkRow) => number | null) => knownMean(runs, figureOf, ({ chunks }) => chunks);
  return {
    mode,
    runs: runs.length,
    chunks: chunksOf(runs),
    meanChunkMs: mean(({ meanChunkMs }) => meanChunkMs),
    chunksPerSecond: throughput(runs),
    tokensPerChunk: mean(({ tokensPerChunk }) => tokensPerChunk),
    accuracy: mean(({ accuracy }) => accuracy),
  };
}

function throughput(runs: readonly ChunkRow[]): number | null {
  const timed = runs.filter(({ durationMs }) => durationMs !== null);
  const ms = timed.reduce((sum, { durationMs }) => sum + (durationMs ?? 0), 0);
  return ms === 0 ? null : chunksOf(timed) / (ms / 1_000);
}

function chunksOf(runs: readonly ChunkRow[]): number {
  return runs.reduce((sum, { chunks }) => sum + chunks, 0);
}

/** How many times as many chunks a second parallel runs got through as sequential ones; null where either is not known. */
export function parallelSpeedup(figures: readonly ChunkFigures[]): number | null {
  const rateOf = (mode: ChunkRow["mode"]) => figures.find((row) => row.mode === mode)?.chunksPerSecond ?? null;
  const [parallel, sequential] = [rateOf("parallel"), rateOf("sequential")];
  return parallel === null || sequential === null || sequential === 0 ? null : parallel / sequential;
}
