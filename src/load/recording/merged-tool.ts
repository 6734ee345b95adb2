import type { PermissionAnswered, ToolRan } from "../../model/recording.js";
import type { Span, ToolSpan } from "../../model/session.js";
import { clippedTo, intervalOf, united } from "./intervals.js";
import type { RecordedCall } from "./recorded-calls.js";
import { clamped, mayBeWithin } from "./slack.js";

/** A tool call with what its recording says, and how much of that contradicts the database. */
export interface MergedTool {
  readonly span: ToolSpan;
  readonly contradictions: number;
}

/** `children`: the spans inside the call, which it goes on to hold. */
export function mergedTool(
  span: ToolSpan,
  parent: Span,
  children: readonly Span[],
  recorded: RecordedCall,
): MergedTool {
  const timed = recorded.ran && span.basis === "estimated" ? withTimes(span, parent, children, recorded.ran) : span;
  const own = timed ?? span;
  const waits = recorded.permissions.filter((permission) => isOf(permission, own));
  const contradictions = (timed === null ? 1 : 0) + recorded.permissions.length - waits.length;
  // All of a question is a wait for its answer.
  if (waits.length === 0 || own.tool === "question") return { span: own, contradictions };
  const userWaits = united(waits.map((wait) => clippedTo(intervalOf(wait), own)));
  return { span: { ...own, userWaits }, contradictions };
}

/** A recorded end stays; where there is none, the recording's is taken. null where the recording contradicts. */
function withTimes(span: ToolSpan, parent: Span, children: readonly Span[], ran: ToolRan): ToolSpan | null {
  const isOpen = span.status === "unfinished";
  const { startAt: startedAt, endAt: endedAt } = intervalOf(ran);
  if (!mayBeWithin(startedAt, isOpen ? parent : span)) return null;
  if (isOpen && parent.status !== "unfinished" && !mayBeWithin(endedAt, parent)) return null;
  const outer = { startAt: parent.startAt, endAt: isOpen ? parent.endAt : span.endAt };
  const startAt = children.reduce((first, child) => Math.min(first, child.startAt), clamped(startedAt, outer));
  const end = isOpen ? clamped(endedAt, { startAt, endAt: parent.endAt }) : span.endAt;
  const endAt = children.reduce((last, child) => Math.max(last, child.endAt), end);
  return {
    ...{ ...span, startAt, endAt, calledAt: startAt, basis: "measured" },
    userWaits: span.userWaits.map((wait) => clippedTo(wait, { startAt, endAt })),
  };
}

/** The user cannot be waited for when the call does not run. */
function isOf(permission: PermissionAnswered, span: ToolSpan): boolean {
  const { startAt, endAt } = intervalOf(permission);
  return mayBeWithin(startAt, span) && (span.status === "unfinished" || mayBeWithin(endAt, span));
}
