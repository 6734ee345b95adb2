import type { Remedy } from "../../model/report.js";
import { formatDuration, listed, plural } from "../../report/format.js";
import { quoted } from "../facts/call-name.js";
import { hiddenTime } from "../facts/hidden-time.js";
import { listedFew } from "../facts/listed-few.js";
import { asksForFewer, FEWER, hasFailedForGood, remediesForErrors } from "../facts/provider-errors.js";
import type { SessionFacts } from "../facts/session-facts.js";
import type { Step } from "../facts/steps.js";
import type { Finding, Rule } from "../rule.js";
import { inState } from "../waits-in.js";

/** Attempts that the provider did not answer, with the pauses between them. */
export const providerRetries: Rule<"provider-retries"> = {
  id: "provider-retries",
  type: "reliability",
  title: "Send fewer requests at a time, or use another provider",
  why: "While requests fail and are sent again, nothing gets done.",
  panel: "model-calls",
  find(facts, { leastMs }) {
    const attempts = facts.steps.flatMap((step) => attemptsIn(step, facts));
    const spentMs = facts.work.spentMs(attempts.map(({ spanId }) => spanId));
    return attempts.length === 0 || spentMs < leastMs ? [] : [finding(attempts, facts)];
  },
};

/** What failed of one model call. */
interface Attempts {
  readonly step: Step;
  /** The wait in the call in which attempts failed, or all of a call that failed for good. */
  readonly spanId: number;
  readonly hasFailedForGood: boolean;
}

function attemptsIn(step: Step, facts: SessionFacts): Attempts[] {
  const { modelId, model } = step;
  const { spans } = facts;
  if (hasFailedForGood(step, facts)) return [{ step, spanId: modelId, hasFailedForGood: true }];
  if (model.retrying === null) return [];
  return inState("retrying", modelId, spans).map((spanId) => ({ step, spanId, hasFailedForGood: false }));
}

function finding(attempts: readonly Attempts[], facts: SessionFacts): Finding {
  const time = facts.work;
  const ids = attempts.map(({ spanId }) => spanId);
  const [spentMs, savedMs] = [time.spentMs(ids), time.savedMs(ids)];
  const failed = attempts.filter(({ hasFailedForGood }) => hasFailedForGood);
  const retried = attempts.length - failed.length;
  const apply = remedies(attempts, facts);
  const said = [
    ...(retried > 0
      ? [`${plural(retried, "response")} came only after attempts that failed${whyFailed(attempts)}`]
      : []),
    ...(failed.length > 0
      ? [`${plural(failed.length, "call")} ended in an error of the provider (${errorsOf(failed)})`]
      : []),
  ];
  const from = [
    ...(retried > 0 ? ["from the first failed attempt until the answered one was sent"] : []),
    ...(failed.length > 0
      ? ["all of the calls that ended in an error of the provider, as their attempts are not recorded"]
      : []),
  ];
  const isMeasured = facts.session.records.retries === "recorded" && failed.length === 0;
  return {
    ...titleFor(retried, apply),
    message: `${listed(said)}: ${formatDuration(spentMs)} went into attempts and the pauses between them.${mayHideMore(attempts, facts)}`,
    evidence: attempts.map(({ step }) => step.modelId),
    affected: attempts.length,
    affectedNoun: "response",
    savings: { ms: savedMs },
    basis: isMeasured ? "measured" : "derived",
    formula: `${listed(from)}: ${listedFew(ids.map((id) => formatDuration(time.spentMs([id]))))}${hiddenTime(spentMs, savedMs)}`,
    apply,
  };
}

function titleFor(retried: number, apply: readonly Remedy[]): Pick<Finding, "title"> {
  if (apply.includes(FEWER)) return {};
  return { title: retried > 0 ? "Try later, or use another provider" : "Look into the errors of the provider" };
}

function errorsOf(failed: readonly Attempts[]): string {
  const texts = failed.map(({ step }) => quoted((step.message.error ?? "").replace(/^APIError:? */, "") || "APIError"));
  return listedFew([...new Set(texts)], 3);
}

/** ` (3 × 429 and 1 × overloaded)`, as far as a recording says it. */
function whyFailed(attempts: readonly Attempts[]): string {
  const reasons = reasonsOf(attempts);
  const counted = [...new Set(reasons)].map((reason) => {
    return `${reasons.filter((other) => other === reason).length} × ${reason}`;
  });
  return counted.length === 0 ? "" : ` (${listedFew(counted)})`;
}

function reasonsOf(attempts: readonly Attempts[]): string[] {
  return attempts.flatMap(({ step }) => step.model.retryReasons ?? []);
}

/** Calls that waited conspicuously long: attempts may have failed there too, but nothing says so. */
function mayHideMore(attempts: readonly Attempts[], { modelCalls }: SessionFacts): string {
  const known = new Set(attempts.map(({ step }) => step.modelId));
  const long = modelCalls.filter(({ spanId, waitedTimesLonger }) => waitedTimesLonger !== null && !known.has(spanId));
  if (long.length === 0) return "";
  return ` ${plural(long.length, "further call")} waited far longer than usual, which may be attempts too.`;
}

function remedies(attempts: readonly Attempts[], facts: SessionFacts): Remedy[] {
  const failed = attempts.filter(({ hasFailedForGood }) => hasFailedForGood);
  const errors = failed.map(({ step }) => step.message.error ?? "");
  const all = [
    ...(asksForFewer(reasonsOf(attempts), facts) ? [FEWER] : []),
    ...(failed.length < attempts.length ? [ANOTHER] : []),
    ...(errors.length > 0 ? remediesForErrors(errors, GO_ON, facts) : []),
  ];
  return [...new Set(all)];
}

/** Why an attempt failed that was followed by an answer stands in a recording alone. */
const ANOTHER: Remedy = {
  label: "Advice",
  text: "The provider turned requests down or did not answer them: try later, or set another model.",
};
const GO_ON: Remedy = {
  label: "Prompt",
  text: "The provider failed in the middle of your last answer. Look at what has been done so far, then go on from there.",
};
