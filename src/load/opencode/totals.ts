import { rootOf } from "../root-of.js";
import type { SessionEntry, SessionTotals } from "../source.js";
import type { SessionRows } from "./drafts.js";
import { knownTotals } from "./known-totals.js";
import { latest, timesOf } from "./timing.js";

/** The totals of each session alone become those of the root sessions, what their subagents did counted in. */
export function rootTotals(rows: readonly SessionTotals[]): SessionTotals[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const totals = new Map<string, SessionTotals>();
  for (const row of rows.map(knownTotals)) {
    const root = rootOf(row, byId);
    const sum = totals.get(root.id);
    totals.set(root.id, sum ? added(sum, row) : { ...row, ...identity(root) });
  }
  return [...totals.values()].map(withKnownCost);
}

function identity({ id, parentId, title, directory, createdAt, updatedAt }: SessionEntry): SessionEntry {
  return { id, parentId, title, directory, createdAt, updatedAt };
}

/** A 0 beside no tokens is that of calls that were never counted. */
function withKnownCost(row: SessionTotals): SessionTotals {
  return row.tokens === 0 && row.costUsd === 0 ? { ...row, costUsd: null } : row;
}

function added(a: SessionTotals, b: SessionTotals): SessionTotals {
  const pick = (choose: (...n: number[]) => number, x: number | null, y: number | null) =>
    x === null || y === null ? (x ?? y) : choose(x, y);
  const plus = (x = 0, y = 0) => x + y;
  return {
    ...a,
    messages: pick(plus, a.messages, b.messages),
    startedAt: pick(Math.min, a.startedAt, b.startedAt),
    endedAt: pick(Math.max, a.endedAt, b.endedAt),
    tokens: pick(plus, a.tokens, b.tokens),
    costUsd: pick(plus, a.costUsd, b.costUsd),
  };
}

/** The totals of one session whose messages have been read. A message without an end ends with the last of its parts. */
export function totalsOf(entry: SessionEntry, { messages }: SessionRows): SessionTotals {
  const own = messages.filter((message) => !message.isCopied);
  const last = own.at(-1);
  const tokens = messages.flatMap((message) => (message.tokens ? Object.values(message.tokens) : []));
  const costs = messages.flatMap((message) => message.costUsd ?? []);
  return {
    ...identity(entry),
    messages: messages.length,
    startedAt: own[0]?.createdAt ?? null,
    endedAt: last
      ? latest(last.completedAt ?? last.createdAt, last.completedAt === null ? last.parts.flatMap(timesOf) : [])
      : null,
    tokens: tokens.reduce((sum, count) => sum + count, 0),
    costUsd: costs.length === 0 ? null : costs.reduce((sum, cost) => sum + cost, 0),
  };
}

/** What a session's own sums hold beyond its messages; null for nothing. */
export function besides({ messages }: SessionRows, tokens: number, costUsd: number): SessionRows["besides"] {
  const counted = messages.flatMap((message) => (message.tokens ? Object.values(message.tokens) : []));
  const tokensBesides = counted.reduce((rest, count) => rest - count, tokens);
  const costBesides = messages.reduce((rest, message) => rest - (message.costUsd ?? 0), costUsd);
  return tokensBesides > 0 ? { tokens: tokensBesides, costUsd: Math.max(0, costBesides) } : null;
}
