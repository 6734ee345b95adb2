import type { SpanStatus } from "../model/session.js";
import type { SkillWindow } from "./facts/skill-windows.js";
import type { Step } from "./facts/steps.js";

/**
 * Whether the work after a skill succeeded: it ended without error or abort, and its last test or check, if there was
 * any, passed. null where it never ended, or nothing came after.
 */
export function skillSuccess({ call, steps, run, endsWithRun }: SkillWindow): boolean | null {
  const statuses = [
    ...(call ? [call.span.status] : []),
    ...(endsWithRun && run.turn ? [run.turn.status] : []),
    ...endOf(steps.at(-1)),
  ];
  if (statuses.some((status) => status !== "ok" && status !== "unfinished")) return false;
  if (steps.length === 0 || statuses.includes("unfinished")) return null;
  const checks = steps.flatMap(({ tools }) => tools.flatMap(({ span }) => span.check ?? []));
  return checks.at(-1) !== "failed";
}

/** A call that failed is nothing unusual, as long as something comes after it. */
function endOf(last: Step | undefined): SpanStatus[] {
  if (!last) return [];
  const calls = last.tools.map(({ span }) => span.status).filter((status) => status !== "error");
  return [last.message.error === null ? last.model.status : "error", ...calls];
}
