import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { RecordingLine } from "../model/recording.js";
import type { Milliseconds } from "../model/units.js";
import { isFileId } from "./fields.js";
import { reportPath } from "./recordings-folder.js";
import { readSavedReport, savedReport } from "./saved-report.js";
import { SessionMetrics } from "./session-metrics.js";

export interface ReportFilesOptions {
  /** Where recordings lie. */
  readonly folder: string;
  /** So many operations are kept of a session. */
  readonly maxMetrics: number;
  /** Is told once, when nothing more can be written. */
  readonly warn: (message: string) => void;
  readonly saveAfterMs?: Milliseconds;
}

/** So many operations at most are in memory, of all sessions together: then all is saved. */
const MOST_IN_MEMORY = 5_000;

/**
 * The saved reports of sessions. A session's operations are in memory until it is idle, and a moment after are added to
 * what was saved of it before, so that next to nothing stays in memory and several processes, one after the other, add
 * up. A save is one step that nothing can interrupt: two never overlap.
 */
export class ReportFiles {
  readonly #options: Required<ReportFilesOptions>;
  readonly #unsaved = new Map<string, SessionMetrics>();
  readonly #due = new Set<string>();
  #inMemory = 0;
  #timer: NodeJS.Timeout | null = null;
  #isQuiet = false;

  constructor(options: ReportFilesOptions) {
    this.#options = { saveAfterMs: 1_000, ...options };
  }

  /** Takes what a line of a recording tells of an operation. */
  add(line: RecordingLine): void {
    const { sessionId } = line;
    if (this.#isQuiet || !isFileId(sessionId)) return;
    if (line.kind === "status" && line.status === "deleted") this.#remove(sessionId);
    else if (this.#metricsOf(sessionId).addLine(line) && ++this.#inMemory >= MOST_IN_MEMORY) this.saveAll();
    if (line.kind === "status" && line.status === "idle") this.#saveSoon(sessionId);
  }

  /** Nothing more is to come of a session. */
  close(sessionId: string): void {
    if (this.#unsaved.has(sessionId)) this.#saveSoon(sessionId);
  }

  /** Saves what is known by now of one session. */
  save(sessionId: string): void {
    const metrics = this.#unsaved.get(sessionId);
    this.#forget(sessionId);
    try {
      if (metrics && !this.#isQuiet) saved(reportPath(this.#options.folder, sessionId), metrics);
    } catch (error) {
      this.#goQuiet(error);
    }
  }

  saveAll(): void {
    for (const sessionId of [...this.#unsaved.keys()]) this.save(sessionId);
    this.#inMemory = 0;
  }

  /** Saves everything, and keeps no timer. */
  dispose(): void {
    this.saveAll();
    this.#stopTimer();
  }

  #metricsOf(sessionId: string): SessionMetrics {
    const known = this.#unsaved.get(sessionId);
    if (known) return known;
    const metrics = new SessionMetrics(sessionId, this.#options.maxMetrics);
    this.#unsaved.set(sessionId, metrics);
    return metrics;
  }

  #saveSoon(sessionId: string): void {
    this.#due.add(sessionId);
    this.#timer ??= setTimeout(() => this.#saveDue(), this.#options.saveAfterMs).unref();
  }

  #saveDue(): void {
    this.#stopTimer();
    for (const sessionId of [...this.#due]) this.save(sessionId);
  }

  #remove(sessionId: string): void {
    this.#forget(sessionId);
    try {
      rmSync(reportPath(this.#options.folder, sessionId), { force: true });
    } catch (error) {
      this.#goQuiet(error);
    }
  }

  #forget(sessionId: string): void {
    this.#inMemory -= this.#unsaved.get(sessionId)?.kept.length ?? 0;
    this.#unsaved.delete(sessionId);
    this.#due.delete(sessionId);
    if (this.#due.size === 0) this.#stopTimer();
  }

  #goQuiet(error: unknown): void {
    this.#isQuiet = true;
    this.#unsaved.clear();
    const code = (error as NodeJS.ErrnoException | null)?.code ?? "unknown";
    this.#options.warn(`Sessionflame saves no more reports: its files cannot be written (${code}).`);
  }

  #stopTimer(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }
}

/** Adds operations to what was saved before. Written beside and renamed. Throws what the system throws. */
function saved(path: string, metrics: SessionMetrics): void {
  const earlier = savedReportAt(path);
  if (earlier) metrics.addEarlier(earlier, earlier.metrics);
  const report = savedReport(metrics);
  if (report === null) return;
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const beside = `${path}.${process.pid}.tmp`;
  writeFileSync(beside, JSON.stringify(report), { mode: 0o600 });
  renameSync(beside, path);
}

/** null where there is none, or none that can be read. */
export function savedReportAt(path: string): ReturnType<typeof readSavedReport> {
  try {
    return readSavedReport(readFileSync(path, "utf8"));
  } catch {
    return null;
  }
}
