import { type Dirent, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { EpochMs } from "../../model/units.js";
import { parsedJson } from "../json-text.js";
import type { Weigh } from "../source.js";
import { SourceError } from "../source-error.js";
import type { SessionRows } from "./drafts.js";
import type { MessageRow, PartRow } from "./drafts-1.js";
import { namedChildren } from "./family.js";
import { gathered } from "./gather-1.js";
import { idTime, SLACK_MS } from "./ids.js";
import { type Head, sessionHead } from "./session-head.js";
import { latest } from "./timing.js";

/**
 * The JSON files of releases before 1.2: `session/<project>/<session>.json`, `message/<session>/<message>.json`,
 * `part/<message>/<part>.json`. Folders are listed, and only the files that are asked for are opened.
 */
export class StorageTree {
  #paths: ReadonlyMap<string, string> | null = null;

  constructor(
    readonly root: string,
    /** How a file is read; null where it cannot be. A test counts here. */
    readonly readFile: (path: string) => string | null = textOf,
  ) {}

  /** Where each session lies, by id. */
  get sessionPaths(): ReadonlyMap<string, string> {
    this.#paths ??= sessionPathsIn(join(this.root, "session"));
    return this.#paths;
  }

  /** null for a session that is not there. Throws a SourceError where its file cannot be read. */
  head(id: string): Head | null {
    const path = this.sessionPaths.get(id);
    if (path === undefined) return null;
    const head = this.headIn(path);
    if (!head) throw new SourceError({ code: "torn-file", path });
    return head;
  }

  /** null for a file that is torn, or is a copy of another's. */
  headIn(path: string): Head | null {
    const head = sessionHead(parsedJson(this.readFile(path) ?? ""));
    return head && basename(path) === `${head.id}.json` ? head : null;
  }

  /** The session with its messages, and of the messages for which `withParts` says so, their parts. */
  rows(head: Head, weigh: Weigh, withParts: (message: unknown) => boolean = () => true): SessionRows {
    const messages = this.#messages(head.id);
    const wanted = messages.filter(({ data }) => withParts(data));
    return gathered(head, messages, this.#parts(wanted), weigh);
  }

  /** The sessions that a session's calls name, and those that say of themselves that they are its children. */
  childIds(rows: SessionRows): string[] {
    const until = latest(
      rows.createdAt,
      rows.messages.map((message) => message.completedAt ?? message.createdAt),
    );
    const others = [...this.sessionPaths].filter(([id]) => id !== rows.id && isBetween(id, rows.createdAt, until));
    const said = others.filter(([, path]) => this.headIn(path)?.parentId === rows.id).map(([id]) => id);
    return [...new Set([...namedChildren(rows), ...said])];
  }

  messageCount(sessionId: string): number {
    return jsonFiles(join(this.root, "message", sessionId)).length;
  }

  /** Sessions of which there are messages, but no session file. */
  orphans(): string[] {
    return entriesIn(join(this.root, "message")).flatMap(({ name }) => (this.sessionPaths.has(name) ? [] : [name]));
  }

  #messages(sessionId: string): MessageRow[] {
    const files = jsonFiles(join(this.root, "message", sessionId));
    return files.map(({ id, path }) => ({ id, session_id: sessionId, data: parsedJson(this.readFile(path) ?? "") }));
  }

  *#parts(messages: readonly MessageRow[]): Iterable<PartRow> {
    for (const message of messages) {
      for (const { id, path } of jsonFiles(join(this.root, "part", message.id)))
        yield { id, message_id: message.id, time_created: null, time_updated: null, data: this.readFile(path) };
    }
  }
}

/** A session's id says when it was made; one that does not may have been made at any time. */
function isBetween(id: string, from: EpochMs, until: EpochMs): boolean {
  const at = idTime(id, from);
  return at === null || (at >= from - SLACK_MS && at <= until + SLACK_MS);
}

function sessionPathsIn(folder: string): ReadonlyMap<string, string> {
  const files = entriesIn(folder).flatMap(({ name }) => jsonFiles(join(folder, name)));
  return new Map(files.filter(({ id }) => /^ses_\w+$/.test(id)).map(({ id, path }) => [id, path]));
}

function jsonFiles(folder: string): { id: string; path: string }[] {
  return entriesIn(folder)
    .filter((entry) => entry.name.endsWith(".json") && (entry.isFile() || entry.isSymbolicLink()))
    .map(({ name }) => ({ id: name.slice(0, -".json".length), path: join(folder, name) }));
}

/** Sorted: the order of a folder differs from machine to machine. Throws a SourceError where it may not be read. */
export function entriesIn(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    const { code = "unknown" } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return [];
    throw new SourceError({ code: "unreadable", path: folder, reason: code }, { cause: error });
  }
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}
