import { mkdirSync, renameSync, statSync } from "node:fs";
import { join } from "node:path";
import type { RecordingLine, RecordingStart } from "../model/recording.js";
import type { Bytes, Milliseconds } from "../model/units.js";
import { appended } from "./append.js";
import { isFileId } from "./fields.js";
import { olderName, recordingName } from "./recordings-folder.js";

export interface RecordingOptions {
  readonly folder: string;
  /** The first line of a file, and of what this process adds to one. */
  readonly startOf: (sessionId: string) => RecordingStart;
  /** Is told once, when nothing more can be written. */
  readonly warn: (message: string) => void;
  readonly flushAfterMs?: Milliseconds;
  readonly rotateAtBytes?: Bytes;
}

interface Written {
  pending: string[];
  pendingBytes: Bytes;
  /** By our own count; null until the file was opened. */
  fileBytes: Bytes | null;
}

/** Lines that wait are written at once where they are more than this. */
const MOST_PENDING_BYTES = 65_536;

/**
 * The files of recordings. Lines wait a moment and are added together, in one write, so that several processes can add
 * to one file and a crash leaves whole lines. What goes wrong is told once, and ends the writing.
 */
export class RecordingFiles {
  readonly #options: Required<RecordingOptions>;
  readonly #files = new Map<string, Written>();
  #pendingBytes = 0;
  #timer: NodeJS.Timeout | null = null;
  #isQuiet = false;

  constructor(options: RecordingOptions) {
    this.#options = { flushAfterMs: 250, rotateAtBytes: 16 * 1024 * 1024, ...options };
  }

  /** How many files are kept in mind. */
  get count(): number {
    return this.#files.size;
  }

  write(line: RecordingLine): void {
    if (this.#isQuiet || !isFileId(line.sessionId)) return;
    const file = this.#fileOf(line.sessionId);
    this.#add(file, line);
    if (this.#pendingBytes >= MOST_PENDING_BYTES) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), this.#options.flushAfterMs).unref();
  }

  /** Writes what waits. */
  flush(): void {
    this.#stopTimer();
    for (const [sessionId, file] of this.#files) this.#flushFile(sessionId, file);
  }

  /** Nothing more is to come of a session. */
  close(sessionId: string): void {
    const file = this.#files.get(sessionId);
    if (file) this.#flushFile(sessionId, file);
    this.#files.delete(sessionId);
    if (this.#pendingBytes === 0) this.#stopTimer();
  }

  /** Writes what waits, and keeps no timer. */
  dispose(): void {
    this.flush();
    this.#files.clear();
  }

  #fileOf(sessionId: string): Written {
    const known = this.#files.get(sessionId);
    if (known) return known;
    const file: Written = { pending: [], pendingBytes: 0, fileBytes: null };
    this.#files.set(sessionId, file);
    this.#add(file, this.#options.startOf(sessionId));
    return file;
  }

  #add(file: Written, line: RecordingLine): void {
    const text = `${JSON.stringify(line)}\n`;
    const bytes = Buffer.byteLength(text);
    file.pending.push(text);
    file.pendingBytes += bytes;
    this.#pendingBytes += bytes;
  }

  #flushFile(sessionId: string, file: Written): void {
    if (file.pending.length === 0) return;
    try {
      if (!this.#isQuiet) this.#save(sessionId, file);
    } catch (error) {
      this.#goQuiet(error);
    }
    this.#pendingBytes -= file.pendingBytes;
    file.pending = [];
    file.pendingBytes = 0;
  }

  /** Adds what waits to a session's file. Throws what the system throws. */
  #save(sessionId: string, file: Written): void {
    const path = join(this.#options.folder, recordingName(sessionId));
    if (file.fileBytes !== null && file.fileBytes + file.pendingBytes > this.#options.rotateAtBytes)
      this.#rotate(sessionId, path, file);
    if (file.fileBytes === null) mkdirSync(this.#options.folder, { recursive: true, mode: 0o700 });
    file.fileBytes = appended(path, file.pending.join(""), file.fileBytes);
  }

  /** Begins a file anew, unless another process just did: then it only counts again. */
  #rotate(sessionId: string, path: string, file: Written): void {
    file.fileBytes = null;
    const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
    if (size < this.#options.rotateAtBytes / 2) return;
    renameSync(path, join(this.#options.folder, olderName(sessionId)));
    file.pending.unshift(`${JSON.stringify(this.#options.startOf(sessionId))}\n`);
  }

  #goQuiet(error: unknown): void {
    this.#isQuiet = true;
    const code = (error as NodeJS.ErrnoException | null)?.code ?? "unknown";
    this.#options.warn(`Sessionflame records nothing more: its files cannot be written (${code}).`);
  }

  #stopTimer(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
