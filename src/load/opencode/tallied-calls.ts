import type { ToolTally } from "../../model/tally.js";
import type { Milliseconds } from "../../model/units.js";
import type { MessageDraft, ToolDraft } from "./drafts.js";
import { toolTimes } from "./timing.js";

/** A call of a tool, as far as totals over many sessions go. */
export interface TalliedCall {
  readonly sessionId: string;
  /** The message that it stands in. */
  readonly message: MessageDraft;
  readonly tool: string;
  readonly isError: boolean;
  /** null without an end, and where the machine may have slept. */
  readonly durationMs: Milliseconds | null;
}

/** The calls that stand in a message. */
export function talliedCalls(message: MessageDraft, resetsStarts: boolean): TalliedCall[] {
  const tools = message.parts.filter((part): part is ToolDraft => part.kind === "tool");
  return tools.map((tool) => talliedCall(tool, message, resetsStarts));
}

export function talliedCall(tool: ToolDraft, message: MessageDraft, resetsStarts: boolean): TalliedCall {
  const isError = tool.status === "error";
  const durationMs = callMs(tool, message, resetsStarts);
  return { sessionId: message.sessionId, message, tool: tool.tool, isError, durationMs };
}

/** A call that is longer, and holds no subagent, may have outlasted a machine that slept. */
const SLEEP_MS: Milliseconds = 30 * 60_000;
const SUBAGENT_TOOLS = new Set(["task", "subagent"]);

/** As the statistics by operation of a report have it: a question and a refused call are all waiting for the user. */
function callMs(tool: ToolDraft, message: MessageDraft, resetsStarts: boolean): Milliseconds | null {
  if (tool.status === "unfinished" || tool.endAt === null) return null;
  if (tool.tool === "question" || tool.status === "rejected") return 0;
  const { startAt, endAt } = toolTimes(tool, message, resetsStarts);
  return endAt - startAt > SLEEP_MS && !SUBAGENT_TOOLS.has(tool.tool) ? null : Math.max(0, endAt - startAt);
}

interface OpenTally extends ToolTally {
  calls: number;
  ownCalls: number;
  errors: number;
  readonly durationsMs: Milliseconds[];
}

/** By session. Calls stream by: there may be many more of them than messages. */
export function toolTallies(
  calls: Iterable<TalliedCall>,
  copied: ReadonlySet<MessageDraft>,
): ReadonlyMap<string, ToolTally[]> {
  const open = new Map<string, Map<string, OpenTally>>();
  for (const { sessionId, message, tool, isError, durationMs } of calls) {
    const ofSession = open.get(sessionId) ?? new Map<string, OpenTally>();
    const tally = ofSession.get(tool) ?? { tool, calls: 0, ownCalls: 0, errors: 0, durationsMs: [] };
    open.set(sessionId, ofSession.set(tool, tally));
    tally.calls++;
    if (copied.has(message)) continue;
    tally.ownCalls++;
    if (isError) tally.errors++;
    if (durationMs !== null) tally.durationsMs.push(durationMs);
  }
  return new Map([...open].map(([id, tallies]) => [id, [...tallies.values()]]));
}
