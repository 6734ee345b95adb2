import type { ModelCallRow, ReportSpan } from "../../model/report.js";
import type { Message, ModelSpan, Session, ToolSpan, TurnSpan } from "../../model/session.js";
import type { Milliseconds, Tokens, TokenUsage } from "../../model/units.js";
import { outputTokens } from "../calls.js";
import { promptOf } from "../context/context-walk.js";
import type { ReportSpans } from "../report-spans.js";

/** A model call with the tool calls that it asked for. Ids are those of the report's spans. */
export interface Step {
  readonly id: number;
  readonly modelId: number;
  readonly message: Message;
  readonly model: ModelSpan;
  readonly call: ModelCallRow;
  readonly tools: readonly ToolCall[];
  readonly startMs: Milliseconds;
  readonly endMs: Milliseconds;
  /** All of what the provider counted as input. */
  readonly promptTokens: Tokens;
  /** Output and reasoning. */
  readonly outputTokens: Tokens;
}

/** A tool call, in the session or a subagent. */
export interface ToolCall {
  readonly id: number;
  readonly span: ToolSpan;
  readonly message: Message;
}

/** Steps of one turn, or of one subagent's span, in time order. */
export interface StepRun {
  /** The turn or the subagent. */
  readonly id: number;
  readonly sessionId: string;
  readonly turn: TurnSpan | null;
  /** What was asked; null where the data does not hold it. */
  readonly prompt: Message | null;
  readonly steps: readonly Step[];
}

/** The steps of the session and its subagents, by what holds them, in pre-order. What a user ran by `!` is no step. */
export function stepRuns(session: Session, { spans, idOf }: ReportSpans, calls: readonly ModelCallRow[]): StepRun[] {
  const rowOf = new Map(calls.map((row) => [row.spanId, row]));
  const builders = new Map<number, StepRun & { readonly steps: Step[] }>();
  const toolsOf = new Map<number, ToolCall[]>();
  const prompts = promptsOf(session);
  const children = session.spans.map((): number[] => []);
  session.spans.forEach(({ parent }, i) => {
    children[parent]?.push(i);
  });
  session.spans.forEach((span, i) => {
    const id = idOf[i] as number;
    if (span.kind === "turn" || span.kind === "subagent") builders.set(i, runOf(i, id, session, prompts));
    if (span.kind !== "step") return;
    const modelAt = (children[i] as number[]).find((child) => session.spans[child]?.kind === "model");
    if (modelAt === undefined) return;
    const tools = toolsIn(i, session, children, idOf);
    toolsOf.set(id, tools);
    const modelId = idOf[modelAt] as number;
    const step = stepOf(session, modelAt, { id, modelId, tools }, spans[id] as ReportSpan, rowOf.get(modelId));
    if (step) builders.get(span.parent)?.steps.push(step);
  });
  return [...builders.values()];
}

/** The first that was asked in each subagent, by its span. */
function promptsOf({ messages }: Session): ReadonlyMap<number, Message> {
  const asked = messages.filter(({ role, span }) => role === "user" && span !== null);
  return new Map(asked.toReversed().map((message) => [message.span as number, message]));
}

function runOf(
  at: number,
  id: number,
  { id: root, spans, messages }: Session,
  prompts: ReadonlyMap<number, Message>,
): StepRun & { readonly steps: Step[] } {
  const span = spans[at];
  const sessionId = span?.kind === "subagent" ? span.sessionId : root;
  const turn = span?.kind === "turn" ? span : null;
  const prompt = turn ? messages[turn.message ?? -1] : prompts.get(at);
  return { id, sessionId, turn, prompt: prompt ?? null, steps: [] };
}

function stepOf(
  { spans, messages }: Session,
  modelAt: number,
  own: Pick<Step, "id" | "modelId" | "tools">,
  { startMs, endMs }: ReportSpan,
  call: ModelCallRow | undefined,
): Step | null {
  const model = spans[modelAt] as ModelSpan;
  const message = messages[model.message];
  if (!message || !call) return null;
  const usage = message.tokens ?? NO_TOKENS;
  return {
    ...{ message, model, call, startMs, endMs },
    promptTokens: promptOf(message),
    outputTokens: outputTokens(usage),
    ...own,
  };
}

const NO_TOKENS: TokenUsage = { uncachedInput: 0, cacheRead: 0, cacheWrite: 0, output: 0, reasoning: 0 };

/** The calls of a step, with those that a batch holds, without those of its subagents. */
function toolsIn(
  step: number,
  { spans, messages }: Session,
  children: readonly (readonly number[])[],
  idOf: readonly number[],
): ToolCall[] {
  const found: ToolCall[] = [];
  const open = [...(children[step] as number[])];
  for (let at = open.shift(); at !== undefined; at = open.shift()) {
    const span = spans[at];
    if (span?.kind !== "tool") continue;
    const message = messages[span.message];
    if (message) found.push({ id: idOf[at] as number, span, message });
    open.push(...(children[at] as number[]));
  }
  return found;
}
