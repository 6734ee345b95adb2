import { isReadOnly } from "../../report/tool-names.js";
import type { Step, StepRun, ToolCall } from "./steps.js";

/** Edits of one step that failed, and steps that would not have been needed, had they fitted. */
export interface EditFailure {
  readonly edits: readonly ToolCall[];
  /** The step that failed, where it did nothing else, and those that looked at its files again. */
  readonly spent: readonly Step[];
}

/** Every step with a failed edit, in pre-order of the runs. No step is spent for two of them. */
export function editFailures(runs: readonly StepRun[]): EditFailure[] {
  return runs.flatMap(failuresIn);
}

function failuresIn({ steps }: StepRun): EditFailure[] {
  return steps.flatMap((step, i) => {
    const edits = step.tools.filter(hasFailed);
    if (edits.length === 0) return [];
    const paths = new Set(edits.flatMap(({ span }) => span.files.map(({ path }) => path)));
    return [
      { edits, spent: [...(edits.length === step.tools.length ? [step] : []), ...mendingAfter(i, steps, paths)] },
    ];
  });
}

/** The steps behind one that only looked at its files again; none where nothing else came after them. */
function mendingAfter(failed: number, steps: readonly Step[], paths: ReadonlySet<string>): readonly Step[] {
  const isMending = ({ tools }: Step) => tools.length > 0 && tools.every((call) => looksAt(call, paths));
  let end = failed + 1;
  while (end < steps.length && isMending(steps[end] as Step)) end++;
  return end < steps.length ? steps.slice(failed + 1, end) : [];
}

function hasFailed({ span }: ToolCall): boolean {
  return span.edit !== null && span.status === "error";
}

function looksAt({ span }: ToolCall, paths: ReadonlySet<string>): boolean {
  return isReadOnly(span.tool) && span.files.some(({ path }) => paths.has(path));
}
