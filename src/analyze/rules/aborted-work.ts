import type { Remedy } from "../../model/report.js";
import type { Tokens } from "../../model/units.js";
import { formatCount, formatDuration, listed, plural } from "../../report/format.js";
import { isShell } from "../../report/tool-names.js";
import { hiddenTime } from "../facts/hidden-time.js";
import { listedFew } from "../facts/listed-few.js";
import { type Lost, lostWork, type Reason } from "../facts/lost-work.js";
import { remediesForErrors } from "../facts/provider-errors.js";
import type { SessionFacts } from "../facts/session-facts.js";
import { costOfSteps, tokensOfSteps } from "../facts/step-sums.js";
import type { Step } from "../facts/steps.js";
import type { Finding, Rule } from "../rule.js";

/** Steps and calls that led to nothing: aborted, failed at the end of a turn, without an end, or taken back. */
export const abortedWork: Rule<"aborted-work"> = {
  id: "aborted-work",
  type: "reliability",
  title: "Find out early what leads nowhere",
  why: "What is aborted, fails or is taken back has cost its time and its tokens all the same.",
  panel: "by-message",
  find(facts, { leastMs }) {
    const lost = lostWork(facts);
    const own = lost.filter(({ isProvidersFault }) => !isProvidersFault);
    const isWorthIt = (some: readonly Lost[]) => facts.work.spentMs(some.map(({ id }) => id)) >= leastMs;
    if (own.length === 0 || !isWorthIt(lost)) return [];
    // Calls that the provider failed are another rule's (`provider-retries`), which claims their time. Where too little is
    // left without them, they are told of here as well, since all that was lost together is worth a word: then nothing is
    // claimed, so that no time is claimed twice.
    return [isWorthIt(own) ? claiming(own, facts) : telling(lost, own, facts)];
  },
};

function claiming(lost: readonly Lost[], facts: SessionFacts): Finding {
  const ids = lost.map(({ id }) => id);
  const steps = within(ids, facts.steps, facts);
  const savedMs = facts.work.savedMs(ids);
  return {
    ...told(lost, facts),
    // Of calls that were never answered nothing is counted: the sums are what is known.
    savings: {
      ...{ ms: savedMs, tokens: tokensOfSteps(steps) },
      usd: costOfSteps(steps.filter(({ message }) => message.tokens !== null)),
    },
    formula: `${timesOf(lost, facts)}${hiddenTime(facts.work.spentMs(ids), savedMs)}`,
    caveat: "To stop or to take back what goes wrong is right: this is what it had taken until then.",
    apply: remedies(lost, facts),
  };
}

/** With what the provider failed, and without a claim. */
function telling(lost: readonly Lost[], own: readonly Lost[], facts: SessionFacts): Finding {
  const spent = (some: readonly Lost[]) => formatDuration(facts.work.spentMs(some.map(({ id }) => id)));
  return {
    ...told(lost, facts),
    savings: {},
    formula: `${timesOf(lost, facts)}; nothing is claimed: all but ${spent(own)} ended in errors of the provider, which have a suggestion of their own`,
    apply: remedies(own, facts),
  };
}

function told(lost: readonly Lost[], facts: SessionFacts) {
  const ids = lost.map(({ id }) => id);
  const steps = within(ids, facts.steps, facts);
  const tokens: Tokens = tokensOfSteps(steps);
  const spent = `${formatDuration(facts.work.spentMs(ids))}${tokens > 0 ? `, ${formatCount(tokens)} tokens` : ""}`;
  return {
    message: `${subjectOf(lost)} (${spent}) led to nothing: ${reasonsOf(lost)}.`,
    evidence: [...ids, ...steps.map(({ id }) => id)],
    affected: lost.length,
    affectedNoun: lost.every(({ what }) => what === "call") ? ("call" as const) : ("response" as const),
    basis: lost.some(({ reason }) => reason === "unfinished") ? ("derived" as const) : ("measured" as const),
  };
}

function timesOf(lost: readonly Lost[], { work }: SessionFacts): string {
  return `time until each one stopped: ${listedFew(lost.map(({ id }) => formatDuration(work.spentMs([id]))))}`;
}

/** `3 steps and 1 call`. */
function subjectOf(lost: readonly Lost[]): string {
  const counts = (["step", "call"] as const).map((noun) => ({
    noun,
    count: lost.filter(({ what }) => what === noun).length,
  }));
  return listed(counts.filter(({ count }) => count > 0).map(({ noun, count }) => plural(count, noun)));
}

/** `1 was aborted, 2 ended their turn with an error`; where both steps and calls are lost, each is named. */
function reasonsOf(lost: readonly Lost[]): string {
  const areMixed = new Set(lost.map(({ what }) => what)).size > 1;
  const kinds = LOST_KINDS.flatMap(({ what, reason, ofOne, ofMany }) => {
    const count = lost.filter((each) => each.what === what && each.reason === reason).length;
    const subject = areMixed ? plural(count, what) : formatCount(count);
    return count === 0 ? [] : [`${lost.length === 1 ? "it" : subject} ${count === 1 ? ofOne : ofMany}`];
  });
  return kinds.join(", ");
}

interface LostKind {
  readonly what: Lost["what"];
  readonly reason: Reason;
  readonly ofOne: string;
  readonly ofMany: string;
}

const LOST_KINDS: readonly LostKind[] = [
  { what: "step", reason: "aborted", ofOne: "was aborted", ofMany: "were aborted" },
  { what: "step", reason: "failed", ofOne: "ended its turn with an error", ofMany: "ended their turn with an error" },
  { what: "step", reason: "unfinished", ofOne: "has no end", ofMany: "have no end" },
  { what: "step", reason: "reverted", ofOne: "was taken back", ofMany: "were taken back" },
  { what: "call", reason: "aborted", ofOne: "was aborted", ofMany: "were aborted" },
  { what: "call", reason: "unfinished", ofOne: "has no end", ofMany: "have no end" },
];

/** Those that lie in any of the spans. Both in pre-order: one pass. */
function within<Placed extends Pick<Step, "id">>(
  ids: readonly number[],
  placed: readonly Placed[],
  { endOf }: SessionFacts,
): Placed[] {
  let at = 0;
  return placed.filter(({ id }) => {
    while (at < ids.length && id >= (endOf[ids[at] as number] as number)) at++;
    return at < ids.length && id >= (ids[at] as number);
  });
}

function remedies(lost: readonly Lost[], facts: SessionFacts): Remedy[] {
  const counted = (reason: Reason) => lost.filter((each) => each.reason === reason).length;
  const ids = lost.map(({ id }) => id);
  const calls = within(ids, facts.tools, facts);
  const hasHung = calls.some(({ span }) => isShell(span.tool) && /^(aborted|unfinished)$/.test(span.status));
  const errors = lost.filter(({ reason }) => reason === "failed").map(({ error }) => error ?? "");
  const forErrors = errors.length > 0 ? remediesForErrors(errors, GO_ON, facts) : [];
  return [
    ...(hasHung ? [LIMIT] : []),
    ...(counted("reverted") > 0 || counted("aborted") >= 2 ? [PLAN] : []),
    ...forErrors,
    ...(counted("unfinished") > 0 && !forErrors.includes(GO_ON) ? [GO_ON] : []),
  ];
}

const LIMIT: Remedy = {
  label: "AGENTS.md",
  text: "Give each command that may not end by itself a limit of time (use the shell tool's `timeout` argument), and start servers in the background.",
};
const PLAN: Remedy = {
  label: "AGENTS.md",
  text: "Before work that takes more than a few steps, say in three lines what you are going to do, and wait for a yes.",
};
const GO_ON: Remedy = {
  label: "Prompt",
  text: "Your last answer broke off. Look at what has been done so far, then go on from there.",
};
