import type { Remedy } from "../../model/report.js";
import { formatDuration, listed, plural } from "../../report/format.js";
import { quoted } from "../facts/call-name.js";
import { hiddenTime } from "../facts/hidden-time.js";
import { listedFew } from "../facts/listed-few.js";
import type { SessionFacts } from "../facts/session-facts.js";
import type { Step } from "../facts/steps.js";
import type { Finding, Rule } from "../rule.js";

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

function attemptsIn(step: Step, { spans, session }: SessionFacts): Attempts[] {
  const { modelId, model, message } = step;
  const isRecorded = session.records.retries === "recorded";
  // OpenCode tries again before it gives up: where it does not say when, all of such a call was attempts.
  if (!isRecorded && model.status === "error" && message.error?.startsWith("APIError"))
    return [{ step, spanId: modelId, hasFailedForGood: true }];
  if (model.retrying === null) return [];
  if (spans[modelId]?.state === "retrying") return [{ step, spanId: modelId, hasFailedForGood: false }];
  const found: Attempts[] = [];
  for (let at = modelId + 1; spans[at]?.parent === modelId; at++)
    if (spans[at]?.state === "retrying") found.push({ step, spanId: at, hasFailedForGood: false });
  return found;
}

function finding(attempts: readonly Attempts[], facts: SessionFacts): Finding {
  const time = facts.work;
  const ids = attempts.map(({ spanId }) => spanId);
  const [spentMs, savedMs] = [time.spentMs(ids), time.savedMs(ids)];
  const failed = attempts.filter(({ hasFailedForGood }) => hasFailedForGood);
  const retried = attempts.length - failed.length;
  const said = [
    ...(retried > 0 ? [`${plural(retried, "response")} came only after attempts that failed`] : []),
    ...(failed.length > 0
      ? [`${plural(failed.length, "call")} ended in an error of the provider (${errorsOf(failed)})`]
      : []),
  ];
  const from = [
    ...(retried > 0 ? ["the time from the first attempt to the one that was answered"] : []),
    ...(failed.length > 0
      ? ["all of the calls that ended in an error of the provider, as their attempts are not recorded"]
      : []),
  ];
  const isMeasured = facts.session.records.retries === "recorded" && failed.length === 0;
  return {
    ...(retried === 0 ? { title: "Look into the errors of the provider" } : {}),
    message: `${listed(said)}: ${formatDuration(spentMs)} went into attempts and the pauses between them.${mayHideMore(attempts, facts)}`,
    evidence: attempts.flatMap(({ step, spanId }) => [step.modelId, spanId]),
    affected: attempts.length,
    affectedNoun: "response",
    savings: { ms: savedMs },
    basis: isMeasured ? "measured" : "derived",
    formula: `${listed(from)}: ${listedFew(ids.map((id) => formatDuration(time.spentMs([id]))))}${hiddenTime(spentMs, savedMs)}`,
    apply: remedies(retried, failed.length),
  };
}

function errorsOf(failed: readonly Attempts[]): string {
  const texts = failed.map(({ step }) => quoted((step.message.error ?? "").replace(/^APIError:? */, "") || "APIError"));
  return listedFew([...new Set(texts)], 3);
}

/** Calls that waited conspicuously long: attempts may have failed there too, but nothing says so. */
function mayHideMore(attempts: readonly Attempts[], { modelCalls }: SessionFacts): string {
  const known = new Set(attempts.map(({ step }) => step.modelId));
  const long = modelCalls.filter(({ spanId, waitedTimesLonger }) => waitedTimesLonger !== null && !known.has(spanId));
  if (long.length === 0) return "";
  return ` ${plural(long.length, "further call")} waited far longer than usual, which may be attempts too.`;
}

function remedies(retried: number, failed: number): Remedy[] {
  const calm = {
    label: "AGENTS.md",
    text: "The provider turns requests down when there are many. Run at most two subagents at the same time, and put calls that do not depend on each other into one step.",
  };
  const goOn = {
    label: "Prompt",
    text: "The provider failed in the middle of your last answer. Look at what has been done so far, then go on from there.",
  };
  return [...(retried > 0 ? [calm] : []), ...(failed > 0 ? [goOn] : [])];
}
