import type { Message, Session } from "../../model/session.js";
import { type ContextItem, contextItems } from "./context-items.js";

/** A call of which the provider counted the prompt, with what its session had in the context. */
export interface ContextCall {
  readonly message: Message;
  readonly promptTokens: number;
  /** In the order of the prompt. The list of the walk itself: it changes with the next call. */
  readonly held: readonly ContextItem[];
  /** What a compaction has taken out since the call before. */
  readonly dropped: readonly ContextItem[];
  /** The last summary that did. */
  readonly compaction: Message | null;
}

/** The sessions of a report, each with its messages in time order: the root first, then its subagents. */
export function messagesBySession({ id, messages }: Session): ReadonlyMap<string, readonly Message[]> {
  const bySession = new Map<string, Message[]>([[id, []]]);
  for (const message of messages) {
    const own = bySession.get(message.sessionId);
    if (own) own.push(message);
    else bySession.set(message.sessionId, [message]);
  }
  return bySession;
}

/** What each message of one session adds to the prompts after it. */
export type AddedItems = ReadonlyMap<Message, readonly ContextItem[]>;

export function addedItems(messages: readonly Message[], isSubagent: boolean): AddedItems {
  return new Map(messages.map((message) => [message, contextItems(message, isSubagent)]));
}

/** Walks the messages of one session, in time order, and yields its calls with what their prompts held. */
export function* contextCalls(added: AddedItems): Generator<ContextCall> {
  let held: ContextItem[] = [];
  let dropped: ContextItem[] = [];
  let compaction: Message | null = null;
  const kept = keptSince([...added.keys()]);
  for (const [message, items] of added) {
    const promptTokens = promptOf(message);
    if (promptTokens > 0) {
      yield { message, promptTokens, held, dropped, compaction };
      // A compaction's own call holds none of the context: what was taken out is told at the next call that does.
      if (!message.isCompaction) [dropped, compaction] = [[], null];
    }
    if (isSummary(message)) {
      const stays = ({ message: own }: ContextItem) => isKept(own, kept.get(message));
      dropped.push(...held.filter((item) => !stays(item)));
      held = [...items, ...held.filter(stays)];
      compaction = message;
    } else held.push(...items);
  }
}

/** All of what the provider counted as input. */
export function promptOf({ tokens }: Message): number {
  return tokens ? tokens.uncachedInput + tokens.cacheRead + tokens.cacheWrite : 0;
}

export function isSummary({ isCompaction, error, content }: Message): boolean {
  return isCompaction && error === null && content.length > 0;
}

/** By summary: the number of the first message that stays as it is beside it. It, or what asked for it, names that. */
export function keptSince(messages: readonly Message[]): ReadonlyMap<Message, number> {
  const kept = new Map<Message, number>();
  let keptFrom: string | null = null;
  for (const message of messages) {
    if (message.compaction) keptFrom = message.compaction.keptFrom;
    if (!isSummary(message)) continue;
    const first = keptFrom === null ? undefined : messages.find(({ id }) => id === keptFrom);
    if (first) kept.set(message, first.number);
    keptFrom = null;
  }
  return kept;
}

function isKept({ number, compaction, isCompaction }: Message, since = Number.POSITIVE_INFINITY): boolean {
  return number >= since && compaction === null && !isCompaction;
}
