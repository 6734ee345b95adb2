import { group } from "d3";
import { median, sampleCorrelation } from "simple-statistics";
import type { Milliseconds } from "../../model/units.js";
import { formatCompact, formatDuration } from "../../report/format.js";
import { hiddenTime } from "../facts/hidden-time.js";
import type { SessionFacts } from "../facts/session-facts.js";
import type { Step } from "../facts/steps.js";
import type { Finding, Rule } from "../rule.js";
import type { Limits } from "../thresholds.js";
import { inState } from "../waits-in.js";

/** Waits for the first output that grow with the prompt, by model. */
export const lateFirstToken: Rule<"late-first-token"> = {
  id: "late-first-token",
  type: "context",
  title: "Keep prompts smaller",
  why: "The model reads the whole prompt before it answers: the longer the session, the longer each wait.",
  panel: "model-calls",
  find(facts, limits) {
    const trends = [
      ...group(
        facts.steps.filter((step) => isTelling(step, facts)),
        ({ call }) => call.model,
      ),
    ];
    return trends.flatMap(([model, steps]) => {
      const trend = trendOf(steps, limits);
      return trend === null ? [] : [finding(model, trend, facts)];
    });
  },
};

/** Calls of one model, by the size of their prompts. */
interface Trend {
  /** The third with the smallest prompts. */
  readonly small: readonly Step[];
  readonly rest: readonly Step[];
  /** Median waits of the third with the smallest prompts, and of the one with the largest. */
  readonly smallMs: Milliseconds;
  readonly largeMs: Milliseconds;
  readonly correlation: number;
}

/** Nothing but the prompt is known to have made it wait. */
function isTelling({ call, modelId, model, promptTokens }: Step, { spans }: SessionFacts): boolean {
  const hasWaited = call.waitMs !== null && call.retryMs === null && call.waitedTimesLonger === null;
  return hasWaited && promptTokens > 0 && model.status === "ok" && spans[modelId]?.mayHaveSlept !== true;
}

function trendOf(
  steps: readonly Step[],
  { fewestCalls, timesSlower, correlation: least }: Limits<"late-first-token">,
): Trend | null {
  if (steps.length < Math.max(3, fewestCalls)) return null;
  const bySize = [...steps].sort((a, b) => a.promptTokens - b.promptTokens);
  const third = Math.floor(bySize.length / 3);
  const [small, rest] = [bySize.slice(0, third), bySize.slice(third)];
  const smallMs = median(small.map(waitOf));
  const largeMs = median(bySize.slice(-third).map(waitOf));
  const correlation = sampleCorrelation(
    bySize.map(({ promptTokens }) => promptTokens),
    bySize.map(waitOf),
  );
  const grows = smallMs > 0 && largeMs >= timesSlower * smallMs && correlation >= least;
  return grows ? { small, rest, smallMs, largeMs, correlation } : null;
}

function waitOf({ call }: Step): Milliseconds {
  return call.waitMs ?? 0;
}

function finding(model: string, { small, rest, smallMs, largeMs, correlation }: Trend, facts: SessionFacts): Finding {
  const longer = rest.filter((step) => waitOf(step) > smallMs);
  const excessMs = longer.reduce((sum, step) => sum + waitOf(step) - smallMs, 0);
  const savedMs = longer.reduce((sum, step) => sum + Math.min(waitOf(step) - smallMs, savedWait(step, facts)), 0);
  const from = formatCompact(rest[0]?.promptTokens ?? null);
  return {
    message: `Waits of ${model} for the first output grow with the prompt: ${formatDuration(smallMs)} for the smallest third of ${small.length + rest.length} calls, ${formatDuration(largeMs)} for the largest.`,
    evidence: longer.map(({ modelId }) => modelId),
    affected: longer.length,
    affectedNoun: "response",
    savings: { ms: savedMs },
    basis: "estimated",
    formula: `of the ${rest.length} calls with ${from} tokens or more, what each waited longer than ${formatDuration(smallMs)}, the median wait of the ${small.length} smallest: ${formatDuration(excessMs)}${hiddenTime(excessMs, savedMs)}; correlation of wait and prompt: ${correlation.toFixed(2)}`,
    caveat: "Other things may have grown slower in the same time, such as the provider.",
    apply: [
      {
        label: "Prompt",
        text: "Write down in at most 20 lines what has been decided, which files matter and what is left to do, so that I can go on in a new session.",
      },
    ],
  };
}

/** Of the wait before a call's first output, what was hidden behind nothing. */
function savedWait({ modelId }: Step, { spans, work }: SessionFacts): Milliseconds {
  return work.savedOwnMs(inState("waiting-for-model", modelId, spans));
}
