import type { CollectedSession } from "../../../model/collection.js";

/** An id as OpenCode makes them: no id of a part of a report looks like it. */
const USUAL = /^ses_[\w-]{1,100}$/;

/** By the id of a session: the id of its part of the page, which also is its address. */
export function sessionAnchors(sessions: readonly CollectedSession[]): ReadonlyMap<string, string> {
  return new Map(sessions.map(({ session: { id } }, i) => [id, USUAL.test(id) ? id : `ses-${i + 1}`]));
}
