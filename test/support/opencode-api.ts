import Database from "better-sqlite3";

/** What a server says to a GET: JSON with headers, a status of failure, or undefined for its web page. */
export type Answers = (url: URL) => { json: unknown } | number | undefined;

interface Serving {
  /** How many a page of a list holds. */
  readonly page?: number;
  readonly running?: boolean;
}

// biome-ignore lint/suspicious/noExplicitAny: rows as they are
type Row = any;

function rowsOf(path: string, sql: string, ...values: unknown[]): Row[] {
  const db = new Database(path, { readonly: true });
  const rows = db.prepare(sql).all(...values);
  db.close();
  return rows;
}

const tokensOf = (row: Row) => ({
  ...{ input: row.tokens_input, output: row.tokens_output, reasoning: row.tokens_reasoning },
  cache: { read: row.tokens_cache_read, write: row.tokens_cache_write },
});

/** Answers of 1.x from a recorded database. */
export function answers1(path: string, { running = false }: Serving): Answers {
  const sessions = rowsOf(path, "SELECT * FROM session ORDER BY time_created").map((row) => ({
    ...{ id: row.id, title: row.title, directory: row.directory, version: row.version, cost: row.cost },
    ...(row.parent_id ? { parentID: row.parent_id } : {}),
    ...{ tokens: tokensOf(row), time: { created: row.time_created, updated: row.time_updated } },
  }));
  return ({ pathname, searchParams }) => {
    const [, first, id, rest] = pathname.split("/");
    if (pathname === "/global/health") return { json: { healthy: true, version: "1.18.34" } };
    if (pathname === "/session/status") return { json: running ? { [String(sessions[0]?.id)]: { type: "busy" } } : {} };
    if (pathname === "/experimental/session") {
      return { json: sessions.slice(0, Number(searchParams.get("limit") ?? 100)) };
    }
    if (first !== "session" || !id) return undefined;
    const session = sessions.find((one) => one.id === id);
    if (!session) return 404;
    if (rest === undefined) return { json: session };
    return rest === "message" ? { json: messages1(path, id) } : undefined;
  };
}

function messages1(path: string, id: string) {
  const parts = rowsOf(path, "SELECT * FROM part WHERE session_id = ? ORDER BY id", id);
  return rowsOf(path, "SELECT * FROM message WHERE session_id = ? ORDER BY time_created, id", id).map((row) => ({
    info: { ...JSON.parse(row.data), id: row.id, sessionID: id },
    parts: parts
      .filter((part) => part.message_id === row.id)
      .map((part) => ({ ...JSON.parse(part.data), id: part.id, messageID: row.id, sessionID: id })),
  }));
}

/** Answers of 2.x from a recorded database, in pages. */
export function answers2(path: string, { page = 100, running = false }: Serving): Answers {
  const sessions = rowsOf(path, "SELECT * FROM session ORDER BY time_created DESC").map((row) => ({
    ...{ id: row.id, title: row.title, location: { directory: row.directory }, cost: row.cost },
    ...(row.parent_id ? { parentID: row.parent_id } : {}),
    ...{ tokens: tokensOf(row), time: { created: row.time_created, updated: row.time_updated } },
  }));
  const root = sessions.find(({ parentID }) => parentID === undefined);
  const paged = (list: readonly unknown[], { searchParams }: URL) => {
    const from = Number(searchParams.get("cursor") ?? 0);
    const shown = list.slice(from, from + page);
    return { json: { data: shown, cursor: shown.length === 0 ? {} : { next: String(from + page) } } };
  };
  return (url) => {
    const [, api, first, id, rest] = url.pathname.split("/");
    if (api !== "api") return 404;
    if (first === "health") return { json: { healthy: true, version: "0.0.0-next-16350", pid: 1 } };
    if (first !== "session") return 404;
    if (id === undefined) {
      const parent = url.searchParams.get("parentID");
      return paged(parent === null ? sessions : sessions.filter(({ parentID }) => parentID === parent), url);
    }
    if (id === "active") return { json: { data: running ? { [String(root?.id)]: {} } : {} } };
    const session = sessions.find((one) => one.id === id);
    if (!session) return 404;
    return rest === "message" ? paged(messages2(path, id), url) : { json: { data: session } };
  };
}

function messages2(path: string, id: string) {
  return rowsOf(path, "SELECT * FROM session_message WHERE session_id = ? ORDER BY seq", id).map((row) => ({
    ...{ id: row.id, type: row.type },
    ...JSON.parse(row.data),
  }));
}
