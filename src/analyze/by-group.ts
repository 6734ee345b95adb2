import { group } from "d3";
import type { GroupTokensRow } from "../model/report.js";
import type { Message, Session } from "../model/session.js";
import { costBasis, totalCost, totalUsage } from "./tokens.js";

/** One row an agent, the most tokens first. */
export function tokensByAgent({ messages }: Session): GroupTokensRow[] {
  const rows = [...group(answered(messages), ({ agent }) => agent ?? "unknown agent")].map(([name, calls]) =>
    rowOf(name, null, calls),
  );
  return rows.sort((a, b) => b.tokens.total - a.tokens.total || (a.name < b.name ? -1 : 1));
}

/** One row a turn, in time order, what its subagents did counted in; then what belongs to no turn. */
export function tokensByTurn({ messages, spans }: Session, idOf: readonly number[]): GroupTokensRow[] {
  const turnOf = spans.map(() => -1);
  spans.forEach(({ kind, parent }, i) => {
    turnOf[i] = kind === "turn" ? i : parent < 0 ? -1 : (turnOf[parent] as number);
  });
  const byTurn = group(answered(messages), ({ span }) => (span === null ? -1 : (turnOf[span] as number)));
  const turns = spans.flatMap((span, i) => {
    const calls = span.kind === "turn" ? byTurn.get(i) : undefined;
    return calls ? [rowOf(span.name, idOf[i] as number, calls)] : [];
  });
  const others = byTurn.get(-1) ?? [];
  const copied = others.filter(({ isCopied }) => isCopied);
  const beside = others.filter(({ isCopied }) => !isCopied);
  return [
    ...(copied.length > 0 ? [rowOf("copied from another session", null, copied)] : []),
    ...turns,
    ...(beside.length > 0 ? [rowOf("beside the turns", null, beside)] : []),
  ];
}

function answered(messages: readonly Message[]): Message[] {
  return messages.filter(({ isAnswered }) => isAnswered);
}

function rowOf(name: string, spanId: number | null, calls: readonly Message[]): GroupTokensRow {
  return {
    name,
    spanId,
    calls: calls.length,
    tokens: totalUsage(calls),
    costUsd: totalCost(calls),
    costBasis: costBasis(calls),
    isReverted: calls.every((call) => call.isReverted),
  };
}
