import { rootOf } from "../load/root-of.js";
import type { SessionTally } from "../model/tally.js";

/** A session with all that its subagents did. */
export interface Family {
  readonly root: SessionTally;
  readonly members: readonly SessionTally[];
}

/** Every session with its subagents; of parents that go round in a circle each is its own. */
export function familiesOf(tallies: readonly SessionTally[]): Family[] {
  const byId = new Map(tallies.map((tally) => [tally.id, tally]));
  const families = new Map<SessionTally, SessionTally[]>();
  for (const tally of tallies) {
    const root = rootOf(tally, byId);
    const members = families.get(root);
    if (members) members.push(tally);
    else families.set(root, [tally]);
  }
  return [...families].map(([root, members]) => ({ root, members }));
}
