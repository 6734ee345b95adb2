import type { Note } from "../../model/session.js";
import type { SessionEntry, Store, StoreDescription, Weigh } from "../source.js";
import { SourceError } from "../source-error.js";
import { NO_SHAPE } from "../text-shape.js";
import type { SessionRows } from "./drafts.js";
import { family, namedChildren } from "./family.js";
import { opencodeSession } from "./session.js";
import { tallied, talliesOf } from "./tallies.js";
import { latest } from "./timing.js";
import { rootTotals, totalsOf } from "./totals.js";

/** Sessions that have been read as a whole: what an export holds, or the output of a run. */
export interface InMemory {
  readonly source: string;
  readonly path: string;
  readonly form: string;
  readonly bytes: number;
  readonly entries: readonly SessionEntry[];
  readonly rows: (id: string, weigh: Weigh) => SessionRows | null;
  readonly notRecorded: readonly string[];
  readonly notes: readonly Note[];
}

export function memoryStore({ source, path, entries, rows, notes, ...rest }: InMemory): Store {
  const all = () => entries.flatMap((entry) => ({ entry, rows: rows(entry.id, () => NO_SHAPE) as SessionRows }));
  const description = (): StoreDescription => ({
    path,
    form: rest.form,
    versions: [...new Set(all().flatMap(({ rows }) => rows.version ?? []))],
    sessions: entries.length,
    rootSessions: entries.filter((entry) => entry.parentId === null).length,
    messages: all().reduce((count, { rows }) => count + rows.messages.length, 0),
    bytes: rest.bytes,
    newestAt: latest(
      0,
      entries.map((entry) => entry.updatedAt),
    ),
    notRecorded: rest.notRecorded,
    notes,
  });
  return {
    source,
    path,
    entries: async () => entries,
    entry: async (id) => entries.find((entry) => entry.id === id) ?? null,
    totals: async () => rootTotals(all().map(({ entry, rows }) => totalsOf(entry, rows))),
    tallies: async () => talliesOf(all().map(tallied)),
    newestMessageAt: async (id) => rows(id, () => NO_SHAPE)?.messages.at(-1)?.createdAt ?? null,
    describe: async () => [description()],
    load: async (id, weigh) => {
      const loaded = family(id, (each) => rows(each, weigh), namedChildren);
      if (!loaded) throw new SourceError({ code: "unknown-session", selector: id, path });
      return opencodeSession(loaded, notes);
    },
    close: () => {},
  };
}
