import type { SpanStatus } from "../model/session.js";
import { callsOfWindow, type SkillWindow } from "./facts/skill-windows.js";
import type { Step, ToolCall } from "./facts/steps.js";

/**
 * Whether the work after a skill succeeded: it ended without error or abort, and its last test or check, if there was
 * any, passed. null where it never ended, or nothing came after.
 */
export function skillSuccess(window: SkillWindow): boolean | null {
  const { call, steps, run, endsWithRun } = window;
  const calls = callsOfWindow(window);
  const statuses = [
    ...(call ? [call.span.status] : []),
    ...(endsWithRun && run.turn ? [run.turn.status] : []),
    ...endOf(steps.at(-1), calls),
  ];
  if (statuses.some((status) => status !== "ok" && status !== "unfinished")) return false;
  if (steps.length === 0 || statuses.includes("unfinished")) return null;
  const checks = calls.flatMap(({ span }) => span.check ?? []);
  return checks.at(-1) !== "failed";
}

/** A call that failed is nothing unusual, as long as something comes after it. */
function endOf(last: Step | undefined, calls: readonly ToolCall[]): SpanStatus[] {
  if (!last) return [];
  const own = calls.filter((call) => last.tools.includes(call)).map(({ span }) => span.status);
  return [last.message.error === null ? last.model.status : "error", ...own.filter((status) => status !== "error")];
}
