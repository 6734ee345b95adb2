import type { CommandTotals, LongestCall, ToolTotals } from "../../model/collection.js";
import type { Report, ToolCallRow } from "../../model/report.js";
import type { Milliseconds } from "../../model/units.js";
import { programName } from "../../report/program-name.js";
import { isShell } from "../../report/tool-names.js";
import { userWaits } from "../parallel.js";
import { unionMs } from "../union.js";
import { byText, type Fold, type Member, type Open, Rows } from "./fold.js";

/** So many are kept: beyond them nothing took long. */
const MOST_ROWS = 50;

/** The tools that took most time over all sessions. */
export class ToolFold implements Fold<ToolTotals[]> {
  readonly #rows = new Rows<Open<ToolTotals>>();

  add({ report }: { readonly report: Report }): void {
    for (const { operation, kind, count, errors, timed, totalMs, maxMs } of report.time.operations) {
      if (kind !== "tool") continue;
      const row = this.#rows.of(operation, () => ({ tool: operation, ...NO_CALLS, calls: 0, errors: 0, timed: 0 }));
      row.sessions += 1;
      row.calls += count;
      row.errors += errors;
      row.timed += timed;
      row.totalMs += totalMs;
      row.longest = longer(row.longest, maxMs, report);
    }
  }

  result(): ToolTotals[] {
    return this.#rows
      .all()
      .sort((a, b) => b.totalMs - a.totalMs || byText(a.tool, b.tool))
      .slice(0, MOST_ROWS);
  }
}

const NO_CALLS = { sessions: 0, totalMs: 0, longest: null };

/** The programs that took most time over all sessions. */
export class CommandFold implements Fold<CommandTotals[]> {
  readonly #rows = new Rows<Open<CommandTotals>>();

  add({ report, exitCodes }: Pick<Member, "report" | "exitCodes">): void {
    const met = new Set<string>();
    const waits = userWaits(report.spans);
    for (const [i, call] of report.time.toolCalls.entries()) {
      if (!isRun(call)) continue;
      const command = programName(call.target);
      const row = this.#rows.of(command, () => ({ command, ...NO_CALLS, runs: 0, failed: 0, timed: 0 }));
      if (!met.has(command)) row.sessions += 1;
      met.add(command);
      if (hasFailed(call, exitCodes[i] ?? 0)) row.failed += 1;
      addRun(row, { ...call, durationMs: ranMs(call, report, waits) }, report);
    }
  }

  result(): CommandTotals[] {
    return this.#rows
      .all()
      .sort((a, b) => b.totalMs - a.totalMs || byText(a.command, b.command))
      .slice(0, MOST_ROWS);
  }
}

/** A command that was not allowed was never run. */
function isRun({ tool, target, status }: ToolCallRow): boolean {
  return isShell(tool) && target !== "" && status !== "rejected";
}

/** Without waits for the user, as in the table of tools; null where the machine may have slept. */
function ranMs(
  { spanId, durationMs }: ToolCallRow,
  { spans }: Report,
  waits: ReturnType<typeof userWaits>,
): Milliseconds | null {
  if (durationMs === null || spans[spanId]?.mayHaveSlept) return null;
  return durationMs - unionMs(waits.get(spanId) ?? []);
}

/** An error, or what ended with another code than 0: to OpenCode that is a call that worked. */
function hasFailed({ status }: ToolCallRow, exitCode: number): boolean {
  return status === "error" || (status === "ok" && exitCode !== 0);
}

function addRun(row: Open<CommandTotals>, { durationMs }: ToolCallRow, report: Report): void {
  row.runs += 1;
  if (durationMs !== null) row.timed += 1;
  row.totalMs += durationMs ?? 0;
  row.longest = longer(row.longest, durationMs, report);
}

/** The earlier one of equals. */
function longer(known: LongestCall | null, ms: Milliseconds | null, { session }: Report): LongestCall | null {
  if (ms === null || (known && known.ms >= ms)) return known;
  return { ms, sessionId: session.id };
}
