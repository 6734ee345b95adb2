import type { Note, Session } from "../model/session.js";
import type { EpochMs, Tokens, Usd } from "../model/units.js";

/** Gives the relative size of a text in tokens. Only ratios between weights mean anything. */
export type Weigh = (text: string) => number;

/** A tool whose data we read. One file a source, one line in `index.ts`. */
export interface Source {
  /** Kebab-case; equals the file name. */
  readonly id: string;
  /** "mine" promises nothing about the data being whole: `open` throws a SourceError for "mine, but broken". */
  readonly recognize: (path: string) => Promise<"mine" | "not mine">;
  readonly open: (path: string, options: OpenOptions) => Promise<Store>;
}

export interface OpenOptions {
  /** How long to wait for a lock that another process holds. Default 5,000. */
  readonly busyTimeoutMs?: number;
}

/** One opened place that holds sessions. Nothing in it is ever written to. */
export interface Store {
  readonly source: string;
  readonly path: string;
  /** What had to be done to read it at all. */
  readonly notes: readonly Note[];
  /** Every session, subagents included, in no order. */
  readonly entries: () => readonly SessionEntry[];
  readonly entry: (id: string) => SessionEntry | null;
  /** Totals of the root sessions, subagents included, newest first. */
  readonly totals: () => Iterable<SessionTotals>;
  /** What `doctor` says of the store. */
  readonly describe: () => StoreDescription;
  readonly load: (id: string, weigh: Weigh) => Session;
  readonly close: () => void;
}

export interface SessionEntry {
  readonly id: string;
  readonly parentId: string | null;
  readonly title: string;
  readonly directory: string;
  readonly createdAt: EpochMs;
  readonly updatedAt: EpochMs;
}

export interface SessionTotals extends SessionEntry {
  /** First message; null for a session without one. */
  readonly startedAt: EpochMs | null;
  readonly endedAt: EpochMs | null;
  readonly messages: number;
  readonly tokens: Tokens;
  readonly costUsd: Usd | null;
}

export interface StoreDescription {
  readonly generation: string;
  /** Releases that created sessions in it, oldest first. */
  readonly versions: readonly string[];
  readonly sessions: number;
  readonly rootSessions: number;
  readonly messages: number;
  readonly bytes: number;
  readonly newestAt: EpochMs | null;
  readonly hasEvents: boolean;
}
