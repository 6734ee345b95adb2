import Database from "better-sqlite3";

/** A message of generation 2 as it stands in a row: its type, and the rest as JSON. */
export interface Row2 {
  readonly id: string;
  readonly type: string;
  readonly at: number;
  readonly data: object;
}

/** What `opencode session export` of 2.x would write of the only root session of a database. */
export function generation2Export(path: string): string {
  const db = new Database(path, { readonly: true });
  const session = db.prepare("SELECT * FROM session WHERE parent_id IS NULL").get() as Record<string, unknown>;
  const rows = db
    .prepare("SELECT id, type, data FROM session_message WHERE session_id = ? ORDER BY seq")
    .all(session.id);
  db.close();
  const { id, title, directory, time_created, time_updated } = session;
  const info = { id, title, location: { directory }, time: { created: time_created, updated: time_updated } };
  const messages = (rows as { id: string; type: string; data: string }[]).map((row) => ({
    ...{ id: row.id, type: row.type },
    ...JSON.parse(row.data),
  }));
  return JSON.stringify({ info, messages }, null, 2);
}

/** A database with the tables of a stable 2.x: sessions in `session_v2`, no event log. */
export function stable2Database(path: string, sessionId: string, rows: readonly Row2[]): void {
  const db = new Database(path);
  db.exec(`CREATE TABLE session_v2 (id TEXT PRIMARY KEY, parent_id TEXT, title TEXT, directory TEXT, version TEXT,
      fork_session_id TEXT, time_created INTEGER, time_updated INTEGER, time_idle INTEGER);
    CREATE TABLE session_message (id TEXT PRIMARY KEY, session_id TEXT, type TEXT, seq INTEGER, time_created INTEGER,
      time_updated INTEGER, data TEXT);`);
  addSession2(db, sessionId, rows);
  db.close();
}

export function addSession2(db: Database.Database, sessionId: string, rows: readonly Row2[]): void {
  const [first] = rows as [Row2];
  db.prepare(
    "INSERT INTO session_v2 (id, title, directory, version, time_created, time_updated) VALUES (?, ?, '/p', '2.0.26', ?, ?)",
  ).run(sessionId, `title of ${sessionId}`, first.at, (rows.at(-1) as Row2).at);
  const insert = db.prepare("INSERT INTO session_message VALUES (?, ?, ?, ?, ?, ?, ?)");
  rows.forEach(({ id, type, at, data }, seq) => {
    insert.run(
      `${sessionId}:${id}`,
      sessionId,
      type,
      seq,
      at,
      at + 1_000,
      JSON.stringify({ time: { created: at }, ...data }),
    );
  });
}
