import { hasFailedForGood } from "./provider-errors.js";
import type { SessionFacts } from "./session-facts.js";
import type { Step, StepRun, ToolCall } from "./steps.js";

export type Reason = "aborted" | "failed" | "unfinished" | "reverted";

/** A step or a call that led to nothing. */
export interface Lost {
  readonly id: number;
  readonly reason: Reason;
  readonly what: "step" | "call";
  readonly error: string | null;
  /** True where it ended in what another rule speaks of: see `hasFailedForGood`. */
  readonly isProvidersFault: boolean;
}

/** Steps and calls that led to nothing: in pre-order, without what lies inside another that is lost. */
export function lostWork(facts: SessionFacts): Lost[] {
  const openFrom = stillOpen(facts);
  const all = [...facts.runs.flatMap((run) => lostSteps(run, facts)), ...facts.tools.flatMap(lostCall)];
  const { endOf } = facts;
  let covered = 0;
  return all
    .filter(({ id, reason }) => reason !== "unfinished" || id < openFrom)
    .sort((a, b) => a.id - b.id)
    .filter(({ id }) => {
      const isOutside = id >= covered;
      if (isOutside) covered = endOf[id] ?? covered;
      return isOutside;
    });
}

/** Where a session whose record stops in its last turn begins to be open: it may still have been running. */
function stillOpen({ runs, spans }: SessionFacts): number {
  const last = runs.findLast(({ turn }) => turn !== null);
  return last && spans[last.id]?.status === "unfinished" ? last.id : spans.length;
}

function lostSteps({ steps }: StepRun, facts: SessionFacts): Lost[] {
  const { spans } = facts;
  const lastGood = steps.findLastIndex(({ id }) => spans[id]?.status === "ok");
  return steps.flatMap((step, i): Lost[] => {
    const status = spans[step.id]?.status;
    const lost = (reason: Reason): Lost[] => [
      {
        ...{ id: step.id, reason, what: "step", error: step.message.error },
        isProvidersFault: hasFailedForGood(step, facts),
      },
    ];
    if (step.message.isReverted) return lost("reverted");
    if (status === "aborted" || (status === "unfinished" && isCutOff(step))) return lost(status);
    // An error before the end was mended: the turn went on.
    return status === "error" && i > lastGood ? lost("failed") : [];
  });
}

/** Not all sources record the end of each answer: one that said something and left no call open may have been whole. */
function isCutOff({ message, tools }: Step): boolean {
  return message.content.length === 0 || tools.some(({ span }) => span.status === "unfinished");
}

function lostCall({ id, span: { status } }: ToolCall): Lost[] {
  const isLost = status === "aborted" || status === "unfinished";
  return isLost ? [{ id, reason: status, what: "call", error: null, isProvidersFault: false }] : [];
}
