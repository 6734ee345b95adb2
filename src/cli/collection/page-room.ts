import type { Bytes } from "../../model/units.js";

/** The page's own: style sheet, script, the tables over all sessions. */
const FIXED_BYTES: Bytes = 500_000;
/** A row of the index, with what the page's data has of it. */
const ROW_BYTES: Bytes = 1_600;
/** Once so little is left, hardly any session fits: no more are tried. */
const LEAST_BYTES: Bytes = 50_000;

/** How many Reports a page has room for, beside the summaries of all sessions, which it has in any case. */
export class PageRoom {
  readonly #mostBytes: Bytes;
  #sessionsLeft: number;
  #summaryBytes: Bytes = 0;
  #summaries = 0;
  #reportBytes: Bytes = FIXED_BYTES;

  constructor(mostBytes: Bytes, sessions: number) {
    this.#mostBytes = mostBytes;
    this.#sessionsLeft = sessions;
  }

  /** Counts the summary of the next session. Those that are to come are taken to be as large as those that were. */
  addSummary(bytes: Bytes): void {
    this.#summaryBytes += bytes + ROW_BYTES;
    this.#summaries += 1;
    this.#sessionsLeft -= 1;
  }

  get isFull(): boolean {
    return this.#leftBytes < LEAST_BYTES;
  }

  /** Takes the room for a Report, if there is as much. */
  take(bytes: Bytes): boolean {
    if (bytes > this.#leftBytes) return false;
    this.#reportBytes += bytes;
    return true;
  }

  get #leftBytes(): Bytes {
    const meanBytes = this.#summaries === 0 ? 0 : this.#summaryBytes / this.#summaries;
    return this.#mostBytes - this.#reportBytes - this.#summaryBytes - meanBytes * this.#sessionsLeft;
  }
}
