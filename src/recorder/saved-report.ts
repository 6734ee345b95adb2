import type { OperationMetric, PerformanceReport } from "../model/performance-report.js";
import { field, numberAt } from "./fields.js";
import type { SessionMetrics } from "./session-metrics.js";

/** What is saved of a session: its report, and the operations that are kept, the newest last. */
export interface SavedReport extends PerformanceReport {
  readonly version: 1;
  readonly metrics: readonly OperationMetric[];
}

/** What is to be saved; null where there was no operation. */
export function savedReport(metrics: SessionMetrics): SavedReport | null {
  const report = metrics.report();
  return report && { version: 1, ...report, metrics: metrics.kept };
}

/** What was saved; null for a text that is no saved report. */
export function readSavedReport(text: string): SavedReport | null {
  try {
    const saved: unknown = JSON.parse(text);
    return isSavedReport(saved) ? saved : null;
  } catch {
    return null;
  }
}

/** Only recorders write here: what has a report's first fields has the others too. */
function isSavedReport(saved: unknown): saved is SavedReport {
  const types = field(saved, "operationBreakdown");
  const isReport = field(saved, "version") === 1 && numberAt(saved, "totalOperations") !== null;
  return isReport && typeof types === "object" && types !== null && Array.isArray(field(saved, "metrics"));
}
