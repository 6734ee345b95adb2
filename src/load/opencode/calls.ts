import type { EpochMs } from "../../model/units.js";
import type { MessageDraft, ToolDraft } from "./drafts.js";
import { SLACK_MS } from "./ids.js";
import { latest, type ToolTimes, toolTimes } from "./timing.js";
import type { TurnDraft } from "./turns.js";

/** A task call that named the child session it started. */
export interface TaskCall {
  readonly draft: number;
  readonly callId: string;
  readonly from: EpochMs;
  readonly until: EpochMs;
}

/** A tool call with the time in which it ran. */
export interface TimedCall {
  readonly tool: ToolDraft;
  readonly times: ToolTimes;
  /** The batch call that ran it; null for what the model asked for itself. */
  readonly batch: ToolDraft | null;
}

/** The tool calls of a message. What the old `batch` tool ran stands in the message once more, as calls of their own. */
export function timedCalls(message: MessageDraft, resetsStarts: boolean): TimedCall[] {
  const tools = message.parts.filter((part): part is ToolDraft => part.kind === "tool");
  const calls = tools.map((tool) => ({ tool, times: toolTimes(tool, message, resetsStarts) }));
  const batches = calls.filter(({ tool }) => tool.tool === "batch");
  return calls.map((call) => {
    const { startAt, endAt } = call.times;
    const holds = ({ tool, times }: typeof call) =>
      tool !== call.tool && times.startAt <= startAt && endAt <= times.endAt;
    return { batch: call.tool.tool === "batch" ? null : (batches.find(holds)?.tool ?? null), ...call };
  });
}

/** The call whose time holds the turn; null for what a child did beside or after its calls. */
export function callFor(turn: TurnDraft, calls: readonly TaskCall[]): TaskCall | null {
  const startAt = startOf(turn);
  const ends = turn.replies.map((reply) => reply.completedAt ?? reply.createdAt);
  const endAt = latest(startAt, ends);
  const holds = (call: TaskCall) => call.from - SLACK_MS <= startAt && endAt <= call.until + SLACK_MS;
  return calls.findLast(holds) ?? null;
}

/** When a turn was asked for; where nothing asked, when its first answer began. */
export function startOf({ prompt, replies }: TurnDraft): EpochMs {
  return (prompt ?? (replies[0] as MessageDraft)).createdAt;
}
