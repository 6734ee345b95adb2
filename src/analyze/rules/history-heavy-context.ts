import type { CompositionRow } from "../../model/report.js";
import type { Tokens } from "../../model/units.js";
import { formatCompact, formatShare, plural } from "../../report/format.js";
import { shortened } from "../../report/visible.js";
import { HISTORY, type HistoryBefore } from "../context/history-sums.js";
import type { SessionFacts } from "../facts/session-facts.js";
import type { StepRun } from "../facts/steps.js";
import type { Finding, Rule } from "../rule.js";

const NAME_CHARS = 60;

/** Prompts that were mostly conversation, and the turn at which a new session would have spared the most of it. */
export const historyHeavyContext: Rule<"history-heavy-context"> = {
  id: "history-heavy-context",
  type: "context",
  title: "Start a new session for a new task",
  why: "Every call sends the whole conversation again, whether it is about the same thing or not.",
  panel: "by-file",
  find(facts, { historyShare, fewestTurns, leastInputTokens }) {
    const rows = facts.composition.filter(({ sessionId }) => sessionId === facts.session.id);
    const input = rows.reduce((sum, { promptTokens }) => sum + promptTokens, 0);
    const history = rows.reduce((sum, row) => sum + historyOf(row), 0);
    const turns = facts.runs.filter(({ turn }) => turn?.trigger === "prompt");
    if (input < leastInputTokens || history <= historyShare * input || turns.length < fewestTurns) return [];
    const best = bestBoundary(turns, facts);
    return best === null ? [] : [finding(best, { input, history }, turns, facts)];
  },
};

function historyOf({ parts }: CompositionRow): Tokens {
  return parts.reduce((sum, { kind, tokens }) => sum + (HISTORY.has(kind) ? tokens : 0), 0);
}

interface Boundary extends HistoryBefore {
  /** Its place among the turns that a prompt began. */
  readonly place: number;
}

/** The turn before which the most came that later prompts still held. */
function bestBoundary(turns: readonly StepRun[], { historyBefore }: SessionFacts): Boundary | null {
  return turns.reduce<Boundary | null>((best, { id }, place) => {
    const before = historyBefore.get(id);
    return before && before.tokens > (best?.tokens ?? 0) ? { ...before, place } : best;
  }, null);
}

function finding(
  { place, tokens, usd }: Boundary,
  { input, history }: { readonly input: Tokens; readonly history: Tokens },
  turns: readonly StepRun[],
  { runs, session }: SessionFacts,
): Finding {
  const { id, turn, prompt } = turns[place] as StepRun;
  const later = runs.filter((run) => run.turn !== null && run.sessionId === session.id && run.id >= id);
  const calls = later.reduce((sum, { steps }) => sum + steps.length, 0);
  // As the page names it; its place stands for a turn whose prompt is not there.
  const name = prompt ? `the turn at #${prompt.number}` : `turn ${place + 1}`;
  return {
    message: `${formatShare(history / input)} of the session's input was conversation history: ${formatCompact(history)} of ${formatCompact(input)} tokens. If ${name} (“${shortened(unquoted(turn?.name ?? ""), NAME_CHARS)}”) had nothing to do with what came before, a new session there would have saved ${formatCompact(tokens)}.`,
    evidence: later.map((run) => run.id),
    affected: later.length,
    affectedNoun: "turn",
    savings: { tokens, usd },
    basis: "derived",
    formula: `what the ${plural(calls, "call")} from ${name} on were sent of the conversation before it: ${formatCompact(tokens)} tokens; results of tools are left out, since files would have been read again`,
    caveat: `Only where ${name} and those after it needed nothing of what was said before.`,
    apply: [
      {
        label: "Prompt",
        text: "Sum up in at most 200 words what is decided and what is left to do, with the paths that matter, so that I can go on in a new session.",
      },
    ],
  };
}

/** `opencode run` writes quotes around what it was given. */
function unquoted(name: string): string {
  return name.replace(/^"|"$/g, "");
}
