import type { ModelCallRow, ToolCallRow } from "../model/report.js";
import type { ModelSpan, Session, ToolSpan } from "../model/session.js";
import type { Tokens, TokenUsage } from "../model/units.js";
import type { ReportSpans } from "./report-spans.js";
import { rounded } from "./round.js";

/** Every request to a model that has a span, with its phases. */
export function modelCalls(session: Session, { spans, idOf }: ReportSpans): ModelCallRow[] {
  return session.spans.flatMap((span, i) => {
    const spanId = idOf[i] as number;
    return span.kind === "model" ? [modelCall(span, spanId, session, spans[spanId]?.mayHaveSlept === true)] : [];
  });
}

/** Every tool call that has a span. */
export function toolCalls(session: Session, { idOf }: ReportSpans): ToolCallRow[] {
  return session.spans.flatMap((span, i) => (span.kind === "tool" ? [toolCall(span, idOf[i] as number)] : []));
}

function modelCall(span: ModelSpan, spanId: number, { messages }: Session, mayHaveSlept: boolean): ModelCallRow {
  const message = messages[span.message];
  const { startAt, endAt, firstOutputAt, basis, model } = span;
  const generateMs = firstOutputAt === null ? null : endAt - firstOutputAt;
  return {
    spanId,
    messageId: message?.id ?? "",
    model,
    startedAt: startAt,
    firstOutputAt,
    endedAt: endAt,
    waitMs: firstOutputAt === null ? null : firstOutputAt - startAt,
    generateMs,
    tokensPerSecond: mayHaveSlept ? null : outputRate(message?.tokens ?? null, generateMs),
    basis,
  };
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
  const { callId, tool, target, startAt, endAt, status, basis } = span;
  const durationMs = status === "unfinished" ? null : endAt - startAt;
  return { spanId, callId, tool, target, startedAt: startAt, endedAt: endAt, durationMs, status, basis };
}
