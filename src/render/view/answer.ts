import type { Report, State } from "../../model/report.js";
import { formatDuration, formatShare, listed } from "../../report/format.js";
import type { Percents } from "./percents.js";

/** The answer first: what the session's time went to, in two sentences. Emphasis is marked by the template. */
export function answer({ summary, time, slowest }: Report, percents: Percents): { lead: string; rest: string } {
  const { wallMs, activeMs } = summary;
  if (activeMs === 0)
    return {
      lead: "No work on record",
      rest: summary.messages > 0 ? " in this session: its messages have no time of their own." : " in this session.",
    };
  const parts = time.ledger
    .filter(({ share }) => share !== null && share >= 0.05)
    .sort((a, b) => b.ms - a.ms)
    .map(({ state }) => `${percents[state]} ${ANSWER_WORDS[state]}`);
  const first = slowest[0];
  const share = first ? first.durationMs / activeMs : 0;
  const slow =
    first && share >= 0.03
      ? ` The slowest operation, ${first.title}, took ${formatDuration(first.durationMs)} (${formatShare(share)}).`
      : "";
  const of = wallMs > activeMs ? ` in ${formatDuration(wallMs)}` : "";
  return {
    lead: `${formatDuration(activeMs)} of work`,
    rest: `${of}${parts.length > 0 ? `: ${listed(parts)}` : ""}.${slow}`,
  };
}

const ANSWER_WORDS: Partial<Record<State, string>> = {
  generating: "AI thinking",
  "running-tools": "tools",
  retrying: "retries",
  "waiting-for-model": "waiting for the model",
  overhead: "overhead",
};
