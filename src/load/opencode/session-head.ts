import * as v from "valibot";
import type { TokenUsage } from "../../model/units.js";
import type { SessionEntry } from "../source.js";
import type { SessionHead } from "./drafts.js";
import { optionalText, Tokens, time, usd } from "./json-1.js";
import { parseData } from "./parse-data.js";

const nullishText = v.fallback(v.nullish(v.string()), null);

/** A session as files, exports and servers of both generations have it. */
const SessionInfo = v.object({
  id: v.pipe(v.string(), v.nonEmpty()),
  parentID: nullishText,
  title: v.fallback(v.nullish(v.string(), ""), ""),
  directory: nullishText,
  projectID: nullishText,
  location: v.fallback(v.nullish(v.object({ directory: v.string() })), null),
  version: nullishText,
  revert: v.fallback(v.nullish(v.object({ messageID: optionalText })), null),
  tokens: v.fallback(v.optional(Tokens), undefined),
  cost: v.fallback(v.optional(usd), undefined),
  time: v.object({ created: time, updated: v.fallback(v.nullish(time), null) }),
});

/** What is known of a session where it lies apart from its messages. */
export type Head = SessionHead & SessionEntry & { readonly projectId: string | null };

/** Reads a session's own data; null where it is none. */
export function sessionHead(data: unknown): Head | null {
  const info = parseData(SessionInfo, data);
  return (
    info && {
      id: info.id,
      parentId: info.parentID ?? null,
      title: info.title ?? "",
      directory: info.directory ?? info.location?.directory ?? "",
      projectId: info.projectID ?? null,
      version: info.version ?? null,
      createdAt: info.time.created,
      updatedAt: info.time.updated ?? info.time.created,
      revertedFrom: info.revert?.messageID ?? null,
      counted:
        info.tokens && info.cost !== undefined ? { tokens: disjointCounts(info.tokens), costUsd: info.cost } : null,
    }
  );
}

/** A row's sums are disjoint, whichever releases the messages come from. */
export function disjointCounts({ input, output, reasoning, cache }: v.InferOutput<typeof Tokens>): TokenUsage {
  return { uncachedInput: input, cacheRead: cache.read, cacheWrite: cache.write, output, reasoning };
}

/** The message from which on the user has taken everything back, out of the JSON of a session's `revert` column. */
export function revertedFrom(json: string | null): string | null {
  return json === null ? null : (parseData(v.object({ messageID: v.string() }), json)?.messageID ?? null);
}
