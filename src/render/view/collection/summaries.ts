import { statePaint } from "../../../flame/palette.js";
import type { CollectedSession } from "../../../model/collection.js";
import {
  formatCompact,
  formatCount,
  formatDuration,
  formatInstant,
  formatShare,
  plural,
} from "../../../report/format.js";
import { displayTitle } from "../../../report/visible.js";
import { swatch } from "../../bar-svg.js";
import { codeParts } from "../code-parts.js";
import { OUTCOME_LABELS, STATE_LABELS } from "../labels.js";
import { ledgerPercents } from "../percents.js";
import { costText, hitRate } from "../usage-columns.js";
import { type Anchors, tokensOf } from "./sessions.js";
import { activeStates } from "./words.js";

/** What is said of a session without a script, or without its Report: strings for the template `collection-summary`. */
export function summaryView(row: CollectedSession, anchors: Anchors) {
  const { session, summary, suggestions, hasReport, isCopy } = row;
  return {
    anchor: anchors.get(session.id) as string,
    title: displayTitle(session.title),
    hasReport,
    head: [
      summary.messages === 0 ? "no messages" : formatInstant(session.startedAt),
      OUTCOME_LABELS[session.outcome],
      ...(isCopy ? ["a copy, counted nowhere"] : []),
    ].join(" · "),
    facts: factsOf(row),
    states: statesOf(row),
    slowest: slowestOf(row),
    suggestions: suggestions.map(({ title }) => ({ title: codeParts(title) })),
    id: session.id,
  };
}

function factsOf(row: CollectedSession) {
  const { summary, own } = row;
  const failed = summary.toolErrors > 0 ? `, ${formatCount(summary.toolErrors)} failed` : "";
  return [
    ["Active time", `${formatDuration(summary.activeMs)} of ${formatDuration(summary.wallMs)}`],
    ["Tokens", `${formatCompact(tokensOf(row))}, ${formatShare(hitRate(own.tokens))} of input cached`],
    ["Cost", costText(row)],
    ["Messages", `${formatCount(summary.messages)}, ${plural(summary.turns, "turn")}`],
    ["Tool calls", `${formatCount(summary.toolCalls)}${failed}`],
  ].map(([label, value]) => ({ label, value }));
}

function statesOf({ ledger }: CollectedSession) {
  const percents = ledgerPercents(ledger);
  return activeStates(ledger).map(({ state, ms }) => {
    return {
      swatch: swatch(statePaint(state)),
      label: STATE_LABELS[state],
      value: formatDuration(ms),
      percent: percents[state],
    };
  });
}

function slowestOf({ slowest }: CollectedSession) {
  return slowest.map(({ title, detail, durationMs }) => ({ title, detail, duration: formatDuration(durationMs) }));
}
