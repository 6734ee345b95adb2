import Database from "better-sqlite3";
import { describe, expect, test } from "vitest";
import type { SessionTotals } from "../../src/load/source.js";
import { REDACT_LEVELS } from "../../src/redact/index.js";
import { CREDENTIAL_FORMS, leaked, madeCredential } from "../support/credentials.js";
import { copyOf, EXAMPLE, SCENARIOS } from "../support/fixtures.js";
import { sessionflame } from "../support/in-process.js";

async function list(...args: readonly string[]): Promise<SessionTotals[]> {
  const { exitCode, stdout } = await sessionflame(["list", "--json", ...args]);
  expect(exitCode).toBe(0);
  return JSON.parse(stdout);
}

/** The scenarios; the newest have these titles and ran in these folders. */
function titled(...named: readonly { readonly title: string; readonly directory?: string }[]): string {
  const path = copyOf(SCENARIOS);
  const db = new Database(path);
  const newest = db
    .prepare("SELECT id FROM session WHERE parent_id IS NULL ORDER BY time_updated DESC, id")
    .pluck()
    .all();
  const set = db.prepare("UPDATE session SET title = ?, directory = coalesce(?, directory) WHERE id = ?");
  for (const [i, { title, directory }] of named.entries()) set.run(title, directory ?? null, newest[i]);
  db.close();
  return path;
}

const HOSTILE = [
  { title: `Try ${madeCredential("GitHub token", 1).text} in /home/jane/app`, directory: "/home/jane/app" },
  { title: "Move /srv/customer/shop to C:\\Users\\Jane Doe\\p", directory: "/srv/customer/shop" },
  { title: "", directory: "C:\\Users\\Jane Doe\\p" },
];

describe.each(REDACT_LEVELS)("at %s", (level) => {
  const reportOf = async (id: string, db: string) =>
    JSON.parse((await sessionflame(["report", id, "--db", db, "--json", "--redact", level])).stdout).session;

  test("a session is named as its report names it", async () => {
    const db = titled(...HOSTILE);
    const listed = await list("--db", db, "--redact", level, "--limit", "3");
    for (const { id, title, directory } of listed) {
      const ofReport = await reportOf(id, db);
      expect({ id, title }).toEqual({ id: ofReport.id, title: ofReport.title });
      // Which number a folder has is each report's own.
      const unnumbered = (path: string) => path.replace(/\d+/g, "");
      if (level === "strict") expect(unnumbered(directory)).toBe(unnumbered(ofReport.directory));
      else expect(directory).toBe(ofReport.directory);
    }
  });

  test.each(Object.keys(CREDENTIAL_FORMS))("no credential is printed: %s", async (form) => {
    const made = madeCredential(form, 7);
    const db = titled({ title: `Use ${made.text}`, directory: `/srv/${made.text}/app` });
    const { stdout } = await sessionflame(["list", "--db", db, "--redact", level]);
    expect(leaked(made, stdout + JSON.stringify(await list("--db", db, "--redact", level)))).toBe("");
  });
});

test("what is a credential in one title is one in all", async () => {
  const { secret } = madeCredential("password in a file", 3);
  const listed = await list("--db", titled({ title: `DB_PASSWORD=${secret}` }, { title: `Is ${secret} right?` }));
  expect(listed.slice(0, 2).map(({ title }) => title)).toEqual(["DB_PASSWORD=[credential]", "Is [credential] right?"]);
});

test("homes and folders of customers are shortened unless --redact none says so", async () => {
  const db = titled(...HOSTILE);
  const text = async (...args: readonly string[]) => (await sessionflame(["list", "--db", db, ...args])).stdout;
  expect(await text()).toMatch(/Try \[credential\] in ~\/app\n.* {2}Move …\/shop to ~ Doe\\p\n/);
  expect(await text("--redact", "none")).toContain("Try [credential] in /home/jane/app\n");
  expect(JSON.stringify(await list("--db", db))).not.toMatch(/jane|Jane|customer/);
});

test("at strict one folder is one pseudonym, and an id that somebody chose has one too", async () => {
  const path = titled({ title: "a", directory: "/home/jane/x" }, { title: "b", directory: "/home/jane/x/y" });
  const db = new Database(path);
  db.pragma("foreign_keys = OFF");
  db.exec("UPDATE session SET id = 'my-own' WHERE title = 'a'");
  db.close();
  const [first, second] = await list("--db", path, "--redact", "strict");
  expect(first?.id).toBe("id-1");
  expect([first?.directory, second?.directory]).toEqual(["~/folder-1", "~/folder-1/folder-2"]);
});

test("figures are the same at every level", async () => {
  const figures = async (level: string) =>
    (await list("--db", EXAMPLE, "--redact", level)).map(({ id, title, directory, ...rest }) => rest);
  const [first, ...others] = await Promise.all(REDACT_LEVELS.map(figures));
  for (const other of others) expect(other).toEqual(first);
});
