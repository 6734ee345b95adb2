import type { Session, TelemetryRecord } from "../model/session.js";
import type { ReportSpans } from "./report-spans.js";

/**
 * Answers which span of the report a telemetry record is about: the call that it names, else its message's turn or
 * model call; null where it names neither, or none that is there.
 */
export function telemetrySpans({ spans, messages }: Session, { idOf }: ReportSpans) {
  const calls = new Map<string, { readonly span: number; readonly messageId: string; readonly sessionId: string }[]>();
  spans.forEach((span, i) => {
    const message = span.kind === "tool" ? messages[span.message] : undefined;
    if (span.kind !== "tool" || !message) return;
    const call = { span: i, messageId: message.id, sessionId: message.sessionId };
    const own = calls.get(span.callId);
    if (own) own.push(call);
    else calls.set(span.callId, [call]);
  });
  const spanOfMessage = new Map(messages.map(({ id, span }) => [id, span]));
  return ({ callId, messageId, sessionId }: TelemetryRecord): number | null => {
    const call = calls
      .get(callId ?? "")
      ?.find((each) => isIt(each.messageId, messageId) && isIt(each.sessionId, sessionId));
    const span = call?.span ?? spanOfMessage.get(messageId ?? "") ?? null;
    return span === null ? null : (idOf[span] as number);
  };
}

/** What a record leaves open says nothing against it. */
function isIt(id: string, named: string | null): boolean {
  return named === null || named === id;
}
