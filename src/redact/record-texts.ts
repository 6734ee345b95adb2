import type { TelemetryRecord } from "../model/session.js";
import type { ChangeText } from "./map-texts.js";

/** A record of telemetry with its texts changed. */
export function changedRecord(record: TelemetryRecord, change: ChangeText): TelemetryRecord {
  const { sessionId, messageId, callId } = record;
  const ids = {
    sessionId: sessionId && change(sessionId, "id"),
    messageId: messageId && change(messageId, "id"),
    callId: callId && change(callId, "id"),
  };
  switch (record.kind) {
    case "skill":
      return { ...record, ...ids, name: change(record.name, "skill") };
    case "edit": {
      const { model, file } = record;
      const named = { model: model && change(model, "model"), file: file && change(file, "path") };
      return { ...record, ...ids, ...named, format: change(record.format, "label") };
    }
    case "rlm":
      return { ...record, ...ids };
    case "intent": {
      const { correctLabel } = record;
      const labels = {
        label: change(record.label, "label"),
        correctLabel: correctLabel && change(correctLabel, "label"),
      };
      return { ...record, ...ids, ...labels };
    }
  }
}
