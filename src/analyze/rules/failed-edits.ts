import { formatDuration, plural } from "../../report/format.js";
import { hiddenTime } from "../facts/hidden-time.js";
import { listedTimes } from "../facts/listed-few.js";
import type { SessionFacts } from "../facts/session-facts.js";
import { costOfSteps, tokensOfSteps } from "../facts/step-sums.js";
import type { Step, StepRun, ToolCall } from "../facts/steps.js";
import type { Finding, Rule } from "../rule.js";
import { isEdit, isReadOnly } from "../tool-names.js";

/** Edits that failed, with the steps that did nothing but look at the same file again before the next try. */
export const failedEdits: Rule<"failed-edits"> = {
  id: "failed-edits",
  type: "prompting",
  title: "Copy the text to replace from the file",
  why: "An edit that does not fit costs its own step, and mostly another one to look at the file again.",
  panel: "by-tool",
  find(facts, { fewest }) {
    const failures = facts.runs.flatMap(failuresIn);
    return failures.length < Math.max(1, fewest) ? [] : [finding(failures, facts)];
  },
};

/** Steps that would not have been needed, had the edits fitted. */
interface Failure {
  readonly edits: readonly ToolCall[];
  /** The step that failed, where it did nothing else, and those that looked at its files again. */
  readonly spent: readonly Step[];
}

function failuresIn({ steps }: StepRun): Failure[] {
  return steps.flatMap((step, i) => {
    const edits = step.tools.filter(hasFailed);
    if (edits.length === 0) return [];
    const paths = new Set(edits.flatMap(({ span }) => span.files.map(({ path }) => path)));
    const later = steps.slice(i + 1);
    const end = later.findIndex((next) => !next.tools.every((call) => looksAt(call, paths)) || next.tools.length === 0);
    const mending = later.slice(0, end < 0 ? 0 : end);
    return [{ edits, spent: [...(edits.length === step.tools.length ? [step] : []), ...mending] }];
  });
}

function hasFailed({ span }: ToolCall): boolean {
  return isEdit(span.tool) && span.status === "error";
}

function looksAt({ span }: ToolCall, paths: ReadonlySet<string>): boolean {
  return isReadOnly(span.tool) && span.files.some(({ path }) => paths.has(path));
}

/** Those of steps that did something else too. */
function editsBeside(spent: readonly Step[], edits: readonly ToolCall[]): ToolCall[] {
  const inSpent = new Set(spent.flatMap(({ tools }) => tools));
  return edits.filter((edit) => !inSpent.has(edit));
}

function finding(failures: readonly Failure[], facts: SessionFacts): Finding {
  const edits = failures.flatMap((failure) => failure.edits);
  const spent = failures.flatMap((failure) => failure.spent);
  const savedMs = facts.work.savedMs(spent.map(({ id }) => id));
  const spentMs = spent.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
  const all = facts.tools.filter(({ span }) => isEdit(span.tool)).length;
  return {
    message: `${plural(edits.length, "edit")} of ${all} failed, and ${plural(spent.length, "step")} went into trying and looking again: ${formatDuration(spentMs)}.`,
    evidence: [...editsBeside(spent, edits).map(({ id }) => id), ...spent.map(({ id }) => id)],
    affected: edits.length,
    affectedNoun: "call",
    savings: { ms: savedMs, tokens: tokensOfSteps(spent), usd: costOfSteps(spent) },
    basis: "measured",
    formula: `the time of the ${plural(spent.length, "step")} that only tried in vain or looked at the file again: ${listedTimes(spent.map(({ startMs, endMs }) => endMs - startMs))}${hiddenTime(spentMs, savedMs)}`,
    apply: [
      {
        label: "AGENTS.md",
        text: "Before an edit, copy the text to be replaced from the newest read of the file, with its exact white space; never write it from memory.",
      },
    ],
  };
}
