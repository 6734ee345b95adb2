import type { Session, TelemetryRecord } from "../../model/session.js";

/** Where a call was made. */
interface CallPlace {
  readonly sessionId: string;
  readonly messageId: string;
}

/** The ids that a session is known by, with those of its subagents, messages and calls. */
export class SessionIds {
  readonly #sessions: ReadonlySet<string>;
  readonly #messages: ReadonlySet<string>;
  readonly #calls: ReadonlyMap<string, readonly CallPlace[]>;

  constructor(session: Session) {
    const { id, messages, spans } = session;
    const subagents = spans.flatMap((span) => (span.kind === "subagent" ? [span.sessionId] : []));
    this.#sessions = new Set([id, ...subagents, ...messages.map(({ sessionId }) => sessionId)]);
    this.#messages = new Set(messages.map((message) => message.id));
    this.#calls = callPlaces(session);
  }

  /**
   * Whether a record belongs to the session. Only its surest id decides: a session's is one in the world, that of a call
   * may be in many sessions. So a record that names another session stays out, whatever its call is called.
   */
  has({ sessionId, messageId, callId }: TelemetryRecord): boolean {
    if (sessionId !== null) return this.#sessions.has(sessionId);
    if (messageId !== null) return this.#messages.has(messageId);
    return callId !== null && this.#calls.has(callId);
  }

  /** The message in which a record's call was made; null where the session knows none, or several. */
  messageOfCall({ sessionId, callId }: TelemetryRecord): string | null {
    const places = callId === null ? [] : (this.#calls.get(callId) ?? []);
    const messages = places.filter((place) => sessionId === null || place.sessionId === sessionId);
    return messages.length === 1 ? (messages[0] as CallPlace).messageId : null;
  }
}

/** By call id. Some providers count calls anew in each answer: one id may then be in several messages. */
function callPlaces({ messages, spans }: Session): ReadonlyMap<string, readonly CallPlace[]> {
  const places = new Map<string, CallPlace[]>();
  for (const span of spans) {
    if (span.kind !== "tool" || span.callId === "") continue;
    const message = messages[span.message];
    if (!message) continue;
    const own = places.get(span.callId) ?? [];
    places.set(span.callId, own);
    own.push({ sessionId: message.sessionId, messageId: message.id });
  }
  return places;
}
