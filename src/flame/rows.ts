import type { ReportSpan } from "../model/report.js";

export interface Rows {
  /** The row of each span, 0 at the top. A wait is drawn in the row of its call. */
  readonly rowOf: readonly number[];
  readonly rowCount: number;
}

/** Spans side by side in one band of rows: they never overlap in time. */
interface Lane {
  readonly group: number;
  endMs: number;
  height: number;
  readonly spans: number[];
}

/**
 * Gives every span a row beneath its parent so that spans that overlap never share one. Children that overlap go to
 * lanes, one below the other, each as high as the highest subtree in it. Model calls keep a lane above the tools'.
 *
 *     step   |--------------------|
 *     model  |------|                   group 0
 *     bash       |-----------|          group 1, first lane
 *     read         |---|                group 1, second lane
 *
 * `extraRows(i)`: rows that the span needs for itself beneath its bar. Iterative, since sessions can be very deep.
 */
export function rows(spans: readonly ReportSpan[], extraRows: (span: number) => number): Rows {
  const lanes = spans.map((): Lane[] => []);
  const heights = spans.map(() => 0);
  const children = childrenOf(spans);
  for (let i = spans.length - 1; i >= 0; i--) {
    lanes[i] = packed(children[i] as number[], spans, heights);
    heights[i] = 1 + extraRows(i) + (lanes[i] as Lane[]).reduce((sum, lane) => sum + lane.height, 0);
  }
  const rowOf = spans.map(() => 0);
  spans.forEach((span, i) => {
    if (span.kind === "wait") rowOf[i] = rowOf[span.parent] as number;
    let row = (rowOf[i] as number) + 1 + extraRows(i);
    for (const lane of lanes[i] as Lane[]) {
      for (const child of lane.spans) rowOf[child] = row;
      row += lane.height;
    }
  });
  return { rowOf, rowCount: heights[0] ?? 0 };
}

function childrenOf(spans: readonly ReportSpan[]): number[][] {
  const children = spans.map((): number[] => []);
  spans.forEach(({ kind, parent }, i) => {
    if (kind !== "wait") children[parent]?.push(i);
  });
  return children;
}

/** Each child goes to the first lane of its group that is free when it starts. */
function packed(children: readonly number[], spans: readonly ReportSpan[], heights: readonly number[]): Lane[] {
  const lanes: Lane[] = [];
  for (const child of children) {
    const { kind, startMs, endMs } = spans[child] as ReportSpan;
    const group = kind === "tool" || kind === "subagent" ? 1 : 0;
    let lane = lanes.find((free) => free.group === group && free.endMs <= startMs);
    if (!lane) {
      lane = { group, endMs, height: 0, spans: [] };
      lanes.push(lane);
    }
    lane.endMs = Math.max(lane.endMs, endMs);
    lane.height = Math.max(lane.height, heights[child] as number);
    lane.spans.push(child);
  }
  return lanes.sort((a, b) => a.group - b.group);
}
