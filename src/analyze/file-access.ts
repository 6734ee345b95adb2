import type { ContentPart, Message, Session } from "../model/session.js";
import type { EpochMs } from "../model/units.js";
import { isSummary, keptSince, messagesBySession } from "./context/context-walk.js";

/** How often a file was read and written. */
export interface FileAccess {
  readonly reads: number;
  readonly writes: number;
  readonly repeatedReads: number;
  readonly repeatedAfterCompaction: number;
}

export const NO_ACCESS: FileAccess = { reads: 0, writes: 0, repeatedReads: 0, repeatedAfterCompaction: 0 };

type Counts = { -readonly [Field in keyof FileAccess]: FileAccess[Field] };

/** By file: how often each was read and written, in the session and its subagents. Calls that failed do not count. */
export function fileAccess(session: Session): ReadonlyMap<string, FileAccess> {
  const files = new Map<string, Counts>();
  for (const messages of messagesBySession(session).values()) {
    const reader = new Reader(files, keptSince(messages));
    for (const message of messages) reader.see(message);
  }
  return files;
}

interface Read {
  readonly by: Message;
  /** Until when it is in the context. */
  heldUntil: EpochMs;
}

/** Reads the messages of one session in their order, and knows what is still in its context. */
class Reader {
  readonly #files: Map<string, Counts>;
  readonly #keptSince: ReadonlyMap<Message, number>;
  /** What was read of each file since it last was written to, by digest. */
  readonly #read = new Map<string, Map<string, Read>>();

  constructor(files: Map<string, Counts>, kept: ReadonlyMap<Message, number>) {
    this.#files = files;
    this.#keptSince = kept;
  }

  see(message: Message): void {
    const reads = new Set<string>();
    for (const part of message.content) this.#part(part, reads, message);
    if (!isSummary(message)) return;
    const since = this.#keptSince.get(message) ?? Number.POSITIVE_INFINITY;
    for (const read of [...this.#read.values()].flatMap((digests) => [...digests.values()]))
      if (read.by.number < since) read.heldUntil = 0;
  }

  /** `reads`: the calls of the message that read a file. */
  #part(part: ContentPart, reads: Set<string>, by: Message): void {
    if (part.kind === "tool-call" && part.status === "ok") {
      if (part.access === "read") reads.add(part.callId);
      if (part.access === "write") for (const path of part.paths) this.#write(path);
    }
    if (part.kind === "tool-result" && part.path !== null && !part.isExtra && reads.has(part.callId))
      this.#see(part.path, part.digest, { by, heldUntil: part.prunedAt ?? Number.POSITIVE_INFINITY });
    if (part.kind === "file") this.#see(part.path, part.digest, { by, heldUntil: Number.POSITIVE_INFINITY });
  }

  #write(path: string): void {
    this.#countsOf(path).writes++;
    this.#read.delete(path);
  }

  #see(path: string, digest: string, read: Read): void {
    const counts = this.#countsOf(path);
    counts.reads++;
    const digests = this.#read.get(path) ?? new Map<string, Read>();
    const before = digests.get(digest);
    if (before && before.heldUntil > read.by.createdAt) counts.repeatedReads++;
    else if (before) counts.repeatedAfterCompaction++;
    // Of two that are held, the one that is held longer counts.
    this.#read.set(path, digests.set(digest, before && before.heldUntil > read.heldUntil ? before : read));
  }

  #countsOf(path: string): Counts {
    const counts = this.#files.get(path) ?? { ...NO_ACCESS };
    this.#files.set(path, counts);
    return counts;
  }
}
