import { join } from "node:path";
import type { Note } from "../model/session.js";
import { family } from "./opencode/family.js";
import { opencodeSession } from "./opencode/session.js";
import { entriesIn, StorageTree } from "./opencode/storage-tree.js";
import { tallied, talliesOf } from "./opencode/tallies.js";
import { latest } from "./opencode/timing.js";
import { rootTotals, totalsOf } from "./opencode/totals.js";
import type { Source, Store, StoreDescription } from "./source.js";
import { SourceError } from "./source-error.js";
import { NO_SHAPE } from "./text-shape.js";

/** The folder `storage` of OpenCode 1.0 and 1.1, which later releases leave where it is. */
export const opencodeStorage: Source = {
  id: "opencode-storage",
  recognize: async (path) => (looksLikeStorage(path) ? "mine" : "not mine"),
  open: async (path) => storageStore(new StorageTree(path)),
};

/** A folder `session` with folders of `ses_….json` in it. */
function looksLikeStorage(path: string): boolean {
  const sessions = join(path, "session");
  try {
    const isSession = ({ name }: { name: string }) => /^ses_.*\.json$/.test(name);
    return entriesIn(sessions).some(({ name }) => entriesIn(join(sessions, name)).some(isSession));
  } catch {
    return false; // a folder that may not be read
  }
}

export function storageStore(tree: StorageTree): Store {
  const path = tree.root;
  const heads = (known: ReadonlySet<string> = new Set()) =>
    [...tree.sessionPaths].filter(([id]) => !known.has(id)).flatMap(([, file]) => tree.headIn(file) ?? []);
  return {
    source: opencodeStorage.id,
    path,
    entries: async (known) => heads(known),
    entry: async (id) => tree.head(id),
    totals: async (known) =>
      // Only a message without an end needs its parts: the last of them is its end.
      rootTotals(
        heads(known).map((head) =>
          totalsOf(
            head,
            tree.rows(head, () => NO_SHAPE, isUnfinished),
          ),
        ),
      ),
    tallies: async (known) =>
      talliesOf(heads(known).map((head) => tallied({ entry: head, rows: tree.rows(head, () => NO_SHAPE) }))),
    newestMessageAt: async (id) => {
      const head = tree.head(id);
      return (
        head &&
        (tree
          .rows(
            head,
            () => NO_SHAPE,
            () => false,
          )
          .messages.at(-1)?.createdAt ??
          null)
      );
    },
    describe: async () => [description(tree)],
    load: async (id, weigh) => {
      const asked = tree.head(id);
      const headOf = (each: string) => (each === id ? asked : tree.headIn(tree.sessionPaths.get(each) ?? ""));
      const rowsOf = (each: string) => {
        const head = headOf(each); // a torn file of a subagent costs that subagent
        return head && tree.rows(head, weigh);
      };
      const all = family(id, rowsOf, (rows) => tree.childIds(rows));
      if (!all) throw new SourceError({ code: "unknown-session", selector: id, path });
      return opencodeSession(all, []);
    },
    close: () => {},
  };
}

function isUnfinished(message: unknown): boolean {
  const { role, time } = (message ?? {}) as { role?: unknown; time?: { completed?: unknown } };
  return role === "assistant" && typeof time?.completed !== "number";
}

function description(tree: StorageTree): StoreDescription {
  const files = [...tree.sessionPaths.values()];
  const heads = files.flatMap((file) => tree.headIn(file) ?? []).sort((a, b) => a.createdAt - b.createdAt);
  return {
    path: tree.root,
    form: "OpenCode storage folder, generation 1 (JSON files)",
    versions: [...new Set(heads.flatMap((head) => head.version ?? []))],
    sessions: heads.length,
    rootSessions: heads.filter((head) => head.parentId === null).length,
    messages: heads.reduce((count, head) => count + tree.messageCount(head.id), 0),
    bytes: null,
    newestAt: latest(
      0,
      heads.map((head) => head.updatedAt),
    ),
    notRecorded: ["failed attempts", "permission prompts", "the system prompt and tool definitions"],
    notes: notes(files.length - heads.length, tree.orphans().length),
  };
}

function notes(torn: number, orphans: number): Note[] {
  const found: Note[] = [];
  if (torn > 0) found.push({ kind: "skipped", text: `${torn} session ${torn === 1 ? "file is" : "files are"} torn.` });
  if (orphans > 0)
    found.push({
      kind: "skipped",
      text: `Of ${orphans} ${orphans === 1 ? "session" : "sessions"} there are messages, but no session file.`,
    });
  return found;
}
