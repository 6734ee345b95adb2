import type Database from "better-sqlite3";
import type { EpochMs, Usd } from "../../model/units.js";
import { columnsOf } from "../sqlite-file.js";
import { Tokens, type TokensData, usd } from "./json-1.js";
import { parseData } from "./parse-data.js";

/** What the event log of generation 2 knows of a step that its message does not. */
export interface StepEvents {
  /** When each attempt's first piece came, or its failure. */
  readonly startedAt: readonly EpochMs[];
  /** When the last attempt after a failure was due; null where none failed. */
  readonly resentAt: EpochMs | null;
  readonly texts: readonly { readonly at: EpochMs; readonly startAt: EpochMs; readonly endAt: EpochMs | null }[];
}

/** Tokens that were counted outside a step. */
export interface UsageEvent {
  readonly at: EpochMs;
  readonly tokens: TokensData | null;
  readonly costUsd: Usd | null;
}

export interface SessionEvents {
  readonly steps: ReadonlyMap<string, StepEvents>;
  readonly compactions: readonly UsageEvent[];
}

const NO_EVENTS: SessionEvents = { steps: new Map(), compactions: [] };

/** Goes by the index over session, type and order. Types end in the number of their form. */
export const EVENT_QUERY = `SELECT type, created, json_extract(data, '$.assistantMessageID') AS messageId,
  json_extract(data, '$.at') AS resentAt, json_extract(data, '$.source') AS source,
  json_extract(data, '$.tokens') AS tokens, json_extract(data, '$.cost') AS costUsd
  FROM event WHERE aggregate_id = ? AND json_valid(data) AND (${[
    "step.started",
    "retry.scheduled",
    "text.started",
    "text.ended",
    "usage.recorded",
  ]
    .map((type) => `type GLOB 'session.${type}.*'`)
    .join(" OR ")}) ORDER BY seq`;

interface EventRow {
  readonly type: string;
  readonly created: EpochMs;
  readonly messageId: string | null;
  readonly resentAt: EpochMs | null;
  readonly source: string | null;
  readonly tokens: string | null;
  readonly costUsd: Usd | null;
}

/** True where the log is kept and says when an event was made: releases may keep none. */
export function hasEvents2(db: Database.Database): boolean {
  const columns = columnsOf(db, "event");
  return columns.has("created") && columns.has("seq") && db.prepare("SELECT 1 FROM event LIMIT 1").get() !== undefined;
}

/** What the log says of a session; nothing where none was kept. */
export function eventsOf(db: Database.Database, sessionId: string): SessionEvents {
  const rows = (db.prepare(EVENT_QUERY).all(sessionId) as EventRow[]).filter(
    ({ created }) => typeof created === "number",
  );
  if (rows.length === 0) return NO_EVENTS;
  const ofMessage = new Map<string, EventRow[]>();
  for (const row of rows) {
    const own = ofMessage.get(row.messageId ?? "");
    if (own) own.push(row);
    else if (row.messageId) ofMessage.set(row.messageId, [row]);
  }
  return {
    steps: new Map([...ofMessage].map(([id, own]) => [id, stepEvents(own)])),
    compactions: rows
      .filter((row) => row.source === "compaction")
      .map(({ created, tokens, costUsd }) => ({
        at: created,
        tokens: parseData(Tokens, tokens),
        costUsd: parseData(usd, costUsd),
      })),
  };
}

function stepEvents(rows: readonly EventRow[]): StepEvents {
  const of = (name: string) => rows.filter((row) => row.type.startsWith(`session.${name}.`));
  const ends = of("text.ended").map((row) => row.created);
  return {
    startedAt: of("step.started").map((row) => row.created),
    resentAt: resentAt(of("retry.scheduled").at(-1)),
    texts: of("text.started").map(({ created }, i) => ({ at: created, startAt: created, endAt: ends[i] ?? null })),
  };
}

/** When the next attempt was due; where that cannot be read, when it was put off. */
function resentAt(last: EventRow | undefined): EpochMs | null {
  return typeof last?.resentAt === "number" ? last.resentAt : (last?.created ?? null);
}
