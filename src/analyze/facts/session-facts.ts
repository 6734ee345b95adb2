import type { PriceBook } from "../../model/price-book.js";
import type {
  CompactionRow,
  CompositionRow,
  CriticalPathEntry,
  FileRow,
  ModelCallRow,
  ReportSpan,
  Summary,
} from "../../model/report.js";
import type { Message, Session } from "../../model/session.js";
import type { Tokens } from "../../model/units.js";
import { addedUp, type Carried } from "../context/carried.js";
import type { ContextItem } from "../context/context-items.js";
import type { HistoryBefore } from "../context/history-sums.js";
import type { ContextLedger } from "../context/index.js";
import type { RatesOf } from "../prices.js";
import type { ReportSpans } from "../report-spans.js";
import { subtreeEnds } from "../subtree-ends.js";
import { type SkillWindow, skillWindows } from "./skill-windows.js";
import { type Step, type StepRun, stepRuns, type ToolCall } from "./steps.js";
import { type WorkTime, workTime } from "./work-time.js";

/** What has been worked out of a session before any suggestion is made. */
export interface KnownOfSession {
  readonly session: Session;
  readonly placed: ReportSpans;
  readonly summary: Summary;
  readonly modelCalls: readonly ModelCallRow[];
  readonly criticalPath: readonly CriticalPathEntry[];
  readonly context: ContextLedger;
  readonly byFile: readonly FileRow[];
  readonly compactions: readonly CompactionRow[];
  readonly ratesOf: RatesOf;
  /** null where it was not asked for. */
  readonly book: PriceBook | null;
}

/** What the rules read: the same for all, worked out once. */
export interface SessionFacts extends Omit<KnownOfSession, "placed" | "context"> {
  readonly spans: readonly ReportSpan[];
  readonly composition: readonly CompositionRow[];
  /** By turn or subagent, in pre-order. */
  readonly runs: readonly StepRun[];
  /** All of `runs`, in pre-order. */
  readonly steps: readonly Step[];
  /** All tool calls that a model asked for, in pre-order. */
  readonly tools: readonly ToolCall[];
  readonly inputTokens: Tokens;
  /** What a new session at each turn would have spared, by the id of the turn. */
  readonly historyBefore: ReadonlyMap<number, HistoryBefore>;
  /** Up to which id each span's own reach: see `subtreeEnds`. */
  readonly endOf: readonly number[];
  /** Every use of a skill with what came after it, in pre-order. */
  readonly skillWindows: readonly SkillWindow[];
  /** What spans took, and what the turns would be shorter without them. */
  readonly work: WorkTime;
  /** What prompts held of a call's result, and of its arguments. */
  readonly resultOf: (call: ToolCall) => Carried;
  readonly argumentsOf: (call: ToolCall) => Carried;
}

export function sessionFacts({ placed, context, ...known }: KnownOfSession): SessionFacts {
  const { session, modelCalls, criticalPath } = known;
  const runs = stepRuns(session, placed, modelCalls);
  const steps = runs.flatMap((run) => run.steps).sort((a, b) => a.id - b.id);
  const carried = carriedByCall(context.totals.ofItem);
  const endOf = subtreeEnds(placed.spans);
  return {
    ...known,
    ...{ runs, steps, spans: placed.spans, composition: context.rows },
    tools: steps.flatMap(({ tools }) => tools),
    inputTokens: context.rows.reduce((sum, { promptTokens }) => sum + promptTokens, 0),
    historyBefore: new Map(context.historyBefore.map((each) => [placed.idOf[each.turn] as number, each])),
    endOf,
    skillWindows: skillWindows({ session, runs, spans: placed.spans, endOf }),
    work: workTime(placed.spans, criticalPath),
    resultOf: ({ message, span }) => addedUp(carried.get(message)?.get(span.callId)?.results ?? []),
    argumentsOf: ({ message, span }) => addedUp(carried.get(message)?.get(span.callId)?.given ?? []),
  };
}

interface OfCall {
  readonly results: Carried[];
  readonly given: Carried[];
}

/** Call ids are unique in a message, not in a session. */
function carriedByCall(ofItem: ReadonlyMap<ContextItem, Carried>): Map<Message, Map<string, OfCall>> {
  const byMessage = new Map<Message, Map<string, OfCall>>();
  for (const [{ message, callId, kind }, carried] of ofItem) {
    if (callId === null) continue;
    const calls = byMessage.get(message) ?? new Map<string, OfCall>();
    const call = calls.get(callId) ?? { results: [], given: [] };
    (kind === "tool-call" ? call.given : call.results).push(carried);
    byMessage.set(message, calls.set(callId, call));
  }
  return byMessage;
}
