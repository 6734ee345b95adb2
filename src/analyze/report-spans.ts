import type { ReportSpan, State } from "../model/report.js";
import type { Message, Session, Span, ToolSpan } from "../model/session.js";
import type { EpochMs, Interval, Milliseconds } from "../model/units.js";
import { shownExcerpts } from "./excerpts.js";
import { idleIntervals, modelIntervals, type StateInterval, tasksWithSubagents, toolIntervals } from "./states.js";
import { unionMs } from "./union.js";

/** A leaf that is longer than this without any record in it may be a machine that slept. */
const SLEEP_MS: Milliseconds = 30 * 60_000;

export interface ReportSpans {
  readonly spans: readonly ReportSpan[];
  /** The report's id of each span of the session. */
  readonly idOf: readonly number[];
  /** How many calls go without their excerpt, so that the report stays small. */
  readonly excerptsLeftOut: number;
}

/** The session's spans as the report has them: with the waits inside calls and the idle time between turns as spans of their own. */
export function reportSpans(session: Session): ReportSpans {
  const tasks = tasksWithSubagents(session.spans);
  const excerpts = shownExcerpts(session.spans);
  const idle = [...idleIntervals(session.spans)];
  const spans: Draft[] = [];
  const idOf: number[] = [];
  const addIdleUntil = (at: EpochMs) => {
    while (idle[0] && idle[0].startAt <= at) spans.push(idleSpan(idle.shift() as StateInterval));
  };
  session.spans.forEach((span, i) => {
    if (span.parent === 0) addIdleUntil(span.startAt);
    const parent = span.parent < 0 ? -1 : (idOf[span.parent] as number);
    idOf.push(spans.length);
    spans.push({ ...ownSpan(span, parent, session, tasks.has(i)), ...excerpts.byCall.get(i) });
    spans.push(...waits(span, tasks.has(i), idOf[i] as number));
  });
  addIdleUntil(Number.POSITIVE_INFINITY);
  const origin = session.spans[0]?.startAt ?? 0;
  const self = selfMs(spans);
  const all = spans.map((span, id) => finished(span, origin, self[id] as number));
  return { spans: all, idOf, excerptsLeftOut: excerpts.leftOut };
}

type Draft = Omit<ReportSpan, "startMs" | "endMs" | "selfMs" | "calledMs"> & Interval & { readonly calledAt?: EpochMs };

function finished(
  { startAt, endAt, calledAt, parent, kind, name, ...rest }: Draft,
  origin: EpochMs,
  selfMs: Milliseconds,
): ReportSpan {
  const called = calledAt === undefined ? {} : { calledMs: calledAt - origin };
  return { parent, kind, name, startMs: startAt - origin, endMs: endAt - origin, selfMs, ...rest, ...called };
}

function ownSpan(span: Span, parent: number, session: Session, hasSubagents: boolean): Draft {
  const { kind, name, startAt, endAt, status, basis } = span;
  const state = ownState(span, hasSubagents);
  const message = "message" in span && span.message !== null ? session.messages[span.message] : undefined;
  const isLeaf = kind === "model" || (kind === "tool" && !hasSubagents);
  const sleeps = isLeaf && state !== "waiting-for-user" && endAt - startAt > SLEEP_MS;
  return {
    ...{ parent, kind, name, startAt, endAt, state, status, basis },
    ...(sleeps ? { mayHaveSlept: true } : {}),
    ...details(span, message),
    ...(message ? { messageId: message.id } : {}),
  };
}

function details(span: Span, message: Message | undefined): Partial<Draft> {
  switch (span.kind) {
    case "model":
      return {
        ...(message?.tokens ? { tokens: message.tokens, model: span.model } : { model: span.model }),
        ...(isOneState(modelIntervals(span)) === "retrying" ? reasonsOf(span) : {}),
        ...(message?.error && span.status !== "ok" ? { error: message.error } : {}),
      };
    case "tool":
      return toolDetails(span);
    case "turn":
      return span.startAt > span.promptedAt ? { queuedMs: span.startAt - span.promptedAt } : {};
    case "subagent":
      return span.startedBy === null ? {} : { startedBy: span.startedBy };
    default:
      return {};
  }
}

function toolDetails({ tool, target, files, error, callId, calledAt, startAt }: ToolSpan): Partial<Draft> {
  return {
    tool,
    ...(target === "" ? {} : { args: target }),
    ...(files.length === 0 ? {} : { files }),
    ...(error ? { error } : {}),
    callId,
    ...(calledAt < startAt ? { calledAt } : {}),
  };
}

function ownState(span: Span, hasSubagents: boolean): State {
  if (span.kind === "session") return "unknown";
  if (span.kind === "model") return isOneState(modelIntervals(span)) ?? "generating";
  if (span.kind === "tool" && !hasSubagents) return isOneState(toolIntervals(span)) ?? "running-tools";
  return "overhead";
}

/** The waits inside a call, in start order, unless the whole call is one. */
function waits(span: Span, hasSubagents: boolean, parent: number): Draft[] {
  if (span.kind !== "model" && (span.kind !== "tool" || hasSubagents)) return [];
  const parts = span.kind === "model" ? modelIntervals(span) : toolIntervals(span);
  if (isOneState(parts)) return [];
  return parts
    .filter(({ state }) => state !== "generating" && state !== "running-tools")
    .sort((a, b) => a.startAt - b.startAt)
    .map(({ state, startAt, endAt, basis }) => {
      const name = WAIT_NAMES[state] ?? state;
      const reasons = state === "retrying" ? reasonsOf(span) : {};
      return { parent, kind: "wait", name, startAt, endAt, state, status: "ok", basis, ...reasons };
    });
}

/** Why attempts failed, each reason once. */
function reasonsOf(span: Span): Pick<ReportSpan, "args"> {
  const reasons = span.kind === "model" ? (span.retryReasons ?? []) : [];
  return reasons.length === 0 ? {} : { args: [...new Set(reasons)].join(", ") };
}

const WAIT_NAMES: Partial<Record<State, string>> = {
  retrying: "retries",
  "waiting-for-model": "waiting for the model",
  "waiting-for-user": "waiting for you",
};

function isOneState(parts: readonly StateInterval[]): State | null {
  return parts.length === 1 ? (parts[0] as StateInterval).state : null;
}

function idleSpan({ state, startAt, endAt, basis }: StateInterval): Draft {
  const name = state === "unknown" ? "no record" : "waiting for you";
  return { parent: 0, kind: "user", name, startAt, endAt, state, status: "ok", basis };
}

/** Of each span, the time that no child covers. Children may overlap; it is never negative. */
function selfMs(spans: readonly (Interval & { readonly parent: number })[]): Milliseconds[] {
  const children = spans.map((): Interval[] => []);
  for (const span of spans) children[span.parent]?.push(span);
  return spans.map(({ startAt, endAt }, i) => endAt - startAt - unionMs(children[i] as Interval[]));
}
