import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import Database from "better-sqlite3";

/** What a database and its side files are, to see that reading changed nothing. */
export function fingerprint(path: string): Record<string, string | null> {
  const digest = (file: string) =>
    existsSync(file) ? createHash("sha256").update(readFileSync(file)).digest("hex") : null;
  return { db: digest(path), wal: digest(`${path}-wal`), hasShm: String(existsSync(`${path}-shm`)) };
}

/** Switches a database to WAL and closes it cleanly: no side files are left. */
export function switchToWal(path: string): void {
  const db = new Database(path);
  db.pragma("journal_mode = WAL");
  db.close();
}

/** Adds a row in another process, which then is killed: the row is only in the -wal file. */
export function crashWhileWriting(path: string, sql: string): void {
  crash(path, [
    "db.pragma('journal_mode = WAL');",
    "db.pragma('wal_autocheckpoint = 0');",
    `db.exec(${JSON.stringify(sql)});`,
  ]);
}

function crash(path: string, statements: readonly string[]): void {
  const sqlite = createRequire(import.meta.url).resolve("better-sqlite3");
  const open = `const db = new (require(${JSON.stringify(sqlite)}))(${JSON.stringify(path)});`;
  const script = [open, ...statements, 'process.kill(process.pid, "SIGKILL");'].join("\n");
  const { signal, stderr } = spawnSync(process.execPath, ["-e", script], { encoding: "utf8" });
  if (signal !== "SIGKILL") throw new Error(`the writer did not crash: ${stderr}`);
}

/** Kills a writer in the middle of a large transaction: the database is half-written, its -journal holds the old pages. */
export function crashInTransaction(path: string): void {
  crash(path, [
    "db.pragma('cache_size = 5');",
    "db.exec('BEGIN');",
    "db.exec(\"UPDATE part SET data = data || '                '\");",
  ]);
}

export const INSERT_SESSION = `INSERT INTO session (id, project_id, slug, directory, title, version, time_created, time_updated)
  SELECT 'ses_added', project_id, 'added', directory, 'added', version, time_created, time_updated FROM session LIMIT 1`;
