import { formatCount, formatDuration, plural } from "../../report/format.js";
import { type EditFailure, editFailures } from "../facts/edit-failures.js";
import { hiddenTime } from "../facts/hidden-time.js";
import { listedTimes } from "../facts/listed-few.js";
import type { SessionFacts } from "../facts/session-facts.js";
import { costOfSteps, tokensOfSteps } from "../facts/step-sums.js";
import type { Step, ToolCall } from "../facts/steps.js";
import type { Finding, Rule } from "../rule.js";

/** Edits that failed, with the steps that did nothing but look at the same file again before the next try. */
export const failedEdits: Rule<"failed-edits"> = {
  id: "failed-edits",
  type: "prompting",
  title: "Make edits fit the first time",
  why: "An edit that does not fit costs its own step, and mostly another one to look at the file again.",
  panel: "edits",
  find(facts, { fewest }) {
    const failures = editFailures(facts.runs);
    return failures.length < Math.max(1, fewest) ? [] : [finding(failures, facts)];
  },
};

/** Those of steps that did something else too. */
function editsBeside(spent: readonly Step[], edits: readonly ToolCall[]): ToolCall[] {
  const inSpent = new Set(spent.flatMap(({ tools }) => tools));
  return edits.filter((edit) => !inSpent.has(edit));
}

function finding(failures: readonly EditFailure[], facts: SessionFacts): Finding {
  const edits = failures.flatMap((failure) => failure.edits);
  const spent = failures.flatMap((failure) => failure.spent);
  const savedMs = facts.work.savedMs(spent.map(({ id }) => id));
  const spentMs = spent.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
  const all = facts.tools.filter(({ span }) => span.edit !== null).length;
  return {
    message: `${formatCount(edits.length)} of ${plural(all, "edit")} failed${reasonsOf(edits)}.${spent.length > 0 ? ` ${plural(spent.length, "step")} (${formatDuration(spentMs)}) only failed or read the file again.` : ""}`,
    evidence: [...editsBeside(spent, edits).map(({ id }) => id), ...spent.map(({ id }) => id)],
    affected: edits.length,
    affectedNoun: "call",
    savings: { ms: savedMs, tokens: tokensOfSteps(spent), usd: costOfSteps(spent) },
    basis: "measured",
    formula: `the time of the ${plural(spent.length, "step")} that only tried in vain or looked at the file again: ${listedTimes(spent.map(({ startMs, endMs }) => endMs - startMs))}${hiddenTime(spentMs, savedMs)}`,
    apply: [{ label: "AGENTS.md", text: linesFor(edits).join("\n") }],
  };
}

/** Why edits fail, by what the tool says. */
interface Reason {
  readonly said: RegExp;
  readonly words: string;
  readonly line: string;
}

const COPY =
  "Before an edit, copy the text to be replaced from the newest read of the file, with its exact white space; never write it from memory.";
const OTHER: Reason = { said: /^/, words: "for other reasons", line: COPY };
const REASONS: readonly Reason[] = [
  { said: /could not find|not found/i, words: "text not found", line: COPY },
  { said: /identical/i, words: "changed nothing", line: "Make no edit whose new text equals the old one." },
  {
    said: /multiple matches|more than one/i,
    words: "matched several places",
    line: "Include enough lines before and after in oldString that it occurs only once.",
  },
  OTHER,
];

function reasonOf({ span }: ToolCall): Reason {
  return REASONS.find(({ said }) => said.test(span.error ?? "")) ?? OTHER;
}

/** ` (3 text not found, 1 changed nothing)`; where all are alike without figures, and empty where no reason is known. */
function reasonsOf(edits: readonly ToolCall[]): string {
  const counts = REASONS.map((reason) => ({ reason, count: edits.filter((edit) => reasonOf(edit) === reason).length }));
  const parts = counts.filter(({ count }) => count > 0);
  if (parts.every(({ reason }) => reason === OTHER)) return "";
  const words = parts.map(({ reason, count }) =>
    [...(parts.length > 1 ? [formatCount(count)] : []), reason.words].join(" "),
  );
  return ` (${words.join(", ")})`;
}

function linesFor(edits: readonly ToolCall[]): string[] {
  const found = new Set(edits.map(reasonOf));
  return [...new Set(REASONS.filter((reason) => found.has(reason)).map(({ line }) => line))];
}
