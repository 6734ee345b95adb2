import Database from "better-sqlite3";

type Row = Readonly<Record<string, unknown>>;

/** Where each generation keeps a session. Subagents that run at the same time may be made in either order. */
const QUERIES: Readonly<Record<string, string>> = {
  session: "SELECT title, parent_id, id FROM session ORDER BY title",
  message: `SELECT m.session_id, m.id, m.data FROM message m JOIN session s ON s.id = m.session_id
    ORDER BY s.title, m.id`,
  part: `SELECT p.session_id, p.message_id, p.id, p.data FROM part p JOIN session s ON s.id = p.session_id
    ORDER BY s.title, p.message_id, p.id`,
  session_message: `SELECT m.session_id, m.id, m.type, m.data FROM session_message m JOIN session s ON s.id = m.session_id
    ORDER BY s.title, m.id`,
};

/** What differs from run to run; the model counts ids, which are random, so that a token more or less says nothing. */
const LEFT_OUT = new Set(["time", "tokens", "cost"]);

/**
 * All that a database says of its sessions besides when and how much: messages, parts, calls, statuses and texts, one
 * text a row. Ids are numbered in their order, and digests left out.
 */
export function sessionDump(path: string): readonly string[] {
  const db = new Database(path, { readonly: true });
  try {
    const hasTable = db.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?");
    const tables = Object.keys(QUERIES).filter((table) => hasTable.get(table) !== undefined);
    const rows = tables.flatMap((table) => (db.prepare(QUERIES[table] as string).all() as Row[]).map(textOf));
    return numbered(rows);
  } finally {
    db.close();
  }
}

function textOf({ data, ...row }: Row): string {
  const lasting = (key: string, value: unknown) => (LEFT_OUT.has(key) ? undefined : value);
  return JSON.stringify({ ...row, ...(typeof data === "string" ? JSON.parse(data) : {}) }, lasting);
}

function numbered(rows: readonly string[]): readonly string[] {
  const numbers = new Map<string, string>();
  return rows.map((row) =>
    row.replace(/\b[0-9a-f]{40}\b/g, "(digest)").replace(/\b([a-z]{3,4})_[0-9A-Za-z]{20,}\b/g, (id, kind) => {
      if (!numbers.has(id)) numbers.set(id, `${kind}_${numbers.size + 1}`);
      return numbers.get(id) as string;
    }),
  );
}

/** The first rows that two dumps do not share, short enough to be read. */
export function differences(a: readonly string[], b: readonly string[]): readonly string[] {
  const rows = Array.from({ length: Math.max(a.length, b.length) }, (_, i) => [a[i] ?? "", b[i] ?? ""] as const);
  const differing = rows.filter(([one, other]) => one !== other).slice(0, 5);
  return differing.map(([one, other]) => {
    const from = Math.max(0, [...one].findIndex((letter, i) => letter !== other[i]) - 60);
    return `${one.slice(from, from + 200)} | ${other.slice(from, from + 200)}`;
  });
}
