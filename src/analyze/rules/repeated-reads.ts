import { rollup } from "d3";
import type { Remedy } from "../../model/report.js";
import { formatCompact, formatDuration, plural } from "../../report/format.js";
import { addedUp, type Carried } from "../context/carried.js";
import { hiddenTime } from "../facts/hidden-time.js";
import { listedFew } from "../facts/listed-few.js";
import type { SessionFacts } from "../facts/session-facts.js";
import { costOfSteps, tokensOfSteps } from "../facts/step-sums.js";
import type { Step, ToolCall } from "../facts/steps.js";
import { type RepeatedRead, repeatedReads as repeatsIn } from "../file-access.js";
import type { Finding, Rule } from "../rule.js";
import { isEdit } from "../tool-names.js";

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

/** A call that brought in nothing but what had been there before. */
interface Repeat {
  readonly call: ToolCall;
  readonly paths: readonly string[];
  readonly earlier: RepeatedRead["earlier"];
}

function repeatedCalls({ session, tools }: SessionFacts): Repeat[] {
  const byMessage = rollup(
    repeatsIn(session),
    (all) => all,
    ({ message }) => message,
    ({ callId }) => callId,
  );
  const failures = new FailedEdits();
  return tools.flatMap((call): Repeat[] => {
    const repeats = byMessage.get(call.message)?.get(call.span.callId) ?? [];
    const [first] = repeats;
    const isMending = failures.isFollowedBy(call);
    const isAll = repeats.length === filesGivenBy(call) && repeats.every(({ earlier }) => earlier === first?.earlier);
    return first && isAll && !isMending
      ? [{ call, paths: repeats.map(({ path }) => path), earlier: first.earlier }]
      : [];
  });
}

/** Whoever looks again at a file since an edit did not fit, mends that edit: another rule speaks of it. */
class FailedEdits {
  readonly #open = new Set<string>();

  /** Is asked of every call, in time order. */
  isFollowedBy({ span, message }: ToolCall): boolean {
    const places = span.files.map(({ path }) => `${message.sessionId}\n${path}`);
    if (isEdit(span.tool)) {
      for (const place of places) if (span.status === "error") this.#open.add(place);
      return false;
    }
    const mended = places.filter((place) => this.#open.delete(place));
    return mended.length > 0;
  }
}

function filesGivenBy({ message, span }: ToolCall): number {
  return message.content.filter(
    (part) => part.kind === "tool-result" && part.callId === span.callId && part.path !== null && !part.isExtra,
  ).length;
}

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
    message: `${plural(repeats.length, "read")} gave what an earlier one had given, unchanged and still in the context: ${filesOf(repeats)}. ${isOne ? "The copy" : "The copies"} took ${formatCompact(tokens)} tokens of later prompts.`,
    ...shownBy(repeats, times),
    savings: { ms: times.savedMs, tokens, usd },
    basis: "derived",
    formula: `${isOne ? "the repeated result and the call for it, over every prompt that held it" : `the ${repeats.length} repeated results and the calls for them, over every prompt that held them`}: ${formatCompact(tokens)} tokens${times.words}`,
    apply: [
      {
        label: "AGENTS.md",
        text: "Before reading a file, check whether its text already stands in this conversation and has not been changed since; if so, use that instead of reading it again.",
      },
    ],
  };
}

function findingOfTaken(repeats: readonly Repeat[], facts: SessionFacts): Finding {
  const steps = stepsOf(repeats, facts);
  const times = timesOf(steps, facts);
  const arePruned = repeats.every(({ earlier }) => earlier === "pruned");
  const by = arePruned ? "old results were pruned" : "a compaction had taken it out";
  return {
    title: arePruned ? "Keep results that are still needed" : "Carry over a compaction what is still needed",
    message: `${plural(repeats.length, "read")} brought back what had been there before ${by}: ${filesOf(repeats)}.${steps.length > 0 ? ` ${plural(steps.length, "step")} did nothing else.` : ""}`,
    ...shownBy(repeats, times),
    savings: steps.length > 0 ? { ms: times.savedMs, tokens: tokensOfSteps(steps), usd: costOfSteps(steps) } : {},
    basis: "measured",
    formula: `${steps.length > 0 ? `the tokens of the ${plural(steps.length, "step")} that did nothing but read again: ${formatCompact(tokensOfSteps(steps))}${times.words}` : "no step did nothing but read again, so nothing is claimed"}; what the reads brought in was needed and is not counted`,
    apply: arePruned ? [KEEP_RESULTS] : [READ_LESS],
  };
}

const READ_LESS: Remedy = {
  label: "AGENTS.md",
  text: "Read the lines that are needed (offset and limit), not whole files, and say in your answers which lines of which file matter and why: what stands in results alone is lost when the session is compacted.",
};
const KEEP_RESULTS: Remedy = { label: "opencode.json", text: '{\n  "compaction": { "prune": false }\n}' };

interface Times {
  readonly steps: readonly Step[];
  readonly savedMs: number;
  readonly words: string;
}

function timesOf(steps: readonly Step[], { work }: SessionFacts): Times {
  const savedMs = work.savedMs(steps.map(({ id }) => id));
  const spentMs = steps.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
  const words = `; and ${formatDuration(spentMs)} in ${plural(steps.length, "step")} that did nothing else${hiddenTime(spentMs, savedMs)}`;
  return { steps, savedMs, words: steps.length > 0 ? words : "" };
}

function shownBy(
  repeats: readonly Repeat[],
  { steps }: Times,
): Pick<Finding, "evidence" | "affected" | "affectedNoun"> {
  return {
    evidence: [...repeats.map(({ call }) => call.id), ...steps.map(({ id }) => id)],
    affected: repeats.length,
    affectedNoun: "read",
  };
}

/** `src/a.ts (3 times), src/b.ts`, the most often read first. */
function filesOf(repeats: readonly Repeat[]): string {
  const counts = rollup(
    repeats.flatMap(({ paths }) => paths),
    (all) => all.length,
    (path) => path,
  );
  const sorted = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return listedFew(sorted.map(([path, count]) => (count > 1 ? `${path} (${count} times)` : path)));
}
