import type { IntentRow } from "../model/report.js";
import type { Session } from "../model/session.js";
import type { ReportSpans } from "./report-spans.js";
import { telemetrySpans } from "./telemetry-spans.js";

/** One row a classification of what a user wants, as telemetry files tell them, in their order. */
export function intents(session: Session, placed: ReportSpans): IntentRow[] {
  const spanOf = telemetrySpans(session, placed);
  return session.telemetry.flatMap((record) => {
    if (record.kind !== "intent") return [];
    const { at, label, confidence, correctLabel, escalated } = record;
    return [{ spanId: spanOf(record), at, label, confidence, correctLabel, escalated }];
  });
}
