import { formatDuration, listed, plural } from "../../report/format.js";
import { callName } from "../facts/call-name.js";
import { hiddenTime } from "../facts/hidden-time.js";
import { listedFew } from "../facts/listed-few.js";
import type { SessionFacts } from "../facts/session-facts.js";
import { costOfSteps, tokensOfSteps } from "../facts/step-sums.js";
import type { Step, StepRun, ToolCall } from "../facts/steps.js";
import type { Finding, Rule } from "../rule.js";
import type { Limits } from "../thresholds.js";

/** Steps in a row that made the same call, or the same few calls by turns, and got the same each time. */
export const repeatedCalls: Rule<"repeated-calls"> = {
  id: "repeated-calls",
  type: "prompting",
  title: "Stop loops of calls that change nothing",
  why: "A call that was just made brings nothing new, and its step sends the whole context again.",
  panel: "by-tool",
  find(facts, limits) {
    const loops = facts.runs.flatMap((run) => loopsIn(run, limits));
    return loops.length === 0 ? [] : [finding(loops, facts)];
  },
};

/** A step with its only call. */
interface Single {
  readonly step: Step;
  readonly call: ToolCall;
}

interface Loop {
  readonly singles: readonly Single[];
  /** How many calls one round has. */
  readonly period: number;
}

function loopsIn({ steps }: StepRun, { fewestInARow, longestLoop }: Limits<"repeated-calls">): Loop[] {
  const singles = steps.map(singleOf);
  const seen = new Set<Single>();
  const loops: Loop[] = [];
  for (let period = 1; period <= Math.min(longestLoop, singles.length / 2); period++) {
    for (const loop of rowsThatRepeat(singles, period, Math.max(2, fewestInARow))) {
      if (loop.singles.every((single) => seen.has(single)) || !givesTheSame(loop)) continue;
      for (const single of loop.singles) seen.add(single);
      loops.push(loop);
    }
  }
  return loops;
}

function singleOf(step: Step): Single | null {
  const [call] = step.tools;
  return call && step.tools.length === 1 ? { step, call } : null;
}

function asksTheSame({ call: { span } }: Single, { call }: Single): boolean {
  return span.tool === call.span.tool && span.inputDigest === call.span.inputDigest;
}

/** The longest rows in which every call asks what the one a round before it asked. */
function rowsThatRepeat(singles: readonly (Single | null)[], period: number, rounds: number): Loop[] {
  const loops: Loop[] = [];
  let from = 0;
  for (let i = period; i <= singles.length; i++) {
    const [single, before] = [singles[i], singles[i - period]];
    if (single && before && asksTheSame(single, before)) continue;
    // As there are two rounds or more, each of the row was held against another: none is null.
    if (i - from >= period * rounds) loops.push({ singles: singles.slice(from, i) as Single[], period });
    from = i - period + 1;
  }
  return loops;
}

/** Where a result differs, something was waited for, or has changed in between: that is no loop. */
function givesTheSame({ singles }: Loop): boolean {
  const first = new Map<string, string | null>();
  return singles.every((single) => {
    const { tool, inputDigest } = single.call.span;
    const asked = `${tool}\n${inputDigest}`;
    const gave = whatItGave(single);
    if (!first.has(asked)) first.set(asked, gave);
    return gave !== null && first.get(asked) === gave;
  });
}

/** null where it cannot be told. */
function whatItGave({ step, call }: Single): string | null {
  const { callId, status, error } = call.span;
  const results = step.message.content.flatMap((part) =>
    part.kind === "tool-result" && part.callId === callId ? [part.digest] : [],
  );
  const hasEnded = status === "ok" || status === "error";
  return hasEnded && (results.length > 0 || error !== null) ? [status, error, ...results].join("\n") : null;
}

function finding(loops: readonly Loop[], facts: SessionFacts): Finding {
  const wasted = [...new Set(loops.flatMap(({ singles, period }) => singles.slice(period)))].map(({ step }) => step);
  const { spentMs, savedMs } = facts.work;
  const ids = wasted.map(({ id }) => id);
  const spent = spentMs(ids);
  const saved = savedMs(ids);
  const described = loops.map((loop) => describe(loop, facts));
  return {
    message: `The agent ran ${listedFew(described, 3)} with the same result${loops.length === 1 && loops[0]?.period === 1 ? "" : " each time"}; ${wastedWords(loops, wasted.length)} (${formatDuration(spent)}) brought nothing new.`,
    evidence: loops.flatMap(({ singles }) => singles.map(({ step }) => step.id)),
    affected: wasted.length,
    affectedNoun: "call",
    savings: { ms: saved, tokens: tokensOfSteps(wasted), usd: costOfSteps(wasted) },
    basis: "measured",
    formula: `the time and the tokens of the ${plural(wasted.length, "step")} after the first round: ${listedFew(wasted.map(({ id }) => formatDuration(spentMs([id]))))}${hiddenTime(spent, saved)}`,
    caveat: "If this was polling on purpose, use one command that waits.",
    apply: [
      {
        label: "AGENTS.md",
        text: "Never make a call again with the same arguments unless something has changed since. If its result does not help, change the arguments, try another way, or say what is missing.",
      },
    ],
  };
}

function wastedWords(loops: readonly Loop[], wasted: number): string {
  return loops.length === 1 ? `the last ${wasted}` : `${wasted} of the calls`;
}

function describe({ singles, period }: Loop, facts: SessionFacts): string {
  const names = singles.slice(0, period).map(({ call }) => callName(call, facts));
  const rounds = Math.floor(singles.length / period);
  return `${listed(names)} ${period === 1 ? `${rounds} times in a row` : `${rounds} times by turns`}`;
}
