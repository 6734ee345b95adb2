import type { Remedy } from "../../model/report.js";
import type { Tokens } from "../../model/units.js";
import { formatCount, formatDuration, listed, plural } from "../../report/format.js";
import { subtreeEnds } from "../facts/critical-savings.js";
import { hiddenTime } from "../facts/hidden-time.js";
import { listedFew } from "../facts/listed-few.js";
import type { SessionFacts } from "../facts/session-facts.js";
import { costOfSteps, tokensOfSteps } from "../facts/step-sums.js";
import type { Step, StepRun, ToolCall } from "../facts/steps.js";
import type { Finding, Rule } from "../rule.js";
import { isShell } from "../tool-names.js";

/** Steps and calls that led to nothing: aborted, failed at the end of a turn, without an end, or taken back. */
export const abortedWork: Rule<"aborted-work"> = {
  id: "aborted-work",
  type: "reliability",
  title: "Find out early what leads nowhere",
  why: "What is aborted, fails or is taken back has cost its time and its tokens all the same.",
  panel: "by-message",
  find(facts, { leastMs }) {
    const lost = lostWork(facts);
    const spentMs = facts.work.spentMs(lost.map(({ id }) => id));
    return lost.length === 0 || spentMs < leastMs ? [] : [finding(lost, facts)];
  },
};

type Reason = "aborted" | "failed" | "unfinished" | "reverted";

interface Lost {
  readonly id: number;
  readonly reason: Reason;
  readonly what: "step" | "call";
}

/** In pre-order, without what lies inside another that is lost. */
function lostWork(facts: SessionFacts): Lost[] {
  const openFrom = stillOpen(facts);
  const all = [...facts.runs.flatMap((run) => lostSteps(run, facts)), ...facts.tools.flatMap(lostCall)];
  const endOf = subtreeEnds(facts.spans);
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

function lostSteps({ steps }: StepRun, { spans }: SessionFacts): Lost[] {
  const lastGood = steps.findLastIndex(({ id }) => spans[id]?.status === "ok");
  return steps.flatMap((step, i): Lost[] => {
    const { id } = step;
    const status = spans[id]?.status;
    if (step.message.isReverted) return [{ id, reason: "reverted", what: "step" }];
    if (status === "aborted" || (status === "unfinished" && isCutOff(step)))
      return [{ id, reason: status, what: "step" }];
    // An error before the end was mended: the turn went on.
    return status === "error" && i > lastGood ? [{ id, reason: "failed", what: "step" }] : [];
  });
}

/** Not all sources record the end of each answer: one that said something and left no call open may have been whole. */
function isCutOff({ message, tools }: Step): boolean {
  return message.content.length === 0 || tools.some(({ span }) => span.status === "unfinished");
}

function lostCall({ id, span: { status } }: ToolCall): Lost[] {
  return status === "aborted" || status === "unfinished" ? [{ id, reason: status, what: "call" }] : [];
}

function finding(lost: readonly Lost[], facts: SessionFacts): Finding {
  const time = facts.work;
  const ids = lost.map(({ id }) => id);
  const [spentMs, savedMs] = [time.spentMs(ids), time.savedMs(ids)];
  const steps = within(ids, facts.steps, facts);
  const tokens: Tokens = tokensOfSteps(steps);
  const kinds = LOST_KINDS.flatMap(([what, reason, words]) => {
    const count = lost.filter((each) => each.what === what && each.reason === reason).length;
    return count === 0 ? [] : [`${plural(count, what)} ${words}`];
  });
  return {
    message: `Led to nothing: ${listed(kinds)}; ${formatDuration(spentMs)}${tokens > 0 ? ` and ${formatCount(tokens)} tokens` : ""}.`,
    evidence: [...ids, ...steps.map(({ id }) => id)],
    affected: lost.length,
    affectedNoun: "response",
    // Of calls that were never answered nothing is counted: the sums are what is known.
    savings: { ms: savedMs, tokens, usd: costOfSteps(steps.filter(({ message }) => message.tokens !== null)) },
    basis: lost.some(({ reason }) => reason === "unfinished") ? "derived" : "measured",
    formula: `the time until each was given up, failed or has its last record, or all of what was taken back: ${listedFew(ids.map((id) => formatDuration(time.spentMs([id]))))}${hiddenTime(spentMs, savedMs)}`,
    caveat: "To stop or to take back what goes wrong is right: this is what it had taken until then.",
    apply: remedies(lost, within(ids, facts.tools, facts)),
  };
}

const LOST_KINDS: readonly (readonly [Lost["what"], Reason, string])[] = [
  ["step", "aborted", "aborted"],
  ["step", "failed", "failed at the end of a turn"],
  ["step", "unfinished", "without an end"],
  ["step", "reverted", "taken back"],
  ["call", "aborted", "aborted"],
  ["call", "unfinished", "without an end"],
];

/** Those that lie in any of the spans. Both in pre-order: one pass. */
function within<Placed extends Pick<Step, "id">>(
  ids: readonly number[],
  placed: readonly Placed[],
  { spans }: SessionFacts,
): Placed[] {
  const endOf = subtreeEnds(spans);
  let at = 0;
  return placed.filter(({ id }) => {
    while (at < ids.length && id >= (endOf[ids[at] as number] as number)) at++;
    return at < ids.length && id >= (ids[at] as number);
  });
}

function remedies(lost: readonly Lost[], calls: readonly ToolCall[]): Remedy[] {
  const has = (...reasons: readonly Reason[]) => lost.some(({ reason }) => reasons.includes(reason));
  const hasHung = calls.some(({ span }) => isShell(span.tool) && /^(aborted|unfinished)$/.test(span.status));
  const plan =
    "Before work that takes more than a few steps, say in three lines what you are going to do, and wait for a yes.";
  const limit =
    "Give each command that may not end by itself a limit of time (`timeout 60 …`), and start servers in the background.";
  const goOn = "Your last answer broke off. Look at what has been done so far, then go on from there.";
  return [
    ...(hasHung ? [{ label: "AGENTS.md", text: limit }] : []),
    ...(has("reverted", "aborted") ? [{ label: "AGENTS.md", text: plan }] : []),
    ...(has("failed", "unfinished") ? [{ label: "Prompt", text: goOn }] : []),
  ];
}
