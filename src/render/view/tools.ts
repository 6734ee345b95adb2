import { statePaint, toolPaint } from "../../flame/palette.js";
import type { OperationRow, Report } from "../../model/report.js";
import { formatCount } from "../../report/format.js";
import { swatch } from "../bar-svg.js";
import { chunksPanel } from "./chunks.js";
import { editsPanel } from "./edits.js";
import { countUnlessZero, durationFigure } from "./figure.js";
import { intentsPanel } from "./intents.js";
import { iterationsPanel } from "./iterations.js";
import { skillMetricsPanel } from "./skill-metrics.js";
import { skillsAnswer, skillsPanel } from "./skills.js";
import type { SpanLinks } from "./span-links.js";

/** Strings for the template of the Skills and tools section. */
export function toolsView(report: Report, links: SpanLinks, limit: number) {
  const { time, summary } = report;
  const nothing =
    summary.toolCalls === 0
      ? "No model call and no tool call."
      : "The calls of this session were copied with its messages from another one: they have no time here.";
  const panels = [
    skillsPanel(report, links, limit),
    skillMetricsPanel(report, limit),
    editsPanel(report, links, limit),
    iterationsPanel(report, links, limit),
    chunksPanel(report, links, limit),
    intentsPanel(report, links, limit),
  ];
  return {
    answer: skillsAnswer(report),
    panels: panels.filter((panel) => panel !== null),
    ...{ operations: time.operations.map(operationView), nothing },
  };
}

function operationView(row: OperationRow) {
  const paint = row.kind === "model" ? statePaint("generating") : toolPaint(row.operation);
  const spread = [row.meanMs, row.stdDevMs, row.minMs, row.p50Ms, row.p95Ms, row.p99Ms, row.maxMs];
  return {
    swatch: swatch(paint),
    operation: row.operation,
    calls: row.count,
    count: formatCount(row.count),
    timed: row.timed === row.count ? "" : `${formatCount(row.timed)} timed`,
    figures: [countUnlessZero(row.errors), durationFigure(row.totalMs), ...spread.map(durationFigure)],
  };
}
