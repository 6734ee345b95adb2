import type { Message, Session } from "../../model/session.js";
import type { Tokens } from "../../model/units.js";
import { addedItems, type ContextCall, contextCalls, messagesBySession } from "./context-walk.js";
import { type CallComposition, ModelContext } from "./model-context.js";
import { type Growth, type TokenRates, tokenRates } from "./token-rates.js";

/**
 * What every prompt of the session and its subagents was made of. `visit` sees the calls session by session, in time
 * order; what it is given is good until it returns. A compaction's own call holds none of the context: its prompt is one.
 */
export function composeCalls(session: Session, visit: (composition: CallComposition) => void): void {
  const sessions = [...messagesBySession(session)].map(([id, messages]) => addedItems(messages, id !== session.id));
  const growths = new Map<string, Growth[]>();
  for (const added of sessions) collectGrowths(contextCalls(added), growths);
  for (const added of sessions) {
    const contexts = new Map<string, ModelContext>();
    for (const call of contextCalls(added)) visit(composed(call, contexts, growths));
  }
}

function composed(
  call: ContextCall,
  contexts: Map<string, ModelContext>,
  growths: ReadonlyMap<string, readonly Growth[]>,
): CallComposition {
  if (call.message.isCompaction) return { ...NOTHING_HELD, call: { ...call, held: [] } };
  const model = modelOf(call.message);
  const context = contexts.get(model) ?? new ModelContext(ratesOf(model, growths));
  contexts.set(model, context);
  return context.compose(call);
}

function ratesOf(model: string, growths: ReadonlyMap<string, readonly Growth[]>): TokenRates {
  const others = [...growths].flatMap(([other, all]) => (other === model ? [] : all));
  return tokenRates(growths.get(model) ?? [], others);
}

const NOTHING_HELD = {
  ...{ baseTokens: 0, heldTokens: [], unattributedTokens: 0 },
  ...{ prunedTokens: 0, droppedTokens: [], shrunkTokens: 0 },
};

/** By how much the prompts of each series grew: calls of the same agent and model with nothing taken out between them. */
function collectGrowths(calls: Iterable<ContextCall>, growths: Map<string, Growth[]>): void {
  const last = new Map<string, { readonly promptTokens: Tokens; readonly held: number }>();
  for (const { message, promptTokens, held, compaction } of calls) {
    if (compaction) last.clear();
    if (message.isCompaction) continue;
    const model = modelOf(message);
    const series = `${message.agent}\n${model}`;
    const before = last.get(series);
    const added = before ? held.slice(before.held) : [];
    if (before && promptTokens > before.promptTokens && added.every((item) => item.prunedAt === null))
      push(growths, model, { tokens: promptTokens - before.promptTokens, added });
    last.set(series, { promptTokens, held: held.length });
  }
}

function push(growths: Map<string, Growth[]>, model: string, growth: Growth): void {
  const all = growths.get(model);
  if (all) all.push(growth);
  else growths.set(model, [growth]);
}

function modelOf({ model }: Message): string {
  return model ?? "unknown model";
}
