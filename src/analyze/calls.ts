import { group } from "d3";
import { median } from "simple-statistics";
import type { ModelCallRow, ReportSpan, ToolCallRow } from "../model/report.js";
import type { ModelSpan, Session, Span, StreamPhase, ToolSpan } from "../model/session.js";
import type { Milliseconds, Tokens, TokenUsage } from "../model/units.js";
import type { ReportSpans } from "./report-spans.js";
import { rounded } from "./round.js";
import { unionMs } from "./union.js";

/** Every request to a model that has a span, with its phases. */
export function modelCalls(session: Session, { spans, idOf }: ReportSpans): ModelCallRow[] {
  const typicalMs = session.records.retries === "recorded" ? new Map() : typicalWaits(session.spans);
  return session.spans.flatMap((span, i) => {
    if (span.kind !== "model") return [];
    const spanId = idOf[i] as number;
    const step = spans[(spans[spanId] as ReportSpan).parent];
    return [
      // Not a spread with more fields behind it: CONTRIBUTING.md says why.
      Object.assign(modelCall(span, spanId, session, spans[spanId]?.mayHaveSlept === true), {
        overheadMs: step?.kind === "step" ? step.selfMs : 0,
        waitedTimesLonger: timesLonger(span, typicalMs.get(span.model) ?? null),
      }),
    ];
  });
}

/** Fewer calls say nothing about what is usual. */
const FEWEST_SIBLINGS = 4;
const CONSPICUOUS_MS = 5_000;
const CONSPICUOUS_TIMES = 4;
/** What happens more often is how the provider is, not an exception. */
const CONSPICUOUS_SHARE = 0.05;

/** By model: the median wait for the first output, where waits that are far longer are exceptions. */
function typicalWaits(spans: readonly Span[]): ReadonlyMap<string, Milliseconds> {
  const calls = spans.filter((span): span is ModelSpan => span.kind === "model");
  return new Map(
    [...group(calls, (span) => span.model)].flatMap(([model, own]) => {
      const waits = own.filter((span) => span.firstOutputAt !== null).map(waitOf);
      if (waits.length < FEWEST_SIBLINGS) return [];
      const typicalMs = median(waits);
      const conspicuous = own.filter((span) => isConspicuous(span, typicalMs)).length;
      return conspicuous <= Math.max(1, own.length * CONSPICUOUS_SHARE) ? [[model, typicalMs] as const] : [];
    }),
  );
}

/** A wait that is far longer than usual may hide attempts that failed. */
function timesLonger(span: ModelSpan, typicalMs: Milliseconds | null): number | null {
  if (typicalMs === null || span.retrying !== null || !isConspicuous(span, typicalMs)) return null;
  return rounded(waitOf(span) / Math.max(1, typicalMs), 0);
}

function isConspicuous(span: ModelSpan, typicalMs: Milliseconds): boolean {
  return waitOf(span) >= CONSPICUOUS_MS && waitOf(span) >= CONSPICUOUS_TIMES * typicalMs;
}

function waitOf({ startAt, endAt, firstOutputAt }: ModelSpan): Milliseconds {
  return (firstOutputAt ?? endAt) - startAt;
}

/** Every tool call that has a span. */
export function toolCalls(session: Session, { idOf }: ReportSpans): ToolCallRow[] {
  return session.spans.flatMap((span, i) => (span.kind === "tool" ? [toolCall(span, idOf[i] as number)] : []));
}

function modelCall(
  span: ModelSpan,
  spanId: number,
  { messages }: Session,
  mayHaveSlept: boolean,
): Omit<ModelCallRow, "overheadMs" | "waitedTimesLonger"> {
  const message = messages[span.message];
  const { startAt, endAt, firstOutputAt, retrying, basis, model, heldUp = [] } = span;
  const generateMs = firstOutputAt === null ? null : endAt - firstOutputAt - unionMs(heldUp);
  return {
    spanId,
    messageId: message?.id ?? "",
    model,
    startedAt: startAt,
    firstOutputAt,
    endedAt: endAt,
    waitMs: waitMs(span),
    retryMs: retrying && retrying.endAt - retrying.startAt,
    generateMs,
    reasoningMs: phaseMs(span, "reasoning"),
    textMs: phaseMs(span, "text"),
    toolArgumentsMs: phaseMs(span, "tool-arguments"),
    tokensPerSecond: mayHaveSlept ? null : outputRate(message?.tokens ?? null, generateMs),
    basis,
  };
}

/** Where nothing came, and the source would have said so, all of it was waiting. */
function waitMs({ startAt, endAt, firstOutputAt, retrying, basis }: ModelSpan): Milliseconds | null {
  const outputAt = firstOutputAt ?? (basis === "measured" ? endAt : null);
  return outputAt === null ? null : Math.max(0, outputAt - (retrying?.endAt ?? startAt));
}

/** Calls that stream side by side count once. null where no such piece is timed. */
function phaseMs({ phases }: ModelSpan, kind: StreamPhase["kind"]): Milliseconds | null {
  const own = phases.filter((phase) => phase.kind === kind);
  return own.length === 0 ? null : unionMs(own);
}

/** Below this the stream came in one piece, and a rate would only measure the clock. */
const SHORTEST_STREAM_MS = 50;

/** (output + reasoning) tokens over the time from the first output to the end of the stream. */
function outputRate(tokens: TokenUsage | null, generateMs: number | null): number | null {
  if (tokens === null || generateMs === null || generateMs < SHORTEST_STREAM_MS) return null;
  return rounded(outputTokens(tokens) / (generateMs / 1_000), 1);
}

export function outputTokens({ output, reasoning }: TokenUsage): Tokens {
  return output + reasoning;
}

function toolCall(span: ToolSpan, spanId: number): ToolCallRow {
  const { callId, tool, target, calledAt, startAt, endAt, status, basis } = span;
  const durationMs = status === "unfinished" ? null : endAt - startAt;
  return { spanId, callId, tool, target, calledAt, startedAt: startAt, endedAt: endAt, durationMs, status, basis };
}
