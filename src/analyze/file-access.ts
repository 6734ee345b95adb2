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

/** A read that gave what an earlier one had given, with no write between. */
export interface RepeatedRead {
  readonly path: string;
  readonly message: Message;
  /** The call that read it; null for a file that came with a prompt. */
  readonly callId: string | null;
  /** The message that the same content had come with before. */
  readonly before: Message;
  /** Where the content was by then: still in the context, or taken out of it. */
  readonly earlier: "held" | "compacted" | "pruned";
}

/** By file: how often each was read and written, in the session and its subagents. Calls that failed do not count. */
export function fileAccess(session: Session): ReadonlyMap<string, FileAccess> {
  const files = new Map<string, Counts>();
  walk(session, files, []);
  return files;
}

/** Every repeated read, session by session, in time order. */
export function repeatedReads(session: Session): readonly RepeatedRead[] {
  const repeats: RepeatedRead[] = [];
  walk(session, new Map(), repeats);
  return repeats;
}

function walk(session: Session, files: Map<string, Counts>, repeats: RepeatedRead[]): void {
  for (const messages of messagesBySession(session).values()) {
    const reader = new Reader(files, repeats, keptSince(messages));
    for (const message of messages) reader.see(message);
  }
}

interface Read {
  readonly by: Message;
  /** The call that read it; null for a file that came with a prompt. */
  readonly callId: string | null;
  /** Until when it is in the context. */
  heldUntil: EpochMs;
}

/** The time before everything: what a compaction took out is held no more. */
const TAKEN_OUT: EpochMs = 0;
const FOR_EVER: EpochMs = Number.POSITIVE_INFINITY;

/** Reads the messages of one session in their order, and knows what is still in its context. */
class Reader {
  readonly #files: Map<string, Counts>;
  readonly #repeats: RepeatedRead[];
  readonly #keptSince: ReadonlyMap<Message, number>;
  /** What was read of each file since it last was written to, by digest. */
  readonly #read = new Map<string, Map<string, Read>>();

  constructor(files: Map<string, Counts>, repeats: RepeatedRead[], kept: ReadonlyMap<Message, number>) {
    this.#files = files;
    this.#repeats = repeats;
    this.#keptSince = kept;
  }

  see(message: Message): void {
    const reads = new Set<string>();
    for (const part of message.content) this.#part(part, reads, message);
    if (!isSummary(message)) return;
    const since = this.#keptSince.get(message) ?? Number.POSITIVE_INFINITY;
    for (const read of [...this.#read.values()].flatMap((digests) => [...digests.values()]))
      if (read.by.number < since) read.heldUntil = TAKEN_OUT;
  }

  /** `reads`: the calls of the message that read a file. */
  #part(part: ContentPart, reads: Set<string>, by: Message): void {
    if (part.kind === "tool-call" && part.status === "ok") {
      if (part.access === "read") reads.add(part.callId);
      if (part.access === "write") for (const path of part.paths) this.#write(path);
    }
    if (part.kind === "tool-result" && part.path !== null && !part.isExtra && reads.has(part.callId))
      this.#see(part.path, part.digest, { by, callId: part.callId, heldUntil: part.prunedAt ?? FOR_EVER });
    if (part.kind === "file") this.#see(part.path, part.digest, { by, callId: null, heldUntil: FOR_EVER });
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
    const earlier = before && whereabouts(before, read.by.createdAt);
    if (earlier === "held") counts.repeatedReads++;
    else if (earlier) counts.repeatedAfterCompaction++;
    if (before && earlier)
      this.#repeats.push({ path, message: read.by, callId: read.callId, before: before.by, earlier });
    // Of two that are held, the one that is held longer counts.
    this.#read.set(path, digests.set(digest, before && before.heldUntil > read.heldUntil ? before : read));
  }

  #countsOf(path: string): Counts {
    const counts = this.#files.get(path) ?? { ...NO_ACCESS };
    this.#files.set(path, counts);
    return counts;
  }
}

function whereabouts({ heldUntil }: Read, at: EpochMs): RepeatedRead["earlier"] {
  if (heldUntil > at) return "held";
  return heldUntil === TAKEN_OUT ? "compacted" : "pruned";
}
