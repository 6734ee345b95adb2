import { rollup } from "d3";
import type { Remedy } from "../../model/report.js";
import { formatCompact, formatDuration, plural } from "../../report/format.js";
import { addedUp, type Carried } from "../context/carried.js";
import { hiddenTime } from "../facts/hidden-time.js";
import { listedFew } from "../facts/listed-few.js";
import { type Repeat, repeatedCalls } from "../facts/repeats.js";
import type { SessionFacts } from "../facts/session-facts.js";
import { costOfSteps, tokensOfSteps } from "../facts/step-sums.js";
import type { Step } from "../facts/steps.js";
import type { Finding, Rule } from "../rule.js";

/** Reads that gave what an earlier one had given: apart, where that had been taken out of the context. */
export const repeatedReads: Rule<"repeated-reads"> = {
  id: "repeated-reads",
  type: "context",
  title: "Read an unchanged file once",
  why: "A second copy of the same text tells the model nothing, and every later call is sent both.",
  panel: "by-file",
  find(facts, { leastTokens }) {
    const calls = repeatedCalls(facts);
    const held = calls.filter(({ earlier }) => earlier === "held");
    const taken = calls.filter(({ earlier }) => earlier !== "held");
    const isWorthIt = (all: readonly Repeat[]) => all.length > 0 && carriedBy(all, facts).carriedTokens >= leastTokens;
    return [
      ...(isWorthIt(held) ? [findingOfHeld(held, facts)] : []),
      ...(isWorthIt(taken) ? [findingOfTaken(taken, facts)] : []),
    ];
  },
};

function carriedBy(repeats: readonly Repeat[], { resultOf, argumentsOf }: SessionFacts): Carried {
  return addedUp(repeats.flatMap(({ call }) => [resultOf(call), argumentsOf(call)]));
}

/** Steps that did nothing but read again. */
function stepsOf(repeats: readonly Repeat[], { steps }: SessionFacts): Step[] {
  const ids = new Set(repeats.map(({ call }) => call.id));
  return steps.filter(({ tools }) => tools.length > 0 && tools.every(({ id }) => ids.has(id)));
}

function findingOfHeld(repeats: readonly Repeat[], facts: SessionFacts): Finding {
  const { carriedTokens: tokens, costUsd: usd } = carriedBy(repeats, facts);
  const times = timesOf(stepsOf(repeats, facts), facts);
  const isOne = repeats.length === 1;
  return {
    message: `${plural(repeats.length, "read")} repeated unchanged text that was still in the context: ${filesOf(repeats)}. ${isOne ? "The copy" : "The copies"} took ${formatCompact(tokens)} tokens of later prompts.`,
    ...shownBy(repeats, times),
    savings: { ms: times.savedMs, tokens, usd },
    basis: "derived",
    formula: `${isOne ? "the repeated result and the call for it, over every prompt that held it" : `the ${repeats.length} repeated results and the calls for them, over every prompt that held them`}: ${formatCompact(tokens)} tokens${times.steps.length > 0 ? `; and ${times.words}` : ""}`,
    apply: [
      {
        label: "AGENTS.md",
        text: "Before reading a file, check whether its text already stands in this conversation and has not been changed since; if so, use that instead of reading it again.",
      },
    ],
  };
}

function findingOfTaken(repeats: readonly Repeat[], facts: SessionFacts): Finding {
  const times = timesOf(stepsOf(repeats, facts), facts);
  const arePruned = repeats.every(({ earlier }) => earlier === "pruned");
  const taken = arePruned ? PRUNED : COMPACTED;
  const { title, by, why, apply } = taken;
  return {
    ...{ title, why },
    message: `${plural(repeats.length, "read")} brought back what had been there before ${by}: ${filesOf(repeats)}.${times.steps.length > 0 ? ` ${plural(times.steps.length, "step")} did nothing else.` : ""}`,
    ...shownBy(repeats, times),
    ...claimedFor(times, taken),
    apply: [apply],
  };
}

/** Only steps that would not have been needed: what the reads brought in was. */
function claimedFor(times: Times, { caveat }: Taken): Pick<Finding, "savings" | "basis" | "formula" | "caveat"> {
  const { steps, savedMs } = times;
  if (steps.length === 0)
    return { savings: {}, basis: "measured", formula: "no step did nothing but read again, so nothing is claimed" };
  const tokens = tokensOfSteps(steps);
  return {
    savings: { ms: savedMs, tokens, usd: costOfSteps(steps) },
    basis: "estimated",
    formula: `${plural(steps.length, "step")} did nothing but read again: ${formatCompact(tokens)} tokens, ${times.spent}`,
    caveat,
  };
}

/** What is said of reads that brought back what had been taken out. */
interface Taken {
  readonly title: string;
  readonly by: string;
  readonly why: string;
  readonly caveat: string;
  readonly apply: Remedy;
}

const COMPACTED: Taken = {
  title: "Make compactions keep what is still needed",
  by: "a compaction had taken it out",
  why: "What a compaction throws away has to be read again: one more step each time.",
  caveat: "Saved only if the summary had carried over what was needed.",
  apply: {
    label: "AGENTS.md",
    text: "Read the lines that are needed (offset and limit), not whole files, and say in your answers which lines of which file matter and why: what stands in results alone is lost when the session is compacted.",
  },
};
const PRUNED: Taken = {
  title: "Keep results that are still needed",
  by: "old results were pruned",
  why: "What is pruned has to be read again: one more step each time.",
  caveat: "Saved only if the results had been kept, and every call until then would have been sent them.",
  apply: { label: "opencode.json", text: JSON.stringify({ compaction: { prune: false } }, null, 2) },
};

interface Times {
  readonly steps: readonly Step[];
  readonly savedMs: number;
  /** What they took, in words. */
  readonly spent: string;
  readonly words: string;
}

function timesOf(steps: readonly Step[], { work }: SessionFacts): Times {
  const savedMs = work.savedMs(steps.map(({ id }) => id));
  const spentMs = steps.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
  const hidden = hiddenTime(spentMs, savedMs);
  const spent = `${formatDuration(spentMs)}${hidden}`;
  const words = `${formatDuration(spentMs)} in ${plural(steps.length, "step")} that did nothing else${hidden}`;
  return { steps, savedMs, spent, words };
}

function shownBy(
  repeats: readonly Repeat[],
  { steps }: Times,
): Pick<Finding, "evidence" | "affected" | "affectedNoun"> {
  const inSteps = new Set(steps.flatMap(({ tools }) => tools));
  const beside = repeats.filter(({ call }) => !inSteps.has(call));
  return {
    evidence: [...steps, ...beside.map(({ call }) => call)].map(({ id }) => id),
    affected: repeats.length,
    affectedNoun: "read",
  };
}

/** One more stands there where it is the last. */
const NAMED = 2;

/** `src/a.ts (3 times), src/b.ts and 4 more`, the most often read first. */
function filesOf(repeats: readonly Repeat[]): string {
  const counts = rollup(
    repeats.flatMap(({ paths }) => paths),
    (all) => all.length,
    (path) => path,
  );
  const sorted = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return listedFew(
    sorted.map(([path, count]) => (count > 1 ? `${path} (${count} times)` : path)),
    NAMED,
  );
}
