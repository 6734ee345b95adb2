import { joinedTotals, totalsOfOne, totalsOfStats } from "../analyze/operation-totals.js";
import { performanceReport } from "../analyze/performance-report.js";
import type { MemoryUsage, OperationMetric, OperationTotals, PerformanceReport } from "../model/performance-report.js";
import { lineMetric, newContext } from "./line-metric.js";

/** Types are a few names; what goes beyond is counted together. */
const MOST_TYPES = 50;
const OTHER_TYPES = "other";

/** The operations of one session: sums over all of them, and the newest ones themselves. */
export class SessionMetrics {
  readonly #sessionId: string;
  readonly #mostKept: number;
  readonly #totals = new Map<string, OperationTotals>();
  readonly #context = newContext();
  #kept: OperationMetric[] = [];

  constructor(sessionId: string, mostKept: number) {
    this.#sessionId = sessionId;
    this.#mostKept = mostKept;
  }

  get kept(): readonly OperationMetric[] {
    return this.#kept.slice(-this.#mostKept);
  }

  /** Takes the operation that a line of a recording tells of, if it tells of one. Returns whether it did. */
  addLine(line: unknown): boolean {
    const metric = lineMetric(line, this.#context);
    if (metric) this.#add(metric);
    return metric !== null;
  }

  /** Takes what was seen of the session before, as it was saved. */
  addEarlier(report: PerformanceReport, kept: readonly OperationMetric[]): void {
    for (const [type, stats] of Object.entries(report.operationBreakdown)) this.#count(type, totalsOfStats(stats));
    this.#kept = [...kept, ...this.#kept].slice(-this.#mostKept);
    this.#context.memory ??= report.memoryUsage;
  }

  /** null where there was no operation. */
  report(): PerformanceReport | null {
    const memory: MemoryUsage | null = this.#context.memory;
    return performanceReport({ sessionId: this.#sessionId, totals: this.#totals, kept: this.kept, memory });
  }

  #add(metric: OperationMetric): void {
    const type = this.#count(metric.type, totalsOfOne(metric));
    this.#kept.push(type === metric.type ? metric : { ...metric, type });
    // Now and then the oldest go, so that no operation costs a copy of all.
    if (this.#kept.length >= 2 * this.#mostKept) this.#kept = this.#kept.slice(-this.#mostKept);
  }

  #count(type: string, totals: OperationTotals): string {
    const own = this.#totals.has(type) || this.#totals.size < MOST_TYPES ? type : OTHER_TYPES;
    const before = this.#totals.get(own);
    this.#totals.set(own, before ? joinedTotals(before, totals) : totals);
    return own;
  }
}
