import { group, rollup } from "d3";
import { sum } from "simple-statistics";
import type { CostBasis, MessageRow, ModelRow } from "../model/report.js";
import type { Message, Session } from "../model/session.js";
import type { Tokens, TokenUsage, Usd } from "../model/units.js";
import type { CarriedTotals } from "./context/carried.js";
import { rounded, roundedUsd } from "./round.js";

type UsageAndTotal = TokenUsage & { readonly total: Tokens };

/** One row a message, user messages too, in time order, numbered as in the chart. */
export function tokensByMessage(
  { id, messages }: Session,
  idOf: readonly number[],
  { ofItem }: CarriedTotals,
): MessageRow[] {
  const contentOf = rollup(
    ofItem,
    (all) => sum(all.map(([, { contentTokens }]) => contentTokens)),
    ([{ message }]) => message,
  );
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
    estimatedTokens: message.role === "user" ? (contentOf.get(message) ?? null) : null,
    costUsd: totalCost([message]),
    costBasis: costBasis([message]),
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
    return { model, calls: calls.length, tokens, share, costUsd: totalCost(calls), costBasis: costBasis(calls) };
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
  return costs.length === 0 ? null : roundedUsd(sum(costs));
}

/** Of the sum of their costs. A recorded 0 beside used tokens means a subscription or a free model, not that nothing was used. */
export function costBasis(messages: readonly Message[]): CostBasis {
  const counted = messages.filter(({ tokens, costUsd }) => tokens !== null || (costUsd ?? 0) > 0);
  const priced = counted.filter(({ costUsd }) => costUsd !== null);
  if (counted.length === 0) return null;
  if (priced.length === 0) return "no-price";
  if (priced.some(({ costIsEstimated }) => costIsEstimated)) return "estimated";
  return priced.every(({ costUsd }) => costUsd === 0) ? "free" : "recorded";
}

function withTotal(usage: TokenUsage): UsageAndTotal {
  const { uncachedInput, cacheRead, cacheWrite, output, reasoning } = usage;
  const total = uncachedInput + cacheRead + cacheWrite + output + reasoning;
  return { uncachedInput, cacheRead, cacheWrite, output, reasoning, total };
}
