import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { bigSession } from "./big-session.mjs";

/** The page of a session that has no message: what every report costs. */
export function emptyPage() {
  return inFolder((dir) => {
    const path = join(dir, "empty.db");
    copyFileSync("examples/debug-auth.db", path);
    const db = new Database(path);
    db.exec("DELETE FROM part; DELETE FROM message");
    db.close();
    return pageOf(path, dir);
  });
}

/** The page of the bundled example. */
export function examplePage() {
  return inFolder((dir) => pageOf("examples/debug-auth.db", dir));
}

/** The page of a made session of about so many spans. */
export function bigPage(spans) {
  return inFolder((dir) => {
    const path = join(dir, "session.json");
    writeFileSync(path, bigSession(spans));
    return pageOf(path, dir);
  });
}

function pageOf(source, dir) {
  const page = join(dir, "report.html");
  const args = ["dist/cli.js", "report", source, "-o", page, "--no-local", "--quiet"];
  const { status, stderr } = spawnSync(process.execPath, args);
  if (status !== 0) throw new Error(String(stderr));
  return readFileSync(page, "utf8");
}

function inFolder(make) {
  const dir = mkdtempSync(join(tmpdir(), "sessionflame-"));
  try {
    return make(dir);
  } finally {
    rmSync(dir, { recursive: true });
  }
}
