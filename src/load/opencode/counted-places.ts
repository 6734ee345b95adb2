import type { CountedPlace } from "../../model/session.js";
import type { TokenUsage } from "../../model/units.js";
import type { Counted, SessionRows } from "./drafts.js";

const NOTHING: TokenUsage = { uncachedInput: 0, cacheRead: 0, cacheWrite: 0, output: 0, reasoning: 0 };

/** What one session took, by the ends of its steps, by its messages and by itself, as far as the data has them. */
export function countedPlaces({ id, messages, counted }: SessionRows): CountedPlace[] {
  const steps = messages.flatMap(({ parts }) =>
    parts.flatMap((part) => (part.kind === "other" && part.counted ? [part.counted] : [])),
  );
  const inMessages = messages.flatMap(({ tokens, costUsd }) => (tokens ? [{ tokens, costUsd }] : []));
  const place = (name: CountedPlace["place"], all: readonly Sum[]): CountedPlace[] =>
    all.length === 0 ? [] : [{ sessionId: id, place: name, ...all.reduce(added) }];
  return [...place("steps", steps), ...place("messages", inMessages), ...place("session", counted ? [counted] : [])];
}

type Sum = Pick<Counted, "tokens"> & { readonly costUsd: number | null };

function added(a: Sum, b: Sum): Sum {
  const names = Object.keys(NOTHING) as (keyof TokenUsage)[];
  const tokens = Object.fromEntries(names.map((name) => [name, a.tokens[name] + b.tokens[name]]));
  const costUsd = a.costUsd === null || b.costUsd === null ? (a.costUsd ?? b.costUsd) : a.costUsd + b.costUsd;
  return { tokens: tokens as unknown as TokenUsage, costUsd };
}
