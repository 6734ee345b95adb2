import type { CompositionRow, ReportNote } from "../model/report.js";
import type { Message, Session } from "../model/session.js";

/** What the reader must know about the tokens and the cost: each with whether it applies. */
export function tokenNotes(
  { messages }: Session,
  composition: readonly CompositionRow[],
  priceList: string | null,
): [boolean, ReportNote["kind"], string][] {
  const estimated = messages.filter(({ costIsEstimated }) => costIsEstimated);
  const unpriced = messages.filter(({ costUsd, tokens }) => costUsd === null && tokens !== null);
  const shrunk = composition.filter(({ shrunkTokens }) => shrunkTokens > 0).length;
  return [
    [
      estimated.length > 0,
      "guessed",
      `${count(estimated.length, "call has", "calls have")} no recorded cost: ${estimated.length === 1 ? "it is" : "they are"} shown at list prices (${priceList}).`,
    ],
    [
      unpriced.length > 0,
      "info",
      `${count(unpriced.length, "call has", "calls have")} no recorded cost and no known price (${modelsOf(unpriced)}): left out of all costs.`,
    ],
    [
      composition.length > 0,
      "info",
      `What a prompt was made of is worked out: the provider counted the prompt, and each thing that was added since the call before is set to what the prompt grew by.${shareOf(composition)}`,
    ],
    [
      shrunk > 0,
      "guessed",
      `${count(shrunk, "prompt was", "prompts were")} smaller than what ${shrunk === 1 ? "it" : "they"} should have held, and nothing in the data says why; everything but the system prompt and the tool definitions was made smaller alike.`,
    ],
  ];
}

function shareOf(composition: readonly CompositionRow[]): string {
  const all = composition.reduce((sum, { promptTokens }) => sum + promptTokens, 0);
  const parts = composition.flatMap(({ parts: own }) => own.filter(({ kind }) => kind === "unattributed"));
  const unattributed = parts.reduce((sum, { tokens }) => sum + tokens, 0);
  const percent = (100 * unattributed) / all;
  return unattributed === 0
    ? ""
    : ` ${percent < 0.1 ? "Less than 0.1" : percent.toFixed(1)} % could not be attributed.`;
}

function modelsOf(messages: readonly Message[]): string {
  return [...new Set(messages.map(({ model }) => model ?? "unknown model"))].sort().join(", ");
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}
