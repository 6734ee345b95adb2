import * as v from "valibot";
import type { SessionTotals } from "../source.js";
import { Tokens, usd } from "./json-1.js";
import { parseData } from "./parse-data.js";
import { type Head, sessionHead } from "./session-head.js";

/** What is asked of a server, in whatever generation's words. */
export interface ServerApi {
  readonly generation: 1 | 2;
  readonly version: string;
  /** What the server lists, subagents included. */
  readonly sessions: () => Promise<readonly unknown[]>;
  readonly session: (id: string) => Promise<unknown>;
  readonly messages: (id: string) => Promise<readonly unknown[]>;
  readonly childIds: (id: string) => Promise<readonly string[]>;
  readonly isRunning: (id: string) => Promise<boolean>;
}

/** Ids as OpenCode mints them; nothing else is put into an address. */
export function isSessionId(id: string): boolean {
  return /^ses_\w+$/.test(id);
}

/** Sessions that can be asked for, each once. */
export function headsIn(list: readonly unknown[]): Head[] {
  const heads = list.flatMap((info) => sessionHead(info) ?? []).filter(({ id }) => isSessionId(id));
  return [...new Map(heads.map((head) => [head.id, head])).values()];
}

const Usage = v.object({ tokens: v.fallback(v.nullish(Tokens), null), cost: v.fallback(v.nullish(usd), null) });

/** What a session's own data says that it used. */
export function usageIn(info: unknown): { tokens: number | null; costUsd: number | null } {
  const { tokens, cost } = parseData(Usage, info) ?? {};
  const total = tokens && tokens.input + tokens.output + tokens.reasoning + tokens.cache.read + tokens.cache.write;
  return { tokens: total ?? null, costUsd: cost ?? null };
}

/** When a session's first and last messages were made stands in no list. */
export function totalsIn(list: readonly unknown[]): SessionTotals[] {
  const usage = new Map(list.map((info) => [(info as { id?: unknown } | null)?.id, usageIn(info)]));
  return headsIn(list).map(({ id, parentId, title, directory, createdAt, updatedAt }) => ({
    ...{ id, parentId, title, directory, createdAt, updatedAt },
    ...{ startedAt: null, endedAt: null, messages: null, ...(usage.get(id) as ReturnType<typeof usageIn>) },
  }));
}
