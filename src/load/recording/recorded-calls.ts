import type { PermissionAnswered, RecordingLine, ToolRan } from "../../model/recording.js";
import type { Session, ToolSpan } from "../../model/session.js";
import type { Interval } from "../../model/units.js";
import { mayBeWithin } from "./slack.js";

/** What recordings say of one tool call. */
export interface RecordedCall {
  readonly ran: ToolRan | null;
  readonly permissions: readonly PermissionAnswered[];
}

/** By the call's index in `spans`. A line belongs to a call of its own session and, where it names one, message. */
export function recordedCalls(
  { messages, spans }: Session,
  lines: readonly RecordingLine[],
): ReadonlyMap<number, RecordedCall> {
  const places = new Map<string, number[]>();
  spans.forEach((span, i) => {
    const sessionId = span.kind === "tool" ? messages[span.message]?.sessionId : undefined;
    if (span.kind !== "tool" || span.callId === "" || sessionId === undefined) return;
    const key = keyOf(sessionId, span.callId);
    places.set(key, [...(places.get(key) ?? []), i]);
  });
  const found = new Map<number, { ran: ToolRan | null; permissions: PermissionAnswered[] }>();
  for (const line of lines) {
    if ((line.kind !== "tool" && line.kind !== "permission") || line.callId === null) continue;
    const place = placeOf(line, places.get(keyOf(line.sessionId, line.callId)) ?? [], messages, spans);
    if (place === null) continue;
    const own = found.get(place) ?? { ran: null, permissions: [] };
    found.set(place, own);
    if (line.kind === "tool") own.ran = line;
    else own.permissions.push(line);
  }
  return found;
}

/** Some providers count calls anew in each answer: then only one at that time can be meant. null where none is, or several. */
function placeOf(
  line: ToolRan | PermissionAnswered,
  places: readonly number[],
  messages: Session["messages"],
  spans: Session["spans"],
): number | null {
  const span = (i: number) => spans[i] as ToolSpan;
  const own = places.filter((i) => line.messageId === null || messages[span(i).message]?.id === line.messageId);
  if (own.length <= 1) return own[0] ?? null;
  const at = own.filter((i) => mayBeWithin(intervalOf(line).startAt, span(i)));
  return at.length === 1 ? (at[0] as number) : null;
}

/** When a tool ran, or the user was waited for. */
export function intervalOf(line: ToolRan | PermissionAnswered): Interval {
  const startAt = line.kind === "tool" ? line.startedAt : line.askedAt;
  return { startAt, endAt: startAt + (line.kind === "tool" ? line.durationMs : line.waitedMs) };
}

function keyOf(sessionId: string, callId: string): string {
  return `${sessionId}\n${callId}`;
}
