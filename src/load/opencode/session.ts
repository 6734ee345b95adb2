import { frozenCopy } from "../../model/frozen-copy.js";
import type { Message, Note, Session } from "../../model/session.js";
import { formatCount } from "../../report/format.js";
import { FileNames } from "../file-names.js";
import { withSkillCalls } from "../skill-calls.js";
import { spanTree } from "../span-tree.js";
import { countedPlaces } from "./counted-places.js";
import type { MessageDraft, SessionRows } from "./drafts.js";
import { byTime, modelMessage } from "./messages.js";
import { outcomeOf, SpanBuilder } from "./spans.js";

/** Builds the session from its rows and those of its subagents, parents before children. Pure. */
export function opencodeSession(all: readonly [SessionRows, ...SessionRows[]], notes: readonly Note[]): Session {
  const [root, ...subagents] = all;
  const drafts = all.flatMap((rows) => rows.messages).sort(byTime);
  const builder = new SpanBuilder(root, new Map(drafts.map((draft, i) => [draft.id, i])));
  for (const rows of subagents) builder.addSubagent(rows);
  const tree = spanTree(builder.drafts);
  const reverted = revertedIds(all);
  const names = new FileNames(root.directory);
  const messages = drafts.map((draft, i): Message => {
    const spanDraft = builder.spanOfMessage.get(draft.id);
    const span = spanDraft === undefined ? null : (tree.indexOf[spanDraft] as number);
    const message = modelMessage(draft, reverted.has(draft.id));
    return frozenCopy(message, { content: names.named(message.content), number: i + 1, span });
  });
  const permissionWaits: Session["records"]["permissionWaits"] = all.some((rows) => rows.recordsCommandWaits)
    ? "commands"
    : "none";
  const session: Session = Object.freeze({
    id: root.id,
    title: root.title,
    source: "opencode",
    sourceVersion: root.version,
    directory: root.directory,
    parentId: root.parentId,
    outcome: root.endedAs ?? outcomeOf(root.messages),
    records: {
      retries: all.find((rows) => rows.retries !== "recorded")?.retries ?? "recorded",
      permissionWaits,
    },
    messages: Object.freeze(messages),
    counted: Object.freeze(all.flatMap(countedPlaces)),
    spans: tree.spans,
    notes: Object.freeze([...notes, ...contentNotes(all, builder), ...tree.notes]),
    local: null,
    telemetry: [],
  });
  return withSkillCalls(session, []);
}

function revertedIds(all: readonly SessionRows[]): ReadonlySet<string> {
  const ids = all.flatMap(({ messages, revertedFrom }) => {
    const first = revertedFrom === null ? -1 : messages.findIndex((message) => message.id === revertedFrom);
    return first < 0 ? [] : messages.slice(first).map((message) => message.id);
  });
  return new Set(ids);
}

function contentNotes(all: readonly SessionRows[], { resetStarts, missingSubagents }: SpanBuilder): Note[] {
  const messages = all.flatMap((rows) => rows.messages);
  const count = (which: (message: MessageDraft) => boolean) => messages.filter(which).length;
  const skipped = (what: "messages" | "parts") => sum(all.map((rows) => rows.skipped[what]));
  const found: [number: number, kind: Note["kind"], text: (number: number) => string][] = [
    [
      skipped("messages"),
      "skipped",
      (n) => `${n} ${n === 1 ? "message was" : "messages were"} skipped: not readable as JSON of a known form.`,
    ],
    [
      skipped("parts"),
      "skipped",
      (n) =>
        `${n} message ${n === 1 ? "part was" : "parts were"} skipped: not readable, or of a message that is not there.`,
    ],
    [
      count((message) => message.isCopied),
      "info",
      (n) =>
        `${n} ${n === 1 ? "message was" : "messages were"} copied from another session when this one was forked from it. Tokens and cost of copies count here, as they do in OpenCode; their time does not.`,
    ],
    [
      count((message) => message.reasoningWasInside),
      "repaired",
      (n) =>
        `${n} ${n === 1 ? "message was" : "messages were"} written by a release that counts reasoning inside output; the two are shown apart. Its recorded cost charges reasoning twice.`,
    ],
    [
      count((message) => message.hasUnreadableFigures),
      "skipped",
      (n) =>
        `${n} ${n === 1 ? "message has" : "messages have"} token counts or a cost that cannot be read; those are left out of the totals.`,
    ],
    [
      count((message) => message.role === "assistant" && message.completedAt === null),
      "guessed",
      (n) =>
        `${n} ${n === 1 ? "message has" : "messages have"} no recorded end; shown until the last thing that was recorded in it.`,
    ],
    [
      resetStarts,
      "repaired",
      (n) =>
        `${n} tool ${n === 1 ? "call" : "calls"} ran under a release that overwrites their start while they run; shown from their first appearance, which is at most a little too long.`,
    ],
    [
      missingSubagents,
      "info",
      (n) =>
        n === 1
          ? "1 subagent is not in the data; the task that started it is shown as a tool that ran, without what was done in it."
          : `${n} subagents are not in the data; the tasks that started them are shown as tools that ran, without what was done in them.`,
    ],
    [
      sum(all.map((rows) => rows.besides?.tokens ?? 0)),
      "info",
      (n) =>
        `OpenCode counted ${formatCount(n)} more tokens ($${sum(all.map((rows) => rows.besides?.costUsd ?? 0)).toFixed(4)}) that stand in no message which could be read: those of the call that finds a title, and of compactions where nothing else says what they took. They are not in the figures here.`,
    ],
    [
      all.filter((rows) => rows.revertedFrom !== null).length,
      "info",
      () => "The user has taken back the last part of this session; it is shown and counted, and marked.",
    ],
  ];
  return found.filter(([number]) => number > 0).map(([number, kind, text]) => ({ kind, text: text(number) }));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
