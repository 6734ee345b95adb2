import type { Note, Session, TextShape } from "../model/session.js";
import type { SessionTally } from "../model/tally.js";
import type { Bytes, EpochMs, Tokens, Usd } from "../model/units.js";

/** Says what a tokenizer sees of a text. */
export type Weigh = (text: string) => TextShape;

/** A form in which sessions lie on disk. One file a source, one line in `index.ts`. */
export interface Source {
  /** Kebab-case; equals the file name. */
  readonly id: string;
  /**
   * Looks at the content, never at the name. "mine" promises nothing about the data being whole: `open` throws a
   * SourceError for "mine, but broken".
   */
  readonly recognize: (path: string) => Promise<"mine" | "not mine">;
  readonly open: (path: string, options: OpenOptions) => Promise<Store>;
}

export interface OpenOptions {
  /** How long to wait for a lock that another process holds. Default 5,000. */
  readonly busyTimeoutMs?: number;
  /** Take what is whole of a file that was cut off. Default false: such a file is refused. */
  readonly partial?: boolean;
}

/** One opened place that holds sessions. Nothing in it is ever written to. */
export interface Store {
  /** The id of the source, or of several that were found together. */
  readonly source: string;
  readonly path: string;
  /** Every session, subagents included, in no order. Sessions that are `known` already may be left out. */
  readonly entries: (known?: ReadonlySet<string>) => Promise<readonly SessionEntry[]>;
  readonly entry: (id: string) => Promise<SessionEntry | null>;
  /** Totals of the root sessions, subagents included, in no order. */
  readonly totals: (known?: ReadonlySet<string>) => Promise<readonly SessionTotals[]>;
  /** What each session alone adds to totals over several, subagents included, in the order in which they are kept. */
  readonly tallies: (known?: ReadonlySet<string>) => Promise<readonly SessionTally[]>;
  /** When the newest message of a session was made; null where there is none here. */
  readonly newestMessageAt: (id: string) => Promise<EpochMs | null>;
  /** What `doctor` says of it: one entry for each form that was found. */
  readonly describe: () => Promise<readonly StoreDescription[]>;
  /** The session with its subagents. Throws a SourceError where there is no such session. */
  readonly load: (id: string, weigh: Weigh) => Promise<Session>;
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
  /** First message; null for a session without one, or where the source does not say. */
  readonly startedAt: EpochMs | null;
  readonly endedAt: EpochMs | null;
  /** null where the source does not say. */
  readonly messages: number | null;
  /** null where the source does not say. */
  readonly tokens: Tokens | null;
  readonly costUsd: Usd | null;
}

export interface StoreDescription {
  readonly path: string;
  /** Which form it is: "OpenCode database, generation 1 (message and part tables)". */
  readonly form: string;
  /** Releases that created sessions in it, oldest first. */
  readonly versions: readonly string[];
  readonly sessions: number;
  readonly rootSessions: number;
  /** null where counting them would mean reading everything. */
  readonly messages: number | null;
  readonly bytes: Bytes | null;
  readonly newestAt: EpochMs | null;
  /** What cannot be known from it, each in a few words. */
  readonly notRecorded: readonly string[];
  readonly notes: readonly Note[];
}
