import type { ChunkRow, Report } from "../../model/report.js";
import { type ChunkFigures, chunkFigures, parallelSpeedup } from "../../report/chunk-figures.js";
import { formatDecimal, formatShare, plural } from "../../report/format.js";
import {
  type Column,
  countColumn,
  type DataTable,
  dataTable,
  durationColumn,
  knownColumn,
  saidColumns,
} from "./data-table.js";
import { type PanelView, panelView } from "./panel.js";
import type { SpanLinks } from "./span-links.js";
import { cutTable } from "./table.js";

/** The panel of runs over texts in chunks: one mode against the other, then run by run; null where there was none. */
export function chunksPanel(report: Report, links: SpanLinks, limit: number): PanelView | null {
  if (report.chunks.length === 0) return null;
  const figures = chunkFigures(report.chunks);
  return panelView({
    ...{ id: "chunks", heading: "Chunks", hint: chunksHint(figures) },
    tables: [
      { heading: "", table: modesTable(figures) },
      { heading: "Run by run", table: runsTable(report, links, limit), isMore: true },
    ],
    foot: [
      "From telemetry files. Means are of chunks, not of runs; throughput is of the runs of which the time is known.",
    ],
  });
}

function chunksHint(figures: readonly ChunkFigures[]): string {
  const speedup = parallelSpeedup(figures);
  const count = figures.reduce((sum, { runs }) => sum + runs, 0);
  const runs = `${plural(count, "run")} over texts in chunks`;
  return speedup === null
    ? runs
    : `${runs}; parallel ones got through ${formatDecimal(speedup)} times as many chunks a second as sequential ones`;
}

const MODES = { sequential: "Sequential", parallel: "Parallel" } as const;

function modeText({ mode }: Pick<ChunkRow, "mode">): string {
  return mode === null ? "not known" : MODES[mode];
}

function modesTable(figures: readonly ChunkFigures[]): DataTable {
  const columns: Column<ChunkFigures>[] = [
    { label: "Chunks ran", className: "name", cell: (row) => ({ text: modeText(row) }) },
    countColumn("Runs", ({ runs }) => runs),
    countColumn("Chunks", ({ chunks }) => chunks),
    durationColumn("Mean time a chunk", ({ meanChunkMs }) => meanChunkMs),
    ...rateColumns<ChunkFigures>(),
  ];
  const words = { name: "chunk-modes", label: "Sequential against parallel", total: null, rest: () => "" };
  return dataTable(
    words,
    saidColumns(columns, figures),
    figures,
    cutTable(figures, () => 0, Number.POSITIVE_INFINITY),
  );
}

function runsTable({ chunks, session }: Report, links: SpanLinks, limit: number): DataTable {
  const rows = chunks.map((row, i) => ({ ...row, number: i + 1 }));
  const since = (at: number | null) => (at === null ? null : Math.max(0, at - session.startedAt));
  const columns: Column<(typeof rows)[number]>[] = [
    { label: "Run", className: "n", cell: ({ number, spanId }) => ({ text: String(number), link: links(spanId) }) },
    { ...durationColumn("At", ({ at }) => since(at)), sum: () => "" },
    { label: "Chunks ran", className: "", cell: (row) => ({ text: modeText(row) }) },
    countColumn("Chunks", (row) => row.chunks),
    { ...knownColumn("Characters a chunk", ({ chunkChars }) => chunkChars), sum: () => "" },
    { ...durationColumn("Mean time a chunk", ({ meanChunkMs }) => meanChunkMs), sum: () => "" },
    { ...durationColumn("Longest", ({ maxChunkMs }) => maxChunkMs), sum: () => "" },
    durationColumn("Time", ({ durationMs }) => durationMs),
    ...rateColumns<(typeof rows)[number]>(),
  ];
  const words = {
    ...{ name: "chunk-runs", label: "Runs over chunks", total: null },
    rest: (count: number) => plural(count, "further run"),
  };
  return dataTable(
    words,
    saidColumns(columns, rows),
    rows,
    cutTable(rows, (row) => row.chunks, limit),
  );
}

/** What of several rows does not add up. */
function rateColumns<Row extends Pick<ChunkRow, "chunksPerSecond" | "tokensPerChunk" | "accuracy">>(): Column<Row>[] {
  const columns: Column<Row>[] = [
    knownColumn("Chunks a second", ({ chunksPerSecond }) => chunksPerSecond, formatDecimal),
    knownColumn("Tokens a chunk", ({ tokensPerChunk }) => tokensPerChunk),
    knownColumn("Accuracy", ({ accuracy }) => accuracy, formatShare),
  ];
  return columns.map(({ label, className, cell }) => ({ label, className, cell }));
}
