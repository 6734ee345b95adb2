import { describe, expect, test } from "vitest";
import { chunkFigures, parallelSpeedup } from "../../src/report/chunk-figures.js";
import { chunkRow } from "../support/skill-report.js";

const NOTHING = { meanChunkMs: null, durationMs: null, tokensPerChunk: null, accuracy: null };

describe("figures by mode", () => {
  test("are means over chunks, not over runs", () => {
    const [figures] = chunkFigures([
      chunkRow({ chunks: 1, meanChunkMs: 100, tokensPerChunk: 10, accuracy: 0.2 }),
      chunkRow({ chunks: 3, meanChunkMs: 300, tokensPerChunk: 50, accuracy: 1 }),
    ]);
    expect(figures).toMatchObject({ mode: "sequential", runs: 2, chunks: 4, meanChunkMs: 250, tokensPerChunk: 40 });
    expect(figures?.accuracy).toBeCloseTo(0.8);
  });

  test("have the chunks of the timed runs by the time of those", () => {
    const runs = [
      chunkRow({ chunks: 6, durationMs: 1_000 }),
      chunkRow({ chunks: 2, durationMs: 3_000 }),
      chunkRow({ chunks: 90, durationMs: null }),
    ];
    expect(chunkFigures(runs)[0]?.chunksPerSecond).toBe(2);
  });

  test("are unknown where no run says them", () => {
    expect(chunkFigures([chunkRow({ mode: null, ...NOTHING })])).toEqual([
      {
        mode: null,
        runs: 1,
        chunks: 8,
        ...{ meanChunkMs: null, chunksPerSecond: null, tokensPerChunk: null, accuracy: null },
      },
    ]);
    expect(chunkFigures([chunkRow({ durationMs: 0 })])[0]?.chunksPerSecond).toBeNull();
    expect(chunkFigures([])).toEqual([]);
  });

  test("stand sequential first, whichever ran first", () => {
    const modes = (["parallel", null, "sequential"] as const).map((mode) => chunkRow({ mode }));
    expect(chunkFigures(modes).map(({ mode }) => mode)).toEqual(["sequential", "parallel", null]);
  });
});

test("parallel runs are compared with sequential ones only where both have a throughput", () => {
  const sequential = chunkRow({ chunks: 8, durationMs: 8_000 });
  const parallel = chunkRow({ mode: "parallel", chunks: 8, durationMs: 2_000 });
  expect(parallelSpeedup(chunkFigures([sequential, parallel]))).toBe(4);
  expect(parallelSpeedup(chunkFigures([sequential]))).toBeNull();
  expect(parallelSpeedup(chunkFigures([sequential, { ...parallel, durationMs: null }]))).toBeNull();
});
