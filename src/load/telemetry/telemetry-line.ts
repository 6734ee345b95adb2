import * as v from "valibot";
import type { TelemetryRecord } from "../../model/telemetry.js";
import { telemetryLineSchema } from "./line-schema.js";

/** What a line says; or why it cannot be used, in words that repeat nothing of it. */
export type TelemetryLine = { readonly record: TelemetryRecord } | { readonly problem: string };

/** Reads one line, already parsed from JSON. Fields that no kind has are left out. */
export function telemetryLine(value: unknown): TelemetryLine {
  const { success, output, issues } = v.safeParse(telemetryLineSchema, value, { abortEarly: true });
  if (!success) return { problem: problemOf(issues[0]) };
  const record = recordOf(output);
  const hasId = [record.sessionId, record.messageId, record.callId].some((given) => given !== null);
  return hasId ? { record } : { problem: "it names no session, message or call" };
}

function recordOf(line: v.InferOutput<typeof telemetryLineSchema>): TelemetryRecord {
  const { sessionID, messageID, callID, ...rest } = line;
  const { sessionId, messageId, callId } = line;
  return Object.freeze({
    ...rest,
    ...{ sessionId: sessionId ?? sessionID, messageId: messageId ?? messageID, callId: callId ?? callID },
  });
}

function problemOf(issue: v.BaseIssue<unknown>): string {
  const field = v.getDotPath(issue);
  if (field === null) return "it is no JSON object";
  return issue.received === "undefined" ? `${field} is missing` : `${field} ${issue.message}`;
}
