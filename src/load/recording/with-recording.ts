import { frozenCopy } from "../../model/frozen-copy.js";
import type { RecordingLine } from "../../model/recording.js";
import type { Message, ModelSpan, Session, Span, StepSpan } from "../../model/session.js";
import { type SpanDraft, spanTree } from "../span-tree.js";
import { heldAnswers, heldSpan } from "./held-answers.js";
import { mergedModel } from "./merged-model.js";
import { mergedTool } from "./merged-tool.js";
import type { RecordingFile } from "./read-recording.js";
import { recordedCalls } from "./recorded-calls.js";
import { type RecordedRequest, recordedRequests } from "./recorded-requests.js";
import { type RecordingFindings, recordingNotes, type ToldOf } from "./recording-notes.js";
import { sessionIdsOf } from "./recording-paths.js";

/**
 * The session with what recordings of Sessionflame's plugin saw of it: model calls begin when their request was sent,
 * what failed before is retrying, permissions are waits for the user, starts that had to be guessed are measured. What
 * contradicts the database by more than a second leaves things as they were. Lines about memory, status and
 * compactions change nothing.
 */
export function withRecording(session: Session, files: Iterable<RecordingFile>): Session {
  const ids = sessionIdsOf(session);
  const lines: RecordingLine[] = [];
  const findings = Array.from(files, (file): RecordingFindings => {
    if ("problem" in file) return { path: file.path, problem: file.problem, lines: 0, skipped: 0 };
    const own = file.lines.filter((line) => ids.has(line.sessionId));
    for (const line of own) if (line.kind !== "memory" && line.kind !== "status") lines.push(line);
    return { path: file.path, problem: null, lines: own.length, skipped: file.skipped };
  });
  const { spans, ...told } = merged(session, lines);
  const notes = recordingNotes(findings, told);
  return Object.freeze({
    ...withSpans(session, spans),
    records: recordsOf(session, told),
    ...baseOf(session, lines),
    notes: Object.freeze([...session.notes, ...notes]),
  });
}

/** What one span becomes, and how much of what its recording says contradicts it. */
interface Merged {
  readonly span: Span;
  readonly isTold?: boolean;
  readonly contradictions?: number;
}

function merged(session: Session, lines: readonly RecordingLine[]): ToldOf & { readonly spans: readonly Span[] } {
  const { messages, spans } = session;
  const requests = recordedRequests(lines);
  const calls = recordedCalls(session, lines);
  const held = heldAnswers(session, lines);
  const children = childrenOf(spans);
  const all = spans.map((span, i): Merged => {
    const parent = spans[span.parent];
    const call = calls.byCall.get(i);
    if (span.kind === "model" && parent?.kind === "step") return withRequest(span, parent, messages, requests);
    if (span.kind !== "tool" || parent === undefined || call === undefined) return { span };
    return mergedTool(span, parent, children[i] as Span[], call);
  });
  return {
    spans: all.map(({ span }, i) => heldSpan(span, held.byMessage, calls.byCall.get(i)?.ran ?? null)),
    modelCalls: all.filter(({ span }) => span.kind === "model").length,
    toldModelCalls: all.filter(({ isTold }) => isTold === true).length,
    contradictions: all.reduce((sum, { contradictions = 0 }) => sum + contradictions, held.contradictions),
    unplacedPermissions: calls.unplaced + held.unplaced,
  };
}

function withRequest(
  span: ModelSpan,
  step: StepSpan,
  messages: readonly Message[],
  requests: ReadonlyMap<string, RecordedRequest>,
): Merged {
  const request = requestOf(span, messages, requests);
  if (request === undefined) return { span };
  const own = mergedModel(span, step, request);
  return { span: own ?? span, isTold: true, contradictions: own === null ? 1 : 0 };
}

/** A message's id stands for it everywhere, but a line that gives it to another session is not to be trusted. */
function requestOf(
  { message }: ModelSpan,
  messages: readonly Message[],
  requests: ReadonlyMap<string, RecordedRequest>,
): RecordedRequest | undefined {
  const { id, sessionId } = messages[message] as Message;
  const request = requests.get(id);
  return request?.sessionId === sessionId ? request : undefined;
}

function childrenOf(spans: readonly Span[]): readonly Span[][] {
  const children = spans.map((): Span[] => []);
  for (const span of spans) children[span.parent]?.push(span);
  return children;
}

/** What begins elsewhere may stand elsewhere among its siblings. */
function withSpans(session: Session, spans: readonly Span[]): Session {
  const tree = spanTree(spans as readonly SpanDraft[]);
  const messages = session.messages.map((message) =>
    message.span === null ? message : frozenCopy(message, { span: tree.indexOf[message.span] as number }),
  );
  return { ...session, spans: tree.spans, messages: Object.freeze(messages) };
}

/** As it was last in the session itself; subagents have others. */
function baseOf({ id }: Session, lines: readonly RecordingLine[]): Pick<Session, "baseSizes"> {
  const own = lines.filter((line) => line.kind === "base" && line.sessionId === id).sort((a, b) => a.at - b.at);
  const last = own.at(-1);
  return last?.kind === "base" ? { baseSizes: { systemChars: last.systemChars, tools: last.tools } } : {};
}

/** Only where every request was seen does a wait that was not recorded mean that there was none. */
function recordsOf({ records }: Session, told: ToldOf): Session["records"] {
  if (told.modelCalls === 0 || told.toldModelCalls < told.modelCalls) return records;
  return { retries: "recorded", permissionWaits: told.unplacedPermissions === 0 ? "all" : records.permissionWaits };
}
