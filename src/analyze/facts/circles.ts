import { isReadOnly, isShell } from "../../report/tool-names.js";
import type { StepRun, ToolCall } from "./steps.js";

/** A call on the same thing again after an error. */
export interface Retry {
  readonly call: ToolCall;
  readonly worked: boolean;
  /** The same arguments, and nothing was changed between. */
  readonly changedNothing: boolean;
}

/** How a run of steps went round in circles. */
export interface Circles {
  readonly retries: readonly Retry[];
  /** Tests and checks between two edits. */
  readonly verifications: readonly ToolCall[];
}

/** Calls that ended, as they were asked for; what was rejected or aborted says nothing of the call. */
export function circlesIn({ steps }: StepRun): Circles {
  const calls = steps.flatMap(({ tools }, step) => tools.map((call) => ({ call, step }))).filter(hasEnded);
  return { retries: retriesIn(calls), verifications: verificationsIn(calls.map(({ call }) => call)) };
}

/** An error, or a command that ended with another code than 0. */
export function hasFailed({ span }: ToolCall): boolean {
  return span.status === "error" || (isShell(span.tool) && span.exitCode !== null && span.exitCode !== 0);
}

interface PlacedCall {
  readonly call: ToolCall;
  /** The place of its step in the run: calls of one step did not know of each other. */
  readonly step: number;
}

function hasEnded({ call }: PlacedCall): boolean {
  return call.span.status === "ok" || call.span.status === "error";
}

interface Failed extends PlacedCall {
  /** How many changes had been made before it. */
  readonly changes: number;
}

function retriesIn(calls: readonly PlacedCall[]): Retry[] {
  const failed = new Map<string, Failed>();
  const retries: Retry[] = [];
  let changes = 0;
  for (const { call, step } of calls) {
    const key = `${call.span.tool}\n${call.span.subjectDigest}`;
    const before = failed.get(key);
    // A command that is run again after something was mended is a check of that, no retry.
    const isRetry = before && before.step < step && (before.call.span.status === "error" || before.changes === changes);
    const changedNothing = before?.changes === changes && before.call.span.inputDigest === call.span.inputDigest;
    if (isRetry) retries.push({ call, worked: !hasFailed(call), changedNothing });
    if (mayChange(call)) changes++;
    if (hasFailed(call)) failed.set(key, { call, step, changes });
    else failed.delete(key);
  }
  return retries;
}

/** What only looks changes nothing, and neither does an edit that failed. */
function mayChange({ span }: ToolCall): boolean {
  return span.check === null && !isReadOnly(span.tool) && span.skill === null && span.status === "ok";
}

function verificationsIn(calls: readonly ToolCall[]): ToolCall[] {
  const found: ToolCall[] = [];
  let hasEdited = false;
  let check: ToolCall | null = null;
  for (const call of calls) {
    if (call.span.check !== null && hasEdited) check = call;
    if (call.span.edit === null || call.span.status !== "ok") continue;
    if (check) found.push(check);
    hasEdited = true;
    check = null;
  }
  return found;
}
