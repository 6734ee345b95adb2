import type { ModelSpan, StepSpan } from "../../model/session.js";
import type { EpochMs } from "../../model/units.js";
import type { RecordedRequest } from "./recorded-requests.js";
import { clamped, mayFollow, SLACK_MS } from "./slack.js";

/**
 * The model call with the times of its recording: it begins when its first request was sent, so what lies before is the
 * agent's own preparation. null where the recording contradicts the step or the database.
 */
export function mergedModel(span: ModelSpan, step: StepSpan, recorded: RecordedRequest): ModelSpan | null {
  if (contradicts(span, step, recorded)) return null;
  const startAt = clamped(recorded.firstSentAt, step);
  const sentAt = clamped(recorded.sentAt, { startAt, endAt: step.endAt });
  const { hasRetries, retryReasons } = recorded;
  const retried = {
    retrying: hasRetries ? { startAt, endAt: sentAt } : span.retrying,
    ...(retryReasons.length > 0 ? { retryReasons } : {}),
  };
  const isUnseenRetry = span.retrying !== null && !hasRetries;
  if (recorded.firstChunkAt === null || isUnseenRetry)
    return { ...span, startAt, endAt: Math.max(sentAt, span.endAt), ...retried };
  const firstOutputAt = clamped(recorded.firstChunkAt, { startAt: sentAt, endAt: step.endAt });
  const endAt = clamped(recorded.streamEndAt ?? span.endAt, { startAt: firstOutputAt, endAt: step.endAt });
  return { ...span, startAt, endAt, firstOutputAt, ...retried, basis: "measured" };
}

function contradicts(span: ModelSpan, step: StepSpan, recorded: RecordedRequest): boolean {
  const { firstSentAt, sentAt, hasRetries, firstChunkAt, streamEndAt } = recorded;
  // An attempt may be planned for a time after the step's end; and a step without an end may have gone on.
  const isOpen = step.status === "unfinished";
  const sent = [firstSentAt, hasRetries ? Math.min(sentAt, Math.max(step.endAt, firstSentAt)) : sentAt];
  const times = [...sent, firstChunkAt, streamEndAt].filter((at): at is EpochMs => at !== null);
  if (!mayFollow([step.startAt, ...times, ...(isOpen ? [] : [step.endAt])])) return true;
  // Nothing comes before it was asked for. A failed attempt may have brought something too.
  const isOneAttempt = !hasRetries && span.retrying === null;
  return isOneAttempt && span.firstOutputAt !== null && (firstChunkAt ?? sentAt) > span.firstOutputAt + SLACK_MS;
}
