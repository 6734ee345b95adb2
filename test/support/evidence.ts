import { cacheMisses } from "../../src/analyze/cache-miss.js";
import { contextLedger } from "../../src/analyze/context/index.js";
import { pricesOf } from "../../src/analyze/prices.js";
import { subtreeEnds } from "../../src/analyze/subtree-ends.js";
import type { Report, ReportSpan } from "../../src/model/report.js";
import type { Session } from "../../src/model/session.js";

/** What some spans took, with all that they hold. */
export interface Took {
  readonly ms: number;
  /** Of their model calls, and what prompts carried along of their tool calls. */
  readonly tokens: number;
  readonly usd: number;
}

/** Worked out without the rules: the most that a suggestion with this evidence can save. */
export function tookBy(evidence: readonly number[], { spans }: Report, session: Session): Took {
  const ends = subtreeEnds(spans);
  const inside = new Set(evidence.flatMap((id) => Array.from({ length: (ends[id] ?? id) - id }, (_, i) => id + i)));
  const outermost = [...new Set(evidence)].filter((id) => !isInside(id, evidence, ends));
  const held = [...inside].map((id) => spans[id] as ReportSpan);
  const messageIds = new Set(held.filter(({ kind }) => kind === "model").map(({ messageId }) => messageId));
  const calls = new Set(held.filter(({ kind }) => kind === "tool").map((span) => `${span.messageId} ${span.callId}`));
  const messages = session.messages.filter(({ id }) => messageIds.has(id));
  const { totals } = contextLedger(session, pricesOf(session, null), [], cacheMisses(session));
  const carried = [...totals.ofItem].filter(([item]) => calls.has(`${item.message.id} ${item.callId}`));
  return {
    ms: sum(outermost.map((id) => (spans[id]?.endMs ?? 0) - (spans[id]?.startMs ?? 0))),
    tokens: sum([...messages.map(usedBy), ...carried.map(([, { carriedTokens }]) => carriedTokens)]),
    usd: sum([...messages.map(({ costUsd }) => costUsd ?? 0), ...carried.map(([, { costUsd }]) => costUsd ?? 0)]),
  };
}

function isInside(id: number, others: readonly number[], ends: readonly number[]): boolean {
  return others.some((other) => other < id && id < (ends[other] ?? 0));
}

function usedBy({ tokens }: Session["messages"][number]): number {
  return tokens ? sum(Object.values(tokens)) : 0;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
