import type { PermissionAnswered, RecordingLine, ToolRan } from "../../model/recording.js";
import type { ModelSpan, Session, Span, StepSpan, ToolSpan } from "../../model/session.js";
import type { Interval } from "../../model/units.js";
import { clippedTo, intervalOf, united } from "./intervals.js";
import { mayBeWithin } from "./slack.js";

/** What is asked where one answer makes the same call again and again: whether to go on. It is no question about a call. */
const GO_ON = "doom_loop";

export function asksToGoOn(line: RecordingLine): line is PermissionAnswered {
  return line.kind === "permission" && line.permission === GO_ON && line.callId === null;
}

/** The answers of which nothing more was read until the user had said whether to go on. */
export interface HeldAnswers {
  /** When, by the answer's index in `messages`. */
  readonly byMessage: ReadonlyMap<number, readonly Interval[]>;
  /** Questions of which nothing says in which answer they were asked. */
  readonly unplaced: number;
  readonly contradictions: number;
}

export function heldAnswers(session: Session, lines: readonly RecordingLine[]): HeldAnswers {
  const steps = stepsOf(session);
  const byMessage = new Map<number, Interval[]>();
  let unplaced = 0;
  let contradictions = 0;
  for (const line of lines.filter(asksToGoOn)) {
    const step = steps.get(`${line.sessionId}\n${line.messageId}`);
    if (step === undefined) unplaced++;
    else if (!mayHold(intervalOf(line), step)) contradictions++;
    else byMessage.set(step.message, [...(byMessage.get(step.message) ?? []), intervalOf(line)]);
  }
  return { byMessage, unplaced, contradictions };
}

/** By session and message. */
function stepsOf({ messages, spans }: Session): ReadonlyMap<string, StepSpan> {
  const steps = spans.filter((span) => span.kind === "step");
  return new Map(steps.map((step) => [`${messages[step.message]?.sessionId}\n${messages[step.message]?.id}`, step]));
}

function mayHold({ startAt, endAt }: Interval, step: StepSpan): boolean {
  return mayBeWithin(startAt, step) && (step.status === "unfinished" || mayBeWithin(endAt, step));
}

/** A span of an answer with the times in which it was held up; any other as it was. `ran`: when a tool is known to have run. */
export function heldSpan(span: Span, byMessage: HeldAnswers["byMessage"], ran: ToolRan | null): Span {
  if (span.kind !== "model" && span.kind !== "tool") return span;
  const holds = byMessage.get(span.message);
  if (holds === undefined) return span;
  return span.kind === "model" ? heldModel(span, holds) : heldTool(span, holds, ran);
}

/** A model call of which nothing was read meanwhile, once it had begun to answer. */
function heldModel(span: ModelSpan, holds: readonly Interval[]): ModelSpan {
  const outputAt = Math.max(span.firstOutputAt ?? span.startAt, span.retrying?.endAt ?? span.startAt);
  const heldUp = inside(holds, { startAt: outputAt, endAt: span.endAt });
  if (heldUp.length === 0) return span;
  const phases = span.phases.flatMap((phase) => outside([phase], heldUp).map((part) => ({ ...phase, ...part })));
  return { ...span, heldUp, phases };
}

/** A tool call whose result was not taken meanwhile, but for the time in which it is known to have run. */
function heldTool(span: ToolSpan, holds: readonly Interval[], ran: ToolRan | null): ToolSpan {
  const heldUp = inside(outside(holds, ran === null ? [] : [intervalOf(ran)]), span);
  return heldUp.length === 0 ? span : { ...span, heldUp };
}

/** What of the intervals lies in another, in order and without overlaps. */
function inside(intervals: readonly Interval[], outer: Interval): Interval[] {
  return united(intervals.map((each) => clippedTo(each, outer))).filter(({ startAt, endAt }) => endAt > startAt);
}

/** What of the intervals lies in none of the holes. */
function outside(intervals: readonly Interval[], holes: readonly Interval[]): Interval[] {
  return holes.reduce<readonly Interval[]>(
    (rest, hole) =>
      rest
        .flatMap(({ startAt, endAt }) => [
          { startAt, endAt: Math.min(endAt, hole.startAt) },
          { startAt: Math.max(startAt, hole.endAt), endAt },
        ])
        .filter(({ startAt, endAt }) => endAt > startAt),
    intervals,
  ) as Interval[];
}
