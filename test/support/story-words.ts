import type { SpanStatus } from "../../src/model/session.js";
import type { Interval } from "../../src/model/units.js";

const STATUSES: readonly SpanStatus[] = ["error", "aborted", "rejected", "unfinished"];

/** The words of one line of a story. */
export class Words {
  readonly #words: readonly string[];
  readonly times: Interval;

  constructor(line: string) {
    this.#words = line.split(/\s+/).slice(1);
    const [from, to] = this.#words.find((word) => /^\d+\.\.\d+$/.test(word))?.split("..") ?? [];
    if (from === undefined) throw new Error(`cannot read: ${line}`);
    this.times = { startAt: Number(from), endAt: Number(to) };
  }

  get span() {
    const status = STATUSES.find((each) => this.has(each)) ?? ("ok" as const);
    return { ...this.times, endAt: this.times.endAt as number | null, status, basis: "measured" as const };
  }

  /** The file that a call names. */
  get path(): string | null {
    return this.#words.find((word) => !word.includes(":") && !word.includes("..") && /[./]/.test(word)) ?? null;
  }

  has(flag: string): boolean {
    return this.#words.includes(flag);
  }

  text(key: string): string | null {
    return this.all(key)[0] ?? null;
  }

  all(key: string): string[] {
    return this.#words.filter((word) => word.startsWith(`${key}:`)).map((word) => word.slice(key.length + 1));
  }

  number(key: string): number | null {
    const value = this.text(key);
    return value === null ? null : Number(value);
  }

  interval(key: string): Interval | null {
    const [from, to] = this.text(key)?.split("..") ?? [];
    return from === undefined ? null : { startAt: Number(from), endAt: Number(to) };
  }
}
