import type { CollectedSession, OwnWork } from "../../model/collection.js";
import type { Report, Suggestion } from "../../model/report.js";
import { isNoted } from "../../report/suggestion-cards.js";
import { roundedUsd } from "../round.js";
import type { Member } from "./fold.js";

const SLOWEST = 5;
const SUGGESTIONS = 5;

/** The row of one session: what is said of it even where there is no room for its Report. */
export function collectedSession({ report, all, own, isCopy }: Member): CollectedSession {
  return {
    session: report.session,
    isCopy,
    copiedMessages: all.messages - own.messages,
    own: { ...own, ...(isCopy ? NO_WORK : ownWork(report)) },
    ...costOf(report, own, isCopy),
    summary: report.summary,
    ledger: report.time.ledger,
    slowest: report.slowest.slice(0, SLOWEST).map(({ spanId: _, ...operation }) => operation),
    suggestions: changesIn(report).slice(0, SUGGESTIONS).map(headOf),
    hasReport: true,
  };
}

/** A Report counts what was copied too, as OpenCode does. */
function ownWork({ summary, tokens }: Report): Pick<OwnWork, "turns" | "modelCalls"> {
  const copied = tokens.byMessage.filter(({ isCopied }) => isCopied);
  const prompts = copied.filter(({ origin, isSubagent }) => origin === "prompt" && !isSubagent);
  const answers = copied.filter((row) => row.role === "assistant" && row.tokens !== null);
  return { turns: summary.turns - prompts.length, modelCalls: summary.modelCalls - answers.length };
}

const NO_WORK = { turns: 0, modelCalls: 0 };

/** A recorded cost is that of its own messages; where none is recorded, the Report's estimate stands. */
function costOf(
  { summary }: Report,
  own: Member["own"],
  isCopy: boolean,
): Pick<CollectedSession, "costUsd" | "costBasis"> {
  if (isCopy) return { costUsd: null, costBasis: null };
  const { costUsd, costBasis } = summary;
  return costBasis === "recorded" ? { costUsd: roundedUsd(own.costUsd), costBasis } : { costUsd, costBasis };
}

function changesIn({ suggestions }: Report): Suggestion[] {
  return suggestions.filter((suggestion) => !isNoted(suggestion));
}

function headOf({ rule, title, savings, basis }: Suggestion): CollectedSession["suggestions"][number] {
  return { rule, title, savings, basis };
}
