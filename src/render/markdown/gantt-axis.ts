import { timeScale } from "../../flame/time-scale.js";
import type { ReportSpan } from "../../model/report.js";
import type { Milliseconds } from "../../model/units.js";
import { WIDTH_PX } from "../flame-svg.js";

/** How a Mermaid diagram counts time. */
export interface GanttAxis {
  /** Where on the axis a time since the session's start is: an instant since 1970 to Mermaid. */
  readonly at: (ms: Milliseconds) => number;
  /** For `axisFormat`. */
  readonly format: string;
  /** Idle time that the axis leaves out: where the chart of the page folds it. */
  readonly foldedMs: Milliseconds;
  /** What is left of the session's time. */
  readonly shownMs: Milliseconds;
}

/**
 * Mermaid writes instants in the reader's time zone, but for the milliseconds (`%Q`) and the seconds (`%s`) since 1970.
 * So those count what is shown: a minute or an hour of a longer session takes a second of the axis.
 */
const UNITS = [
  { belowMs: 10_000, msInOne: 1, format: "%Q ms" },
  { belowMs: 30 * 60_000, msInOne: 1, format: "%s s" },
  { belowMs: 30 * 3_600_000, msInOne: 60, format: "%s min" },
  { belowMs: Number.POSITIVE_INFINITY, msInOne: 3_600, format: "%s h" },
] as const;

/** The axis of a session with these spans, the first of which is the session. */
export function ganttAxis(spans: readonly ReportSpan[]): GanttAxis {
  const { folds, wallMs } = timeScale(spans, WIDTH_PX);
  const foldedBefore = (ms: Milliseconds) =>
    folds.reduce((sum, { startMs, endMs }) => sum + Math.max(0, Math.min(ms, endMs) - startMs), 0);
  const foldedMs = foldedBefore(wallMs);
  const shownMs = wallMs - foldedMs;
  const { msInOne, format } = UNITS.find(({ belowMs }) => shownMs < belowMs) ?? UNITS[3];
  return { at: (ms) => Math.round((ms - foldedBefore(ms)) / msInOne), format, foldedMs, shownMs };
}
