import type { Milliseconds, Share, Tokens, Usd } from "../../model/units.js";
import { formatCount, formatDuration, plural } from "../../report/format.js";
import { isEdit } from "../../report/tool-names.js";
import { hiddenTime } from "../facts/hidden-time.js";
import { listedApart, listedFew } from "../facts/listed-few.js";
import { outputOf } from "../facts/output-of.js";
import type { SessionFacts } from "../facts/session-facts.js";
import { addedUsd } from "../facts/step-sums.js";
import type { Step, StepRun } from "../facts/steps.js";
import { wordCount, proseWords as wordsOfProse } from "../facts/word-count.js";
import type { Finding, Rule } from "../rule.js";
import type { Limits } from "../thresholds.js";

/** Long prose after a short prompt, in a turn that changed nothing. */
export const verboseOutput: Rule<"verbose-output"> = {
  id: "verbose-output",
  type: "prompting",
  title: "Say how long the answer should be",
  why: "Output is the slowest and most expensive kind of token, and a short prompt leaves its length to the model.",
  panel: "by-message",
  find(facts, limits) {
    const changed = changedWithin(facts);
    const long = facts.runs.flatMap((run) => (changed(run) ? [] : longAnswers(run, limits)));
    return long.length === 0 ? [] : [finding(long, limits, facts)];
  },
};

interface LongAnswer {
  readonly step: Step;
  readonly promptWords: number;
  readonly words: number;
}

/** Only what a person asked: what an agent gives its subagents to do is not worded by the reader. */
function longAnswers({ turn, prompt, steps }: StepRun, limits: Limits<"verbose-output">) {
  const { proseWords, mostProseWords, mostPromptWords } = limits;
  if (turn?.trigger !== "prompt" || prompt === null) return [];
  const promptWords = wordCount(prompt.text.shape);
  if (promptWords > mostPromptWords) return [];
  return steps.flatMap((step): LongAnswer[] => {
    const words = wordsOfProse(step.message);
    const isLong = words >= proseWords && words <= mostProseWords;
    return isLong && step.tools.length === 0 && !step.message.isCompaction ? [{ step, promptWords, words }] : [];
  });
}

/** Whether a turn, or a subagent in it, edited something. */
function changedWithin({ spans, tools, endOf }: SessionFacts): (run: StepRun) => boolean {
  const edits = new Set(tools.flatMap(({ id, span }) => (isEdit(span.tool) ? [id] : [])));
  const before = [0];
  spans.forEach((_, id) => {
    before.push((before[id] as number) + (edits.has(id) ? 1 : 0));
  });
  return ({ id }) => (before[endOf[id] ?? id] as number) > (before[id] as number);
}

function finding(long: readonly LongAnswer[], { targetWords }: Limits<"verbose-output">, facts: SessionFacts): Finding {
  const shareOf = ({ words }: LongAnswer) => Math.max(0, words - targetWords) / words;
  const textMs = long.map((each) => shareOf(each) * textTime(each.step));
  const spentMs = textMs.reduce((sum, ms) => sum + ms, 0);
  const savedMs = long.reduce(
    (sum, { step }, i) => sum + Math.min(textMs[i] as Milliseconds, facts.work.savedOwnMs([step.modelId])),
    0,
  );
  const [first] = long as [LongAnswer];
  const answers =
    long.length === 1
      ? `An answer of ${formatCount(first.words)} words followed a prompt of ${plural(first.promptWords, "word")}`
      : `${long.length} answers of ${listedFew(long.map(({ words }) => formatCount(words)))} words followed prompts of ${listedFew(long.map(({ promptWords }) => formatCount(promptWords)))} words`;
  return {
    message: `${answers}, and nothing was edited.`,
    evidence: long.map(({ step }) => step.modelId),
    affected: long.length,
    affectedNoun: "response",
    savings: {
      ms: savedMs,
      tokens: long.reduce<Tokens>((sum, each) => sum + shareOf(each) * outputOf(each.step), 0),
      usd: addedUsd(long.map((each) => costOf(each.step, shareOf(each), facts))),
    },
    basis: "estimated",
    formula: `${listedApart(
      long.map((each, i) => sparing(each, targetWords, shareOf(each), textMs[i] as Milliseconds)),
      MOST_LISTED,
    )}${hiddenTime(spentMs, savedMs)}`,
    apply: [
      {
        label: "Prompt",
        text: `Answer in at most ${formatCount(targetWords)} words: the conclusion first, then only what I need to decide. No background, no summary of what you looked at.`,
      },
      {
        label: "AGENTS.md",
        text: `Keep answers without code under ${formatCount(targetWords)} words unless more is asked for; give the conclusion first.`,
      },
    ],
  };
}

/** How long the text of an answer streamed; where only the whole is timed, by its part of the tokens. */
function textTime({ call, message, outputTokens }: Step): Milliseconds {
  if (call.textMs !== null) return Math.min(call.textMs, call.generateMs ?? call.textMs);
  const share: Share = outputTokens > 0 ? (message.tokens?.output ?? 0) / outputTokens : 0;
  return (call.generateMs ?? 0) * share;
}

function costOf(step: Step, share: Share, { ratesOf }: SessionFacts): Usd | null {
  const { message } = step;
  const rates = ratesOf(message);
  if (rates === null || message.costUsd === null) return null;
  return Math.min(share * outputOf(step) * rates.output, message.costUsd);
}

/** `200 of 700 words would have spared 500/700 of its 772 tokens (551) and 1.3 s`. */
function sparing({ step, words }: LongAnswer, targetWords: number, share: Share, ms: Milliseconds): string {
  const part = `${formatCount(Math.max(0, words - targetWords))}/${formatCount(words)}`;
  const tokens = `${formatCount(outputOf(step))} tokens (${formatCount(Math.floor(share * outputOf(step)))})`;
  const time = ms > 0 ? ` and ${formatDuration(ms)}` : "";
  return `${formatCount(targetWords)} of ${formatCount(words)} words would have spared ${part} of its ${tokens}${time}`;
}

const MOST_LISTED = 5;
