import type { PermissionAnswered, RecordingLine, ToolRan } from "../../model/recording.js";
import type { Session, ToolSpan } from "../../model/session.js";
import { asksToGoOn } from "./held-answers.js";
import { intervalOf } from "./intervals.js";
import { mayBeWithin } from "./slack.js";

/** What recordings say of one tool call. */
export interface RecordedCall {
  readonly ran: ToolRan | null;
  readonly permissions: readonly PermissionAnswered[];
}

/** What recordings say of all calls. */
export interface RecordedCalls {
  /** By the call's index in `spans`. */
  readonly byCall: ReadonlyMap<number, RecordedCall>;
  /** Permissions of which nothing says for which call they were asked. */
  readonly unplaced: number;
}

/** A line belongs to a call of its own session and, where it names one, message. */
export function recordedCalls(session: Session, lines: readonly RecordingLine[]): RecordedCalls {
  const places = callPlaces(session);
  const found = new Map<number, { ran: ToolRan | null; permissions: PermissionAnswered[] }>();
  let unplaced = 0;
  for (const line of lines) {
    if ((line.kind !== "tool" && line.kind !== "permission") || asksToGoOn(line)) continue;
    const place = placeOf(line, places, session);
    if (place === null && line.callId === null) unplaced++;
    if (place === null) continue;
    const own = found.get(place) ?? { ran: null, permissions: [] };
    found.set(place, own);
    if (line.kind === "tool") own.ran = line;
    else own.permissions.push(line);
  }
  return { byCall: found, unplaced };
}

/** Where the calls of each id stand, by session; and all calls of a session. */
function callPlaces({ messages, spans }: Session): ReadonlyMap<string, readonly number[]> {
  const places = new Map<string, number[]>();
  const add = (key: string, place: number) => {
    const own = places.get(key);
    if (own) own.push(place);
    else places.set(key, [place]);
  };
  spans.forEach((span, i) => {
    const sessionId = span.kind === "tool" ? messages[span.message]?.sessionId : undefined;
    if (span.kind !== "tool" || sessionId === undefined) return;
    add(keyOf(sessionId, null), i);
    if (span.callId !== "") add(keyOf(sessionId, span.callId), i);
  });
  return places;
}

/**
 * Some releases ask without saying for which call: it is one that ran all the while. Of several it is the one of the
 * tool that asks by its own name. null where none is, or several.
 */
function placeByTime(line: PermissionAnswered, own: readonly number[], { spans }: Session): number | null {
  const { startAt, endAt } = intervalOf(line);
  const running = own.filter((i) => {
    const span = spans[i] as ToolSpan;
    return mayBeWithin(startAt, span) && (span.status === "unfinished" || mayBeWithin(endAt, span));
  });
  const named = running.filter((i) => (spans[i] as ToolSpan).tool === line.permission);
  const [place, ...others] = running.length > 1 ? named : running;
  return place === undefined || others.length > 0 ? null : place;
}

/** The call that a line is of; null where none is, or several could be. */
function placeOf(
  line: ToolRan | PermissionAnswered,
  places: ReadonlyMap<string, readonly number[]>,
  session: Session,
): number | null {
  const { messages, spans } = session;
  const known = places.get(keyOf(line.sessionId, line.callId)) ?? [];
  const isOfMessage = (i: number) => messages[(spans[i] as ToolSpan).message]?.id === line.messageId;
  const own = line.messageId === null ? known : known.filter(isOfMessage);
  if (line.kind === "permission" && line.callId === null) return placeByTime(line, own, session);
  if (own.length <= 1) return own[0] ?? null;
  // Some providers count calls anew in each answer: then only one at that time can be meant.
  const at = own.filter((i) => mayBeWithin(intervalOf(line).startAt, spans[i] as ToolSpan));
  return at.length === 1 ? (at[0] as number) : null;
}

/** `callId`: null for all calls of the session. */
function keyOf(sessionId: string, callId: string | null): string {
  return callId === null ? sessionId : `${sessionId}\n${callId}`;
}
