import { group } from "d3";
import { sum } from "simple-statistics";
import type { MessageRow, ModelRow, Summary } from "../model/report.js";
import type { Message, Session } from "../model/session.js";
import type { Tokens, TokenUsage, Usd } from "../model/units.js";
import { rounded } from "./round.js";

type UsageAndTotal = TokenUsage & { readonly total: Tokens };

/** Costs are sums of decimal fractions: nine digits are more than any price list has. */
const USD_DIGITS = 9;

/** One row a message, user messages too, in time order, numbered as in the chart. */
export function tokensByMessage({ id, messages }: Session, idOf: readonly number[]): MessageRow[] {
  return messages.map((message) => ({
    number: message.number,
    messageId: message.id,
    spanId: message.span === null ? null : (idOf[message.span] as number),
    role: message.role,
    origin: message.origin,
    agent: message.agent,
    model: message.model,
    isSubagent: message.sessionId !== id,
    isCopied: message.isCopied,
    isReverted: message.isReverted,
    isCompaction: message.isCompaction,
    tokens: message.tokens && withTotal(message.tokens),
    costUsd: totalCost([message]),
    firstWords: message.text.firstWords,
    error: message.error,
  }));
}

/** One row a model, the most tokens first. */
export function tokensByModel({ messages }: Session): ModelRow[] {
  const answered = messages.filter(({ isAnswered }) => isAnswered);
  const all = totalUsage(messages).total;
  const rows = [...group(answered, ({ model }) => model ?? "unknown model")].map(([model, calls]): ModelRow => {
    const tokens = totalUsage(calls);
    const share = all === 0 ? null : rounded(tokens.total / all, 6);
    return { model, calls: calls.length, tokens, share, costUsd: totalCost(calls) };
  });
  return rows.sort((a, b) => b.tokens.total - a.tokens.total || (a.model < b.model ? -1 : 1));
}

export function totalUsage(messages: readonly Pick<Message, "tokens">[]): UsageAndTotal {
  const total = (field: keyof TokenUsage) => sum(messages.map(({ tokens }) => tokens?.[field] ?? 0));
  return withTotal({
    uncachedInput: total("uncachedInput"),
    cacheRead: total("cacheRead"),
    cacheWrite: total("cacheWrite"),
    output: total("output"),
    reasoning: total("reasoning"),
  });
}

/** The sum of the recorded costs; null where none is recorded. A 0 beside no tokens is that of a call that was never counted. */
export function totalCost(messages: readonly Message[]): Usd | null {
  const costs = messages.flatMap(({ costUsd, tokens }) =>
    costUsd === null || (costUsd === 0 && !tokens) ? [] : costUsd,
  );
  return costs.length === 0 ? null : rounded(sum(costs), USD_DIGITS);
}

/** A recorded 0 beside used tokens means a subscription or a free model, not that nothing was used. */
export function costBasis(costUsd: Usd | null, tokens: Tokens): Summary["costBasis"] {
  if (costUsd === null) return "unknown";
  return costUsd === 0 && tokens > 0 ? "free" : "recorded";
}

function withTotal(usage: TokenUsage): UsageAndTotal {
  const { uncachedInput, cacheRead, cacheWrite, output, reasoning } = usage;
  const total = uncachedInput + cacheRead + cacheWrite + output + reasoning;
  return { uncachedInput, cacheRead, cacheWrite, output, reasoning, total };
}
