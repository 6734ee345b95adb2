import type { Message, Note, Session } from "../model/session.js";
import type { EpochMs } from "../model/units.js";
import type { MessageDraft } from "./opencode-drafts.js";
import { modelMessage } from "./opencode-messages.js";
import { outcomeOf, SpanBuilder } from "./opencode-spans.js";
import { spanTree } from "./span-tree.js";

/** One session with its messages, in time order. */
export interface SessionRows {
  readonly id: string;
  readonly parentId: string | null;
  readonly title: string;
  readonly directory: string;
  readonly version: string | null;
  readonly createdAt: EpochMs;
  /** The first message that the user has taken back. */
  readonly revertedFrom: string | null;
  readonly messages: readonly MessageDraft[];
}

/** Builds the session from its rows and those of its subagents, parents before children. Pure. */
export function opencodeSession(root: SessionRows, subagents: readonly SessionRows[], notes: readonly Note[]): Session {
  const all = [root, ...subagents];
  const drafts = all.flatMap((rows) => rows.messages).sort(byTime);
  const builder = new SpanBuilder(root, new Map(drafts.map((draft, i) => [draft.id, i])));
  for (const rows of subagents) builder.addSubagent(rows);
  const tree = spanTree(builder.drafts);
  const reverted = revertedIds(all);
  const messages = drafts.map((draft, i): Message => {
    const spanDraft = builder.spanOfMessage.get(draft.id);
    const span = spanDraft === undefined ? null : (tree.indexOf[spanDraft] as number);
    return Object.freeze({ ...modelMessage(draft, reverted.has(draft.id)), number: i + 1, span });
  });
  return Object.freeze({
    id: root.id,
    title: root.title,
    source: "opencode",
    sourceVersion: root.version,
    directory: root.directory,
    parentId: root.parentId,
    outcome: outcomeOf(root.messages),
    records: { retries: false, permissionWaits: false },
    messages: Object.freeze(messages),
    spans: tree.spans,
    notes: Object.freeze([...notes, ...contentNotes(all, builder.resetStarts), ...tree.notes]),
  });
}

/** Ids wrapped in August 2026, so they break ties only. */
function byTime(a: MessageDraft, b: MessageDraft): number {
  return a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1);
}

function revertedIds(all: readonly SessionRows[]): ReadonlySet<string> {
  const ids = all.flatMap(({ messages, revertedFrom }) => {
    const first = revertedFrom === null ? -1 : messages.findIndex((message) => message.id === revertedFrom);
    return first < 0 ? [] : messages.slice(first).map((message) => message.id);
  });
  return new Set(ids);
}

function contentNotes(all: readonly SessionRows[], resetStarts: number): Note[] {
  const messages = all.flatMap((rows) => rows.messages);
  const copied = messages.filter((message) => message.isCopied).length;
  const inside = messages.filter((message) => message.reasoningWasInside).length;
  const unfinished = messages.filter((message) => message.role === "assistant" && message.completedAt === null).length;
  const reverted = all.some((rows) => rows.revertedFrom !== null);
  const notes: [boolean, Note["kind"], string][] = [
    [
      copied > 0,
      "info",
      `${copied} messages were copied from another session when this one was forked from it. Their tokens and cost count here, as they do in OpenCode; their time does not.`,
    ],
    [
      inside > 0,
      "repaired",
      `${inside} messages were written by a release that counts reasoning inside output; the two are shown apart. Its recorded cost charges reasoning twice.`,
    ],
    [
      unfinished > 0,
      "guessed",
      `${unfinished === 1 ? "1 message has" : `${unfinished} messages have`} no recorded end; shown until the last thing that was recorded in it.`,
    ],
    [
      resetStarts > 0,
      "repaired",
      `${resetStarts} tool calls ran under a release that overwrites their start while they run; shown from their first appearance, which is at most a little too long.`,
    ],
    [reverted, "info", "The user has taken back the last part of this session; it is shown and counted, and marked."],
  ];
  return notes.filter(([applies]) => applies).map(([, kind, text]) => ({ kind, text }));
}
