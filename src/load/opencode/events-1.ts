import type Database from "better-sqlite3";
import type { EpochMs, Interval } from "../../model/units.js";
import { columnsOf } from "../sqlite-file.js";

/** What the event log of generation 1 knows of a tool call that its part may have lost. */
export interface CallEvents {
  /** When the model's call was complete. */
  readonly calledAt: EpochMs;
  /** When it ran: of a command, when that itself began. Before it is prepared, or the user is asked. */
  readonly ranAt: EpochMs;
  /** When the user was asked whether it may run, which is part of the call. */
  readonly userWait: Interval | null;
}

/** By the part's id. */
export type PartEvents = ReadonlyMap<string, CallEvents>;

/**
 * Goes by the index over session and type. Snapshots hold outputs: what is looked for is found in the text before
 * anything is parsed, and no output is taken out.
 */
export const EVENT_QUERY_1 = `SELECT json_extract(data, '$.part.id') AS partId, json_extract(data, '$.part.tool') AS tool,
  json_extract(data, '$.time') AS at, json_extract(data, '$.part.state.time.start') AS startAt,
  json_extract(data, '$.part.state.metadata.output') = '' AS isEmpty
  FROM event WHERE aggregate_id = ? AND type = 'message.part.updated.1' AND instr(data, '"status":"running"') > 0
  AND json_valid(data) AND json_extract(data, '$.part.state.status') = 'running' ORDER BY seq`;

interface EventRow {
  readonly partId: string;
  readonly tool: string;
  /** When it was written. */
  readonly at: EpochMs;
  /** What it says of the start. */
  readonly startAt: EpochMs | null;
  /** 1 where it has an output that is empty. */
  readonly isEmpty: 0 | 1 | null;
}

/** True where the log is kept: from 1.17 on. */
export function hasEvents1(db: Database.Database): boolean {
  const columns = columnsOf(db, "event");
  return (
    columns.has("aggregate_id") && columns.has("seq") && db.prepare("SELECT 1 FROM event LIMIT 1").get() !== undefined
  );
}

export function partEvents(db: Database.Database, sessionId: string): PartEvents {
  const ofPart = new Map<string, [EventRow, ...EventRow[]]>();
  for (const row of db.prepare(EVENT_QUERY_1).iterate(sessionId) as Iterable<EventRow>) {
    if (typeof row.at !== "number") continue;
    const own = ofPart.get(row.partId);
    if (!own) ofPart.set(row.partId, [row]);
    else if (own.length < 2) own.push(row); // a command that says much is updated often
  }
  return new Map([...ofPart].map(([id, own]) => [id, callEvents(own)]));
}

/** Nobody answers a prompt so fast; a command is prepared for this long at most. */
const SHORTEST_WAIT_MS = 500;

/** A command says that it runs before the user is asked, and once more, with an output that is empty, when it begins. */
function callEvents([first, second]: readonly [EventRow, ...EventRow[]]): CallEvents {
  const calledAt = first.startAt ?? first.at;
  const begunAt = first.tool === "bash" && second?.isEmpty === 1 ? second.at : calledAt;
  const isWait = begunAt - calledAt >= SHORTEST_WAIT_MS;
  if (isWait) return { calledAt, ranAt: calledAt, userWait: { startAt: calledAt, endAt: begunAt } };
  return { calledAt, ranAt: begunAt, userWait: null };
}
