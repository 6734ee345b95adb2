import { median } from "d3";
import type { ModelCallRow, Remedy } from "../../model/report.js";
import type { Message } from "../../model/session.js";
import type { Milliseconds, Share } from "../../model/units.js";
import { formatCount, formatDuration, formatUsd, plural } from "../../report/format.js";
import { hiddenTime } from "../facts/hidden-time.js";
import type { SessionFacts } from "../facts/session-facts.js";
import type { Step } from "../facts/steps.js";
import type { Finding, Rule } from "../rule.js";
import { type CheaperModel, cheaperInSession, costAt, isCheaper, smallAnswers } from "../smaller-models.js";
import type { Limits } from "../thresholds.js";

/** Short answers of a large model that only looked or reported, and what a smaller one would have charged for them. */
export const smallerModel: Rule<"smaller-model"> = {
  id: "smaller-model",
  type: "model",
  title: "Leave look-ups to a smaller model",
  why: "A large model charges the same for a look at a file as for hard work.",
  panel: "by-model",
  find(facts, limits) {
    const stepOf = new Map(facts.steps.map((step) => [step.message, step]));
    return [...smallAnswers(facts.session, limits.mostOutputTokens)].flatMap(([model, answers]) => {
      const steps = answers.flatMap((answer) => stepOf.get(answer) ?? []);
      const offer = steps.length < limits.fewestSteps ? null : offerFor(steps, limits, facts);
      return offer === null ? [] : [finding(model, steps, offer, limits, facts)];
    });
  },
};

interface Offer extends CheaperModel {
  /** True where the session itself shows what the model costs. */
  readonly isMeasured: boolean;
}

/** A model that the session used as well, else one of the price list. */
function offerFor(steps: readonly Step[], { timesCheaper }: Limits<"smaller-model">, facts: SessionFacts) {
  const answers = steps.map(({ message }) => message);
  const used = cheaperInSession(answers, facts.session, facts.ratesOf, timesCheaper);
  if (used) return { ...used, isMeasured: answers.every(({ costIsEstimated }) => !costIsEstimated) };
  const listed = listedFor(answers, facts).find(({ prices }) => isCheaper(answers, prices, timesCheaper));
  return listed ? { ...listed, isMeasured: false } : null;
}

/** By the call with the longest prompt: where prices rise with it, its are the highest. */
function listedFor(answers: readonly Message[], { book }: SessionFacts): readonly CheaperModel[] {
  const size = ({ tokens }: Message) => (tokens ? tokens.uncachedInput + tokens.cacheRead + tokens.cacheWrite : 0);
  const longest = answers.reduce((most, each) => (size(each) > size(most) ? each : most));
  const { model, tokens, createdAt } = longest;
  return (book && model && tokens && book.smallerThan(model, tokens, createdAt)) || [];
}

function finding(
  model: string,
  steps: readonly Step[],
  offer: Offer,
  { mostOutputTokens }: Limits<"smaller-model">,
  facts: SessionFacts,
): Finding {
  const answers = steps.map(({ message }) => message);
  const paid = answers.reduce((sum, { costUsd }) => sum + (costUsd ?? 0), 0);
  const cost = costAt(offer.prices, answers);
  const all = facts.steps.filter(({ message }) => message.model === model).length;
  const faster = offer.isMeasured ? timeSaved(model, steps, offer.model, facts) : null;
  const prices = offer.isMeasured
    ? "at what it charged in this session"
    : `at list prices (${facts.book?.source ?? ""})`;
  return {
    message: `${steps.length} of ${plural(all, "step")} on ${model} edited nothing, started no subagent, used no reasoning tokens, ran into no error and answered in at most ${formatCount(mostOutputTokens)} tokens. ${offer.model} would have cost ${formatUsd(cost)} instead of ${formatUsd(paid)} for them.`,
    evidence: steps.map(({ modelId }) => modelId),
    affected: steps.length,
    affectedNoun: "response",
    savings: { ms: faster?.ms ?? null, usd: paid - cost },
    basis: "estimated",
    formula: `${formatUsd(paid)} for the ${plural(steps.length, "step")}, less ${formatUsd(cost)} for the same tokens on ${offer.model} ${prices}${faster?.words ?? ""}`,
    caveat:
      "A smaller model may look in the wrong places or miss what matters, which costs more than it saves: try it on a few tasks first. A subagent also sends a prompt of its own. Assumes as many cache hits.",
    apply: remediesFor(offer.model),
  };
}

/** Fewer calls say nothing about how fast a model is. */
const FEWEST_TIMED = 3;

interface Pace {
  readonly calls: number;
  readonly waitMs: Milliseconds;
  /** null where too many answers came in one piece to tell. */
  readonly tokensPerSecond: number | null;
}

function paceOf(model: string, calls: readonly ModelCallRow[]): Pace | null {
  const timed = calls.filter((call) => call.model === model && call.waitMs !== null && call.generateMs !== null);
  if (timed.length < FEWEST_TIMED) return null;
  const rates = timed.flatMap(({ tokensPerSecond }) => (tokensPerSecond ? [tokensPerSecond] : []));
  return {
    calls: timed.length,
    waitMs: median(timed, ({ waitMs }) => waitMs) ?? 0,
    tokensPerSecond: rates.length < FEWEST_TIMED ? null : (median(rates) ?? null),
  };
}

/** Of the time of each step, the part by which the other model would have been faster; null where it was not, or nothing tells. */
function timeSaved(
  model: string,
  steps: readonly Step[],
  cheaper: string,
  { modelCalls, work }: SessionFacts,
): { readonly ms: Milliseconds; readonly words: string } | null {
  const [own, other] = [paceOf(model, modelCalls), paceOf(cheaper, modelCalls)];
  if (own === null || other === null) return null;
  const sum = (msOf: (step: Step) => Milliseconds) =>
    steps.reduce((all, step) => all + msOf(step) * fasterShare(step, own, other), 0);
  const ms = sum(({ modelId }) => work.savedMs([modelId]));
  if (ms <= 0) return null;
  const spentMs = sum(({ call }) => call.endedAt - call.startedAt);
  return { ms, words: `; ${paceWords(other, own)}${hiddenTime(spentMs, ms)}` };
}

/** The part of a step's time that the other model would not have taken. Where one's rate is not known, both write as fast. */
function fasterShare({ outputTokens, call }: Step, own: Pace, other: Pace): Share {
  const isRateKnown = own.tokensPerSecond !== null && other.tokensPerSecond !== null;
  const timeAt = ({ waitMs, tokensPerSecond }: Pace) =>
    waitMs + (isRateKnown ? (1_000 * outputTokens) / (tokensPerSecond as number) : (call.generateMs ?? 0));
  return timeAt(own) > 0 ? Math.max(0, 1 - timeAt(other) / timeAt(own)) : 0;
}

function paceWords(other: Pace, own: Pace): string {
  const wait = `${formatDuration(other.waitMs)} median wait instead of ${formatDuration(own.waitMs)}`;
  const speed =
    own.tokensPerSecond === null || other.tokensPerSecond === null
      ? ""
      : `, ${formatCount(other.tokensPerSecond)} tokens a second instead of ${formatCount(own.tokensPerSecond)}`;
  return `time: ${wait}${speed} (of ${other.calls} and ${own.calls} calls)`;
}

function remediesFor(model: string): Remedy[] {
  const lookup = {
    mode: "subagent",
    model,
    description: "Looks things up: reads files, searches. Changes nothing and reports briefly.",
    permission: { edit: "deny", bash: "deny" },
  };
  return [
    { label: "opencode.json", text: JSON.stringify({ agent: { lookup } }, null, 2) },
    {
      label: "AGENTS.md",
      text: "Give look-ups that take several steps (finding where something is, reading several files) to the subagent `lookup` as one task, and go on from its report.",
    },
  ];
}
