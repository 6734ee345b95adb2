import type { OwnWork } from "../../model/collection.js";
import type { Report } from "../../model/report.js";
import type { Counts } from "../../model/tally.js";

/** One session with its subagents, as it comes by: of many sessions only one is in memory at a time. */
export interface Member {
  readonly report: Report;
  /** All of it, copied messages included, and what is its own. */
  readonly all: Counts;
  readonly own: Counts & Pick<OwnWork, "toolCalls" | "toolErrors">;
  readonly isCopy: boolean;
  /** What each of the report's tool calls ended with, in their order; null where nothing says so. */
  readonly exitCodes: readonly (number | null)[];
}

/** What is made of many sessions, one after the other. What it keeps does not grow with the length of a session. */
export interface Fold<Result> {
  readonly add: (member: Member) => void;
  readonly result: () => Result;
}

/** Rows by a key, made when the key is first met. */
export class Rows<Row> {
  readonly #rows = new Map<string, Row>();

  /** The row of a key, which the caller adds to. */
  of(key: string, first: () => Row): Row {
    const row = this.#rows.get(key) ?? first();
    this.#rows.set(key, row);
    return row;
  }

  all(): Row[] {
    return [...this.#rows.values()];
  }
}

/** By name, where nothing else decides: the order must not depend on which session came first. */
export function byText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** So that a field that is only read by others can be added to here. */
export type Open<Row> = { -readonly [Key in keyof Row]: Row[Key] };
