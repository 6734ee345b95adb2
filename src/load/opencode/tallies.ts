import type { CountingRule, Counts, ModelTally, SessionTally } from "../../model/tally.js";
import type { TokenUsage, Usd } from "../../model/units.js";
import type { SessionEntry } from "../source.js";
import { copiedMessages } from "./copies.js";
import type { Counted, MessageDraft, SessionRows } from "./drafts.js";
import { type TalliedCall, talliedCalls, toolTallies } from "./tallied-calls.js";

/** What is read of a session for its tally: its messages without their parts, which come as calls. */
export interface TalliedSession
  extends Pick<SessionEntry, "id" | "parentId" | "directory" | "createdAt" | "updatedAt">,
    Pick<SessionTally, "projectId" | "rule"> {
  /** What the session's own row says was counted; null where there is no such row. */
  readonly counted: Counted | null;
  readonly messages: readonly MessageDraft[];
  /** Messages of which nothing but their being there is known. */
  readonly unreadable: number;
}

/** Each session alone. Copies are looked for among all of them. */
export function sessionTallies(sessions: readonly TalliedSession[], calls: Iterable<TalliedCall>): SessionTally[] {
  const copied = copiedMessages(sessions);
  const tools = toolTallies(calls, copied);
  return sessions.map(({ id, parentId, projectId, directory, rule, createdAt, updatedAt, ...session }) => ({
    ...{ id, parentId, projectId, directory, rule, createdAt, updatedAt },
    ...sessionCounts(session, copied),
    models: modelTallies(session.messages, copied),
    tools: tools.get(id) ?? [],
    skillsByUser: session.messages.filter(({ skill }) => skill !== null).length,
  }));
}

function sessionCounts(
  { messages, unreadable, counted }: Pick<TalliedSession, "messages" | "unreadable" | "counted">,
  copied: ReadonlySet<MessageDraft>,
): Pick<SessionTally, "isCopy" | "all" | "own"> {
  const sums = countsOf(messages, unreadable);
  const all = { ...sums, ...counted };
  const ownMessages = without(messages, copied);
  if (ownMessages.length === messages.length) return { isCopy: false, all, own: all };
  const isCopy = ownMessages.length + unreadable === 0;
  const own = countsOf(ownMessages, unreadable);
  return { isCopy, all, own: isCopy ? own : withBesides(own, all, sums) };
}

/** A session that has been read as a whole. `rule`: where more is known of how it is counted than its version tells. */
export interface ReadSession {
  readonly entry: Omit<SessionEntry, "title"> & { readonly projectId?: string | null };
  readonly rows: SessionRows;
  readonly rule?: CountingRule;
}

/** What is kept of a session between its being read and the others'. */
export interface Tallied {
  readonly session: TalliedSession;
  readonly calls: readonly TalliedCall[];
}

/** Leaves of a session what is counted. */
export function tallied({ entry, rows, rule = countingRule(rows) }: ReadSession): Tallied {
  const { id, parentId, directory, createdAt, updatedAt, projectId = null } = entry;
  const calls: TalliedCall[] = [];
  const messages = rows.messages.map((message) => {
    const kept = { ...message, parts: [] };
    for (const call of talliedCalls(message, rows.resetsToolStarts)) calls.push({ ...call, message: kept });
    return kept;
  });
  const head = { id, parentId, directory, createdAt, updatedAt, projectId, rule };
  return { session: { ...head, counted: rows.counted, messages, unreadable: rows.skipped.messages }, calls };
}

/** The tallies of sessions that are read one after the other. */
export function talliesOf(sessions: readonly Tallied[]): SessionTally[] {
  return sessionTallies(
    sessions.map(({ session }) => session),
    sessions.flatMap(({ calls }) => calls),
  );
}

function countingRule({ counted, version }: Pick<SessionRows, "counted" | "version">): CountingRule {
  if (counted) return "1.15";
  return /^(0\.[1-9]|1\.0\.)/.test(version ?? "") ? "1.0" : "1.1";
}

function without(messages: readonly MessageDraft[], copied: ReadonlySet<MessageDraft>): MessageDraft[] {
  return messages.filter((message) => !copied.has(message));
}

/** Added one after the other, as OpenCode does: the last digit of a half depends on it. */
function countsOf(messages: readonly MessageDraft[], unreadable = 0): Counts {
  const total = (field: keyof TokenUsage) => messages.reduce((sum, message) => sum + asRecorded(message, field), 0);
  return {
    messages: messages.length + unreadable,
    tokens: usageOf(total),
    costUsd: messages.reduce((sum, { costUsd }) => sum + (costUsd ?? 0), 0),
  };
}

/** What a row has beyond the sums of its messages belongs to the session itself: the call that finds its title. */
function withBesides(own: Counts, row: Counts, sums: Counts): Counts {
  const beyond = (of: (counts: Counts) => number) => of(own) + Math.max(0, of(row) - of(sums));
  const costUsd: Usd = beyond((counts) => counts.costUsd);
  return { ...own, costUsd, tokens: usageOf((field) => beyond(({ tokens }) => tokens[field])) };
}

function asRecorded({ tokens, reasoningWasInside }: MessageDraft, field: keyof TokenUsage): number {
  if (!tokens) return 0;
  return tokens[field] + (field === "output" && reasoningWasInside ? tokens.reasoning : 0);
}

function usageOf(count: (field: keyof TokenUsage) => number): TokenUsage {
  return {
    uncachedInput: count("uncachedInput"),
    cacheRead: count("cacheRead"),
    cacheWrite: count("cacheWrite"),
    output: count("output"),
    reasoning: count("reasoning"),
  };
}

function modelTallies(messages: readonly MessageDraft[], copied: ReadonlySet<MessageDraft>): ModelTally[] {
  const byModel = new Map<string, MessageDraft[]>();
  for (const message of messages.filter(({ role }) => role === "assistant")) {
    const model = message.model ?? "unknown model";
    const answers = byModel.get(model);
    if (answers) answers.push(message);
    else byModel.set(model, [message]);
  }
  return [...byModel].map(([model, answers]) => {
    return { model, all: countsOf(answers), own: countsOf(without(answers, copied)) };
  });
}
