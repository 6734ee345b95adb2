import type { MessageRow } from "../../model/report.js";

/** Which spans have a row in the table of messages, and the row's link. */
export type Linked = ReadonlyMap<number, string>;

/** `shown`: the messages that have a row in the page. */
export function linkedRows(shown: readonly MessageRow[]): Linked {
  return new Map(shown.map(({ spanId, number }) => [spanId ?? -1, `#m${number}`]));
}
