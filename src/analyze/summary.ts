import { sum } from "simple-statistics";
import type { LedgerRow, Summary } from "../model/report.js";
import type { Session } from "../model/session.js";
import { outputTokens } from "./calls.js";
import { activeMs } from "./ledger.js";
import { rounded } from "./round.js";
import { costBasis, totalCost, totalUsage } from "./tokens.js";

/** The figures of the tiles. Subagents are included, except in `turns`: nobody typed their prompts. */
export function summary(session: Session, ledger: readonly LedgerRow[]): Summary {
  const { messages, spans } = session;
  const own = messages.filter((message) => message.sessionId === session.id);
  const modelCalls = messages.filter((message) => message.isAnswered).length;
  const tokens = totalUsage(messages);
  const costUsd = totalCost(messages);
  // Some sources hold the answers to a prompt, but not the prompt.
  const unseenPrompts = spans.filter(
    (span) => span.kind === "turn" && span.trigger === "prompt" && span.message === null,
  ).length;
  return {
    wallMs: spans[0] ? spans[0].endAt - spans[0].startAt : 0,
    activeMs: activeMs(ledger),
    turns: own.filter((message) => message.origin === "prompt").length + unseenPrompts,
    shellCommands: spans.filter((span) => span.kind === "turn" && span.trigger === "shell").length,
    messages: messages.length,
    modelCalls,
    toolCalls: sum(messages.map((message) => message.tools.length)),
    toolErrors: sum(messages.map((message) => message.toolErrors)),
    subagents: new Set(messages.map((message) => message.sessionId).filter((id) => id !== session.id)).size,
    avgResponseTokens: modelCalls === 0 ? null : rounded(outputTokens(tokens) / modelCalls, 1),
    tokens,
    costUsd,
    costBasis: costBasis(messages),
  };
}
