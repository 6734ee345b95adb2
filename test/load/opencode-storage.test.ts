import { spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  mkdirSync,
  readFileSync,
  renameSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import Database from "better-sqlite3";
import { describe, expect, test } from "vitest";
import { openStore } from "../../src/load/index.js";
import { StorageTree } from "../../src/load/opencode/storage-tree.js";
import { storageStore } from "../../src/load/opencode-storage.js";
import { shapeOf } from "../../src/load/text-shape.js";
import type { Session } from "../../src/model/session.js";
import { copyOf, loadRoots, recordedPath, temporaryFolder } from "../support/fixtures.js";
import { runCli, runCliAsNobody } from "../support/run-cli.js";
import { addStoredSession, filesUnder } from "../support/storage.js";

const RECORDED_STORAGE = recordedPath("1.1.65 debug-auth storage");
const ID = "ses_e066372a1ffepwd2pcOErUBTuz";
const only = async (path: string) => ((await loadRoots(path)) as [Session])[0];
const noteTexts = ({ notes }: Session) => notes.map((note) => note.text);

/** A store that writes down which files it opened. */
function counting(root: string) {
  const opened: string[] = [];
  const tree = new StorageTree(root, (path) => {
    opened.push(path);
    return readFileSync(path, "utf8");
  });
  return { store: storageStore(tree), opened };
}

function sessionsIn(path: string): { id: string; parentId: string | null }[] {
  const db = new Database(path, { readonly: true });
  const rows = db.prepare("SELECT id, parent_id AS parentId FROM session").all();
  db.close();
  return rows as { id: string; parentId: string | null }[];
}

describe("only the files of the session that was asked for are opened", () => {
  test("by id: its own, those of its messages and of their parts", async () => {
    const root = copyOf(RECORDED_STORAGE);
    const own = filesUnder(root).filter((path) => /\/(session|message|part)\//.test(path));
    for (let i = 0; i < 300; i++) addStoredSession(root, { createdAt: 1_700_000_000_000 + i * 60_000 });
    const { store, opened } = counting(root);
    await store.entry(ID);
    await store.load(ID, shapeOf);
    expect([...new Set(opened)].sort()).toEqual(own.sort());
  });

  test("by title, or as the last one: of the others the session files, no message and no part", async () => {
    const root = copyOf(RECORDED_STORAGE);
    for (let i = 0; i < 300; i++) addStoredSession(root, { createdAt: 1_700_000_000_000 + i * 60_000 });
    const { store, opened } = counting(root);
    expect(await store.entries()).toHaveLength(301);
    expect(opened).toHaveLength(301);
    expect(opened.every((path) => path.includes("/session/"))).toBe(true);
  });
});

describe("subagents", () => {
  test("are found by the call that names them, and by what they say of themselves", async () => {
    const root = join(temporaryFolder(), "storage");
    const at = 1_790_000_000_000;
    const parent = addStoredSession(root, { createdAt: at, messages: 3, durationMs: 60_000 });
    const named = addStoredSession(root, { createdAt: at + 70_000_000, parentId: parent.id });
    const inside = addStoredSession(root, { createdAt: at + 30_000, parentId: parent.id });
    const unrelated = addStoredSession(root, { createdAt: at + 31_000 });
    parent.addTask(named.id);
    const { store, opened } = counting(root);
    const session = await store.load(parent.id, shapeOf);
    expect(new Set(session.messages.map(({ sessionId }) => sessionId))).toEqual(
      new Set([parent.id, named.id, inside.id]),
    );
    expect(opened.filter((path) => path.includes(`/message/${unrelated.id}/`))).toEqual([]);
  });
});

describe("what is torn or has lost what it belongs to is skipped and said", () => {
  const messageFile = (root: string) => filesUnder(join(root, "message"))[2] as string;

  test("a torn message, with its parts", async () => {
    const root = copyOf(RECORDED_STORAGE);
    const file = messageFile(root);
    const parts = filesUnder(join(root, "part", file.replace(/^.*\/(.*)\.json$/, "$1"))).length;
    truncateSync(file, 100);
    const session = await only(root);
    expect(session.messages).toHaveLength(16);
    expect(noteTexts(session)).toContain("1 message was skipped: not readable as JSON of a known form.");
    expect(noteTexts(session).join()).toContain(`${parts} message parts were skipped`);
  });

  test("a torn part, and one that is empty", async () => {
    const root = copyOf(RECORDED_STORAGE);
    const [first, second] = filesUnder(join(root, "part")) as [string, string];
    truncateSync(first, 30);
    truncateSync(second, 0);
    expect(noteTexts(await only(root)).join()).toContain("2 message parts were skipped");
  });

  test("parts of a message that is not there are left alone", async () => {
    const root = copyOf(RECORDED_STORAGE);
    unlinkSync(messageFile(root));
    expect((await only(root)).messages).toHaveLength(16);
  });

  test("a torn session file: a clear line, and doctor names it and the messages without a session", () => {
    const root = copyOf(RECORDED_STORAGE);
    const { path } = addStoredSession(root, { createdAt: 1_700_000_000_000 });
    truncateSync(path, 10);
    renameSync(join(root, "message", ID), join(root, "message", "ses_lost"));
    const id = path.replace(/^.*\/(.*)\.json$/, "$1");
    const { exitCode, stderr } = runCli(["report", id, "--db", root]);
    expect([exitCode, stderr.split("\n")[0]]).toEqual([4, `sessionflame: not readable as a session: ${path}`]);
    const { stdout } = runCli(["doctor", "--db", root]);
    expect(stdout).toContain("1 session file is torn.");
    expect(stdout).toContain("Of 1 session there are messages, but no session file.");
    expect(runCli(["list", "--db", root]).stdout).toContain(ID);
  });
});

test("a copy under another name, an id that leads out of the folder, a pipe: none is a session", () => {
  const root = copyOf(RECORDED_STORAGE);
  const [file] = filesUnder(join(root, "session")) as [string];
  const text = readFileSync(file, "utf8");
  writeFileSync(file.replace(/\.json$/, " (conflicted copy).json"), text);
  writeFileSync(join(dirname(file), "ses_evil.json"), text.replaceAll(ID, "../../secret"));
  spawnSync("mkfifo", [join(dirname(file), "ses_pipe.json")]);
  const listed = JSON.parse(runCli(["list", "--db", root, "--json"]).stdout);
  expect(listed.map(({ id }: { id: string }) => id)).toEqual([ID]);
});

test("a torn file of a subagent costs that subagent, not its parent", async () => {
  const root = join(temporaryFolder(), "storage");
  const parent = addStoredSession(root, { createdAt: 1_790_000_000_000, durationMs: 60_000 });
  const child = addStoredSession(root, { createdAt: 1_790_000_030_000, parentId: parent.id });
  parent.addTask(child.id);
  truncateSync(child.path, 10);
  const session = await storageStore(new StorageTree(root)).load(parent.id, shapeOf);
  expect(noteTexts(session).join()).toContain("1 subagent is not in the data");
});

test("a folder that may not be read is one clear line", () => {
  const root = copyOf(RECORDED_STORAGE);
  chmodSync(join(root, "message"), 0);
  chmodSync(dirname(root), 0o755);
  const { exitCode, stderr } = runCliAsNobody(["list", "--db", root]);
  expect([exitCode, stderr.split("\n")[0]]).toEqual([
    4,
    `sessionflame: cannot read ${join(root, "message", ID)}: EACCES`,
  ]);
});

describe("beside a database", () => {
  function dataFolder(): string {
    const folder = temporaryFolder();
    cpSync(RECORDED_STORAGE, join(folder, "storage"), { recursive: true });
    cpSync(recordedPath("1.18.34 debug-auth"), join(folder, "opencode.db"));
    return folder;
  }

  test.each([
    ["the folder", (folder: string) => folder],
    ["the database", (folder: string) => join(folder, "opencode.db")],
  ])("%s opens both", async (_, place) => {
    const store = await openStore(place(dataFolder()));
    const ids = (await store.entries()).map(({ id }) => id);
    expect(ids).toHaveLength(2);
    expect(ids).toContain(ID);
    expect((await store.load(ID, shapeOf)).messages).toHaveLength(17);
    expect((await store.totals()).map(({ id }) => id).sort()).toEqual([...ids].sort());
    expect((await store.describe()).map(({ form }) => form)).toEqual([
      "OpenCode database, generation 1 (message and part tables, event log)",
      "OpenCode storage folder, generation 1 (JSON files)",
    ]);
    store.close();
  });

  test("a database of another name that happens to lie there stands alone", async () => {
    const folder = dataFolder();
    renameSync(join(folder, "opencode.db"), join(folder, "mine.db"));
    expect(await (await openStore(join(folder, "mine.db"))).entries()).toHaveLength(1);
  });

  test("of a session that is in both, the database is right, and it counts once", async () => {
    const folder = dataFolder();
    const database = await openStore(recordedPath("1.18.34 debug-auth"));
    const [inDatabase] = await database.entries();
    const session = JSON.parse(readFileSync(filesUnder(join(folder, "storage", "session"))[0] as string, "utf8"));
    const path = join(folder, "storage", "session", session.projectID, `${inDatabase?.id}.json`);
    writeFileSync(path, JSON.stringify({ ...session, id: inDatabase?.id, title: "of the files" }));
    const store = await openStore(folder);
    expect(await store.entries()).toHaveLength(2);
    expect(await store.totals()).toHaveLength(2);
    expect((await store.entry(inDatabase?.id ?? ""))?.title).toBe("Debug Auth");
    expect((await store.load(inDatabase?.id ?? "", shapeOf)).title).toBe("Debug Auth");
  });

  test("subagents that are in both count once, beneath their parent", () => {
    const folder = temporaryFolder();
    cpSync(recordedPath("v1.2.27-migrated-from-json"), join(folder, "opencode.db"));
    const listed = () => JSON.parse(runCli(["list", "--db", folder, "--json"]).stdout);
    const alone = listed();
    const storage = join(folder, "storage");
    const at = 1_790_000_000_000;
    addStoredSession(storage, { createdAt: at }); // a session of its own
    for (const { id, parentId } of sessionsIn(join(folder, "opencode.db"))) {
      const stored = addStoredSession(storage, { createdAt: at, ...(parentId ? { parentId } : {}) });
      const text = readFileSync(stored.path, "utf8").replaceAll(stored.id, id);
      writeFileSync(join(storage, "session", "project", `${id}.json`), text);
      unlinkSync(stored.path);
    }
    expect(listed()).toHaveLength(alone.length + 1);
    expect(listed()).toEqual(expect.arrayContaining(alone));
  });

  test("a database that cannot be read is not passed over for the files beside it", () => {
    const folder = dataFolder();
    writeFileSync(join(folder, "opencode.db"), "hello, this is text");
    for (const place of [folder, join(folder, "opencode.db")])
      expect([place, runCli(["list", "--db", place]).exitCode]).toEqual([place, 4]);
    const { stdout } = runCli(["doctor", "--db", folder]);
    expect(stdout).toContain("cannot be read: not a database");
    expect(stdout).toContain("OpenCode storage folder, generation 1");
  });

  test("--source opens one of them", () => {
    const folder = dataFolder();
    const listed = (source: string) => runCli(["list", "--db", folder, "--source", source, "--json"]).stdout;
    expect(JSON.parse(listed("opencode-storage")).map(({ id }: { id: string }) => id)).toEqual([ID]);
    expect(JSON.parse(listed("opencode-sqlite"))).toHaveLength(1);
  });

  test("at OpenCode's own place, without a database", () => {
    const home = temporaryFolder();
    const place = join(home, ".local", "share", "opencode", "storage");
    mkdirSync(dirname(place), { recursive: true });
    cpSync(RECORDED_STORAGE, place, { recursive: true });
    const env = { OPENCODE_TEST_HOME: home };
    expect(runCli(["list"], { env }).stdout).toContain(ID);
    expect(runCli(["report", "--json"], { env }).exitCode).toBe(0);
    expect(runCli(["doctor"], { env }).stdout).toContain(
      "OpenCode storage folder, generation 1 (JSON files)\n  written by 1.1.65\n  1 session, 17 messages",
    );
  });
});
