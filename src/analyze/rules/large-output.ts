import { max } from "simple-statistics";
import type { Remedy } from "../../model/report.js";
import { formatCompact, formatCount, formatDuration, formatShare, plural } from "../../report/format.js";
import { isEdit } from "../../report/tool-names.js";
import { outputOf } from "../facts/output-of.js";
import type { SessionFacts } from "../facts/session-facts.js";
import type { Step } from "../facts/steps.js";
import type { Finding, Rule } from "../rule.js";
import { unionMs } from "../union.js";

/** Responses that are very long in one piece: prose, or a file that was written as a whole. */
export const largeOutput: Rule<"large-output"> = {
  id: "large-output",
  type: "prompting",
  title: "Ask for increments",
  why: "While a long response streams nobody can check a part of it, and if its beginning is wrong all of it is.",
  panel: "model-calls",
  find(facts, { outputTokens }) {
    const large = facts.steps.filter((step) => !step.message.isCompaction && outputOf(step) > outputTokens);
    return large.length === 0 ? [] : [finding(large, outputTokens, facts)];
  },
};

function finding(large: readonly Step[], limit: number, facts: SessionFacts): Finding {
  const longest = max(large.map(outputOf));
  const all = large.reduce((sum, step) => sum + outputOf(step), 0);
  const sizes =
    large.length === 1
      ? `A response had ${formatCount(longest)} output tokens`
      : `${large.length} responses had over ${formatCount(limit)} output tokens each, ${formatCompact(all)} together, the longest ${formatCount(longest)}`;
  return {
    message: `${sizes}${streamed(large, facts)}.`,
    evidence: large.map(({ modelId }) => modelId),
    affected: large.length,
    affectedNoun: "response",
    savings: {},
    basis: "recorded",
    formula: `${plural(large.length, "response")} with more output tokens than ${formatCount(limit)}, as the provider counted them; nothing is claimed as saved, since the same text in parts takes as many tokens`,
    apply: [
      {
        label: "AGENTS.md",
        text: "Work in increments: write or change one function or one section at a time, and check it before the next; never write several hundred lines in one call or response.",
      },
      ...(large.some(writesFile) ? [EDIT] : []),
      ...(large.every(writesFile) ? [] : [OUTLINE]),
    ],
  };
}

/** Its tokens went into a file, not into what it says. */
function writesFile({ tools }: Step): boolean {
  return tools.some(({ span }) => isEdit(span.tool));
}

const EDIT: Remedy = {
  label: "AGENTS.md",
  text: "Change existing files with edit, not by writing them anew; write large new files in parts.",
};
const OUTLINE: Remedy = {
  label: "Prompt",
  text: "Give me the outline first, one line for each part. Then do only the first part, and wait until I have looked at it.",
};

/** How long they streamed, what ran side by side once; empty where that is not timed. */
function streamed(large: readonly Step[], { summary }: SessionFacts): string {
  const streams = large.flatMap(({ call }) =>
    call.firstOutputAt === null ? [] : [{ startAt: call.firstOutputAt, endAt: call.endedAt }],
  );
  const ms = unionMs(streams);
  if (ms === 0) return "";
  const share = summary.activeMs > 0 ? `, ${formatShare(Math.min(1, ms / summary.activeMs))} of the active time` : "";
  return ` and streamed for ${formatDuration(ms)}${share}`;
}
