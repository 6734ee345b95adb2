import * as v from "valibot";
import type { SessionEntry, Weigh } from "../source.js";
import type { SessionHead, SessionRows } from "./drafts.js";
import type { PartRow } from "./drafts-1.js";
import { gathered } from "./gather-1.js";
import { mintedBefore } from "./ids.js";
import { optionalText, record, time } from "./json-1.js";
import { parseData } from "./parse-data.js";

const RunEventData = v.object({
  type: v.picklist(["step_start", "text", "reasoning", "tool_use", "step_finish", "error"]),
  timestamp: time,
  sessionID: v.pipe(v.string(), v.nonEmpty()),
  part: v.fallback(
    v.optional(
      v.looseObject({
        id: v.string(),
        messageID: v.string(),
        reason: optionalText,
        state: v.optional(v.looseObject({ metadata: record })),
      }),
    ),
    undefined,
  ),
  error: v.fallback(v.optional(v.object({ name: v.string(), data: record })), undefined),
});
export type RunEvent = v.InferOutput<typeof RunEventData>;

/** One line of the output; null for anything else. */
export function runEvent(line: string): RunEvent | null {
  return line.startsWith("{") ? parseData(RunEventData, line) : null;
}

/** What was printed of one message, until it becomes one. */
interface Printed {
  readonly id: string;
  readonly run: number;
  readonly events: RunEvent[];
}

export interface RunSession {
  readonly entry: SessionEntry;
  readonly rows: (weigh: Weigh) => SessionRows;
}

/** The sessions of which something was printed, by id. What was printed twice counts once. */
export function runSessions(events: readonly RunEvent[]): ReadonlyMap<string, RunSession> {
  const ofSession = new Map<string, RunEvent[]>();
  const seen = new Set<string>();
  for (const event of events) {
    const { sessionID, type, part, timestamp } = event;
    const key = `${sessionID} ${type} ${part?.id ?? ""} ${timestamp}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const own = ofSession.get(sessionID);
    if (own) own.push(event);
    else ofSession.set(sessionID, [event]);
  }
  return new Map([...ofSession].map(([id, own]) => [id, runSession(id, own)]));
}

function runSession(id: string, events: readonly RunEvent[]): RunSession {
  const first = (events[0] as RunEvent).timestamp;
  const head: SessionHead & SessionEntry = {
    ...{ id, parentId: null, title: "", directory: "", version: null, revertedFrom: null, counted: null },
    ...{ createdAt: mintedBefore(id, first) ?? first, updatedAt: (events.at(-1) as RunEvent).timestamp },
  };
  const messages = printedMessages(events);
  const rows = messages.map((printed) => ({ id: printed.id, session_id: id, data: messageData(id, printed) }));
  return { entry: head, rows: (weigh) => gathered(head, rows, messages.flatMap(partRows), weigh) };
}

/** One run ends with an answer that asks for no tool. An error belongs to the answer that had not ended. */
function printedMessages(events: readonly RunEvent[]): Printed[] {
  const messages = new Map<string, Printed>();
  let last: Printed | null = null;
  let run = 0;
  for (const event of events) {
    const id: string = event.part?.messageID ?? openId(last) ?? `error at ${event.timestamp}`;
    const known = messages.get(id);
    if (known) known.events.push(event);
    else {
      if (last && endsRun(last)) run++;
      last = { id, run, events: [event] };
      messages.set(id, last);
    }
  }
  return [...messages.values()];
}

/** The message to which an error belongs, if it has not ended. */
function openId(last: Printed | null): string | null {
  return last && !last.events.some(isEnd) ? last.id : null;
}

function isEnd({ type }: RunEvent): boolean {
  return type === "step_finish" || type === "error";
}

/** The program may end before it prints how the last step finished. */
function endsRun({ events }: Printed): boolean {
  const finish = events.find((event) => event.type === "step_finish");
  if (finish) return finish.part?.reason !== "tool-calls";
  return events.some((event) => event.type === "error") || events.every((event) => event.type !== "tool_use");
}

/** A message in the words of generation 1. Its id was minted when its request was made. */
function messageData(sessionId: string, { id, run, events }: Printed): unknown {
  const finish = events.find((event) => event.type === "step_finish");
  const failure = events.find((event) => event.type === "error");
  const completed = (finish ?? failure)?.timestamp ?? null;
  const begunAt = (events[0] as RunEvent).timestamp;
  return {
    role: "assistant",
    parentID: `${sessionId}/${run}`, // what one run printed answers one prompt, which is not printed
    time: { created: mintedBefore(id, begunAt) ?? begunAt, completed },
    tokens: finish?.part?.tokens,
    cost: finish?.part?.cost,
    finish: finish?.part?.reason,
    error: failure?.error,
  };
}

function partRows({ id, events }: Printed): PartRow[] {
  return events.flatMap(({ part }) => {
    if (!part) return [];
    const { state } = part;
    // 2.x prints what the tool says of itself one level deeper
    const inner = parseData(record, state?.metadata.metadata) ?? {};
    const data = state ? { ...part, state: { ...state, metadata: { ...state.metadata, ...inner } } } : part;
    return [{ id: part.id, message_id: id, time_created: null, time_updated: null, data }];
  });
}
