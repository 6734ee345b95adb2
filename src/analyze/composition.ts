import { sum } from "simple-statistics";
import type { CacheMiss, CompositionRow, ContextKind } from "../model/report.js";
import type { Message, Session } from "../model/session.js";
import type { Tokens, TokenUsage } from "../model/units.js";
import type { ContextItem } from "./context/context-items.js";
import type { CallComposition } from "./context/model-context.js";
import { rounded } from "./round.js";

const KINDS: readonly ContextKind[] = [
  ...(["base", "compaction-summary", "user", "task-prompt", "attached-file", "assistant", "reasoning"] as const),
  ...(["tool-call", "tool-result", "compaction-input", "unattributed"] as const),
];
const SHARE_DIGITS = 6;

/** What one call's prompt was made of, as a row: kinds that it holds, in the order of the list above. */
export function compositionRow(
  composition: CallComposition,
  { local }: Session,
  idOf: readonly number[],
  misses: ReadonlyMap<Message, CacheMiss>,
): CompositionRow {
  const { call, prunedTokens, droppedTokens, shrunkTokens } = composition;
  const { message, promptTokens } = call;
  const { id: messageId, sessionId, span, agent, model, tokens } = message;
  const { cacheRead, cacheWrite } = tokens as TokenUsage;
  return {
    ...{ messageId, spanId: span === null ? null : (idOf[span] as number), sessionId, agent, model, promptTokens },
    parts: partsOf(composition),
    fileResultTokens: fileResults(composition),
    cacheReadTokens: cacheRead,
    cacheWriteTokens: cacheWrite,
    cacheHitRate: rounded(cacheRead / promptTokens, SHARE_DIGITS),
    cacheMiss: misses.get(message) ?? null,
    ...{ prunedTokens, compactedTokens: sum([...droppedTokens]), shrunkTokens },
    contextLimit: contextLimit(model, local),
  };
}

/** A model may be called what every object answers to. */
function contextLimit(model: string | null, local: Session["local"]): Tokens | null {
  return local && model !== null && Object.hasOwn(local.contextLimits, model)
    ? (local.contextLimits[model] as Tokens)
    : null;
}

/** Long sessions hold thousands of pieces at each of thousands of calls: one pass, into an array by kind. */
function partsOf({ call, baseTokens, heldTokens, unattributedTokens }: CallComposition): CompositionRow["parts"] {
  const tokens = KINDS.map(() => 0);
  const add = (kind: ContextKind, more: Tokens) => {
    const place = KINDS.indexOf(kind);
    tokens[place] = (tokens[place] as number) + more;
  };
  add("base", baseTokens);
  add("compaction-input", call.message.isCompaction ? call.promptTokens : 0);
  for (let i = 0; i < call.held.length; i++) add((call.held[i] as ContextItem).kind, heldTokens[i] as Tokens);
  add("unattributed", unattributedTokens);
  return KINDS.flatMap((kind, i) => (tokens[i] === 0 ? [] : [{ kind, tokens: tokens[i] as Tokens }]));
}

function fileResults({ call, heldTokens }: CallComposition): Tokens {
  let tokens = 0;
  for (let i = 0; i < call.held.length; i++) {
    const { kind, path } = call.held[i] as ContextItem;
    if (kind === "tool-result" && path !== null) tokens += heldTokens[i] as Tokens;
  }
  return tokens;
}

/** What a compaction took out, by kind. */
export function droppedByKind({ call, droppedTokens }: CallComposition): CompositionRow["parts"] {
  return KINDS.flatMap((kind) => {
    const tokens = sum(droppedTokens.filter((_, i) => call.dropped[i]?.kind === kind));
    return tokens === 0 ? [] : [{ kind, tokens }];
  });
}
