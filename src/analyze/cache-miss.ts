import type { CacheMiss } from "../model/report.js";
import type { Message, Session } from "../model/session.js";
import type { EpochMs, Tokens } from "../model/units.js";
import { isSummary, promptOf } from "./context/context-walk.js";

/** After this long providers forget what they hold, unless they are asked for more. */
const CACHE_LIFETIME_MS = 5 * 60_000;
/** Below this share of what the cache could have held, a call has missed it. */
const HIT_SHARE = 0.5;

interface Before {
  readonly message: Message;
  readonly endedAt: EpochMs;
  /** How many compactions its session had had. */
  readonly compactions: number;
}

/**
 * Why calls found less than half of what the cache could have held for them: the prompt of the call before of the same
 * session, agent and model, as far as the own prompt is as long. Models that never used a cache have no misses.
 */
export function cacheMisses({ messages, spans }: Session): ReadonlyMap<Message, CacheMiss> {
  const usesCache = new Set(messages.filter(hasCache).map(({ model }) => model));
  const misses = new Map<Message, CacheMiss>();
  const lastOf = new Map<string, Before>();
  const compactionsOf = new Map<string, number>();
  for (const message of messages) {
    const { sessionId, agent, model, tokens } = message;
    const compactions = compactionsOf.get(sessionId) ?? 0;
    if (isSummary(message)) compactionsOf.set(sessionId, compactions + 1);
    const prompt = promptOf(message);
    if (prompt === 0 || message.isCompaction) continue;
    const series = [sessionId, agent, model].join("\n");
    const before = lastOf.get(series) ?? null;
    const possible = before ? Math.min(prompt, promptOf(before.message)) : prompt;
    if (usesCache.has(model) && (tokens?.cacheRead as Tokens) < HIT_SHARE * possible)
      misses.set(message, causeOf(message, before, lastOf.get(sessionId) ?? null, compactions));
    const span = message.span === null ? undefined : spans[message.span];
    const now = { message, endedAt: span?.endAt ?? message.createdAt, compactions };
    lastOf.set(series, now);
    lastOf.set(sessionId, now);
  }
  return misses;
}

function hasCache({ tokens }: Message): boolean {
  return tokens !== null && tokens.cacheRead + tokens.cacheWrite > 0;
}

/** Only what the data shows. `before`: the last call of the same session, agent and model; `last`: of the session. */
function causeOf(message: Message, before: Before | null, last: Before | null, compactions: number): CacheMiss {
  if (!last) return "first-call";
  if (last.compactions < compactions) return "compaction";
  if (message.createdAt - (before ?? last).endedAt > CACHE_LIFETIME_MS) return "pause";
  if (last.message.model !== message.model) return "model-change";
  return last.message.agent === message.agent ? "unknown" : "agent-change";
}
