import type { ReportSpan, State } from "../model/report.js";
import { statePaint } from "./palette.js";
import { type Frame, frame, type Grouping, type Stack } from "./stack.js";

/** Of which states each grouping shows the time. */
const STATES: Readonly<Record<Grouping, readonly State[]>> = {
  name: ["generating", "running-tools", "retrying", "waiting-for-model", "overhead"],
  tool: ["generating", "running-tools", "retrying", "waiting-for-model", "overhead"],
  file: ["running-tools"],
  model: ["generating", "retrying", "waiting-for-model"],
};

/** The time of the spans that are folded in one: beneath its call, or on its own where it is not known what took it. */
export function foldedStacks({ folded }: ReportSpan, spanId: number, call: Frame | null, grouping: Grouping): Stack[] {
  if (!folded) return [];
  const above = grouping === "name" ? call : null;
  return STATES[grouping].flatMap((state) => {
    const weight = folded.selfMs[state] ?? 0;
    return weight === 0 ? [] : [{ leaf: frame("short spans, folded", statePaint(state), above), weight, spanId }];
  });
}
