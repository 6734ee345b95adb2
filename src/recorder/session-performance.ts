import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { OperationMetric, OperationStats, PerformanceReport } from "../model/performance-report.js";
import type { OwnOperation } from "../model/recording.js";
import { appended } from "./append.js";
import { isFileId } from "./fields.js";
import { inProcess } from "./in-process.js";
import { numbersIn } from "./line-metric.js";
import { recordedSoFar } from "./recorded-so-far.js";
import { recordingName, recordingsFolder, reportPath } from "./recordings-folder.js";
import { savedReportAt } from "./report-files.js";
import { startLine } from "./start-line.js";

/** An operation of one's own that is over. What is left out is not known; `ok` is then true. */
export interface Operation {
  /** `indexing`: a name of one's own. */
  readonly type: string;
  readonly durationMs: number;
  readonly name?: string;
  readonly ok?: boolean;
  /** Numbers alone, as of bytes. */
  readonly metadata?: Readonly<Record<string, number>>;
}

/** How many operations a report from a recording keeps. */
const MAX_METRICS = 1000;

/** The operations of sessions that a recorder saw, here or in another process. Nothing of it ever throws. */
export const SessionPerformance = {
  /** The report that was saved when the session was idle last, or ended; null where none was. */
  getReport(sessionId: string): PerformanceReport | null {
    const saved = flushed(sessionId) && savedReportAt(reportPath(recordingsFolder(), sessionId));
    if (!saved) return null;
    const { version: _, metrics: __, ...report } = saved;
    return report;
  },

  /** The report of what was recorded so far; null where nothing was. */
  getLive(sessionId: string): PerformanceReport | null {
    return flushed(sessionId) ? recordedSoFar(recordingsFolder(), sessionId, MAX_METRICS).report() : null;
  },

  /** The operations of one type: of the saved report or, before there is one, of what was recorded so far. */
  getOperationStats(sessionId: string, type: string): OperationStats | null {
    const types = (this.getReport(sessionId) ?? this.getLive(sessionId))?.operationBreakdown ?? {};
    return Object.hasOwn(types, type) ? (types[type] ?? null) : null;
  },

  /** The operations themselves, the newest last: a thousand at most. */
  getMetrics(sessionId: string): readonly OperationMetric[] {
    return flushed(sessionId) ? recordedSoFar(recordingsFolder(), sessionId, MAX_METRICS).kept : [];
  },

  /** Adds an operation of one's own to a session's recording. Returns whether it could. */
  record(sessionId: string, operation: Operation): boolean {
    if (!isFileId(sessionId)) return false;
    const line = operationLine(sessionId, operation);
    const recorder = inProcess().owners.get(sessionId);
    if (recorder) recorder.write(line);
    return recorder !== undefined || hasAppended(line);
  },

  /** Times what runs, and records it. Gives back, and throws, what it does; of a promise the end is waited for. */
  measure<Result>(
    sessionId: string,
    type: string,
    run: () => Result,
    more: Omit<Operation, "type" | "durationMs"> = {},
  ) {
    const startedAt = performance.now();
    const over = (ok: boolean) =>
      void this.record(sessionId, { ok, ...more, type, durationMs: performance.now() - startedAt });
    return observed(run, over);
  },
};

/** Has a recorder of this process write what it knows. Returns whether the id can be one. */
function flushed(sessionId: string): boolean {
  if (!isFileId(sessionId)) return false;
  inProcess().owners.get(sessionId)?.flush(sessionId);
  return true;
}

const LONGEST_NAME = 200;

function operationLine(sessionId: string, { type, durationMs, name, ok = true, metadata }: Operation): OwnOperation {
  const at = Date.now();
  const length = Number.isFinite(durationMs) ? Math.max(0, Math.round(durationMs * 100) / 100) : 0;
  return {
    ...{ kind: "operation", at, sessionId, type: String(type).slice(0, LONGEST_NAME) },
    ...{ name: name?.slice(0, LONGEST_NAME) ?? null, startedAt: at - Math.round(length), durationMs: length, ok },
    metadata: numbersIn(metadata),
  };
}

function hasAppended(line: OwnOperation): boolean {
  const folder = recordingsFolder();
  const path = join(folder, recordingName(line.sessionId));
  const lines = existsSync(path) ? [line] : [startLine(line.sessionId), line];
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    appended(path, lines.map((each) => `${JSON.stringify(each)}\n`).join(""), null);
    return true;
  } catch {
    return false;
  }
}

function observed<Result>(run: () => Result, over: (ok: boolean) => void): Result {
  try {
    const result = run();
    if (!(result instanceof Promise)) over(true);
    else
      result.then(
        () => over(true),
        () => over(false),
      );
    return result;
  } catch (error) {
    over(false);
    throw error;
  }
}
