import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { describe, expect, test } from "vitest";
import { INSERT_SESSION } from "../support/databases.js";
import { copyOf, EXAMPLE, recordedPath, SCENARIOS, temporaryFolder } from "../support/fixtures.js";
import { sessionflame } from "../support/in-process.js";

/** A home folder in which OpenCode has the databases given by name. */
function homeWith(databases: Record<string, string>): string {
  const home = temporaryFolder();
  const data = join(home, ".local", "share", "opencode");
  mkdirSync(data, { recursive: true });
  for (const [name, db] of Object.entries(databases)) symlinkSync(db, join(data, name));
  return home;
}

describe("report", () => {
  test("writes one HTML file, named after the session, and prints its path", async () => {
    const { exitCode, stdout, stderr, cwd } = await sessionflame(["report", "--db", EXAMPLE]);
    expect(exitCode).toBe(0);
    expect(stdout).toBe(`${join(cwd, "sessionflame-debug-auth-L0UEND.html")}\n`);
    expect(stderr).toBe("Debug Auth: 23.1\u00a0s of work in 35.7\u00a0s, 165,101 tokens.\n");
    expect(readdirSync(cwd)).toEqual(["sessionflame-debug-auth-L0UEND.html"]);
    expect(readFileSync(stdout.trim(), "utf8")).toMatch(/^<!doctype html>/);
  });

  test("-o names the file, a folder, or standard output", async () => {
    const { cwd } = await sessionflame(["report", "--db", EXAMPLE, "-o", "own.html"]);
    expect(readdirSync(cwd)).toEqual(["own.html"]);
    const folder = temporaryFolder();
    const toFolder = await sessionflame(["report", "--db", EXAMPLE, "-o", folder]);
    expect(toFolder.stdout).toBe(`${join(folder, "sessionflame-debug-auth-L0UEND.html")}\n`);
    const toStdout = await sessionflame(["report", "--db", EXAMPLE, "-o", "-"]);
    expect(toStdout.stdout).toBe(readFileSync(join(cwd, "own.html"), "utf8"));
  });

  test("--format json prints the Report; the same input gives the same bytes", async () => {
    const first = await sessionflame(["report", "--db", EXAMPLE, "--format", "json"]);
    const second = await sessionflame(["report", "--db", EXAMPLE, "--format", "json"], { now: () => 0 });
    expect(first.stdout).toBe(second.stdout);
    expect(first.stderr).toBe("");
    expect(JSON.parse(first.stdout)).toMatchObject({ version: 1, kind: "session", session: { title: "Debug Auth" } });
  });

  test("--quiet prints nothing but the path", async () => {
    const { stdout, stderr } = await sessionflame(["report", "--db", EXAMPLE, "--quiet"]);
    expect(stdout).toMatch(/\.html\n$/);
    expect(stderr).toBe("");
  });

  test.each([
    ["an id", "ses_e065f550fffeTnrpPMsJ8ojYAh", "retry"],
    ["a unique beginning of an id", "ses_e065f55", "retry"],
    ["a title", "abortllm", "abortllm"],
    ["a part of a title", "fork #1", "full (fork #1)"],
    ["a subagent's id", "ses_e065f6575ffeJgiSCiShtuxEQ5", "do sub (@general subagent)"],
  ])("SESSION is %s", async (_, selector, title) => {
    const { stdout } = await sessionflame(["report", selector, "--db", SCENARIOS, "--format", "json"]);
    expect(JSON.parse(stdout).session.title).toBe(title);
  });

  test("SESSION is `last`: the newest root session of the current folder, else of all", async () => {
    const path = copyOf(SCENARIOS);
    const db = new Database(path);
    db.prepare("UPDATE session SET directory = '/elsewhere' WHERE title = 'shell'").run();
    db.close();
    const title = async (cwd: string) => {
      const { stdout } = await sessionflame(["report", "--db", path, "--format", "json"], { cwd });
      return JSON.parse(stdout).session.title;
    };
    expect(await title("/elsewhere")).toBe("shell");
    expect(await title("/nowhere")).toBe("crash");
  });

  test("SESSION is a database file", async () => {
    const { stdout } = await sessionflame(["report", recordedPath("1.3.2 debug-auth"), "--format", "json"]);
    expect(JSON.parse(stdout).session.sourceVersion).toBe("1.3.2");
  });

  test("the default database is OpenCode's own", async () => {
    const home = homeWith({ "opencode.db": EXAMPLE });
    const byHome = await sessionflame(["report", "--format", "json"], { env: { OPENCODE_TEST_HOME: home } });
    expect(byHome.exitCode).toBe(0);
    const byXdg = await sessionflame(["report", "--format", "json"], {
      env: { XDG_DATA_HOME: join(home, ".local", "share") },
    });
    expect(byXdg.stdout).toBe(byHome.stdout);
    const byName = await sessionflame(["report", "--format", "json"], { env: { OPENCODE_DB: EXAMPLE } });
    expect(byName.stdout).toBe(byHome.stdout);
  });

  test("a session that changed a moment ago may still be running, which is said on stderr only", async () => {
    const { stderr, stdout } = await sessionflame(["report", "crash", "--db", SCENARIOS, "--format", "json"], {
      now: () => 1_795_189_600_000,
    });
    expect(stderr).toContain("may still be running");
    const later = await sessionflame(["report", "crash", "--db", SCENARIOS, "--format", "json"]);
    expect(later.stderr).toBe("");
    expect(later.stdout).toBe(stdout);
  });

  test("rows that are no JSON are skipped and counted in the notes", async () => {
    const path = copyOf(EXAMPLE);
    const db = new Database(path);
    db.exec("UPDATE part SET data = '{not json' WHERE id = (SELECT max(id) FROM part)");
    db.exec("UPDATE message SET data = '[]' WHERE id = (SELECT max(id) FROM message)");
    db.close();
    const { exitCode, stdout } = await sessionflame(["report", path, "--format", "json"]);
    expect(exitCode).toBe(0);
    const texts = JSON.parse(stdout).notes.map((note: { text: string }) => note.text);
    expect(texts).toContain("1 message was skipped: not readable as JSON of a known form.");
    expect(texts).toContainEqual(expect.stringMatching(/^3 message parts were skipped/));
    expect(await sessionflame(["list", "--db", path])).toMatchObject({ exitCode: 0 });
  });

  test("tables that hold secrets are never read", async () => {
    const path = copyOf(EXAMPLE);
    const db = new Database(path);
    const { stdout } = await sessionflame(["report", path, "--format", "json"]);
    for (const table of ["account_state", "account", "control_account", "credential", "session_share"])
      db.exec(`DROP TABLE ${table}`);
    db.close();
    expect(await sessionflame(["report", path, "--format", "json"])).toMatchObject({ exitCode: 0, stdout });
  });
});

describe("settings of OpenCode on this machine", () => {
  const SECRETS = ["sk-top-secret", "hidden-token", "https://internal.example", "run-this-command", "/home/somebody"];
  const SETTINGS = {
    provider: {
      mock: {
        options: { apiKey: "sk-top-secret", baseURL: "https://internal.example" },
        models: { "mock-large": { limit: { context: 200_000, output: 1 }, headers: { x: "hidden-token" } } },
      },
    },
    mcp: { tickets: { type: "local", command: ["run-this-command"], environment: { KEY: "sk-top-secret" } } },
    instructions: ["/home/somebody/rules.md"],
  };
  const homeWithSettings = (text: string) => {
    const home = temporaryFolder();
    mkdirSync(join(home, ".config", "opencode"), { recursive: true });
    writeFileSync(join(home, ".config", "opencode", "opencode.json"), text);
    return { OPENCODE_TEST_HOME: home };
  };

  test.each(["html", "json"])("are named in the notes of the %s, and no secret of them is anywhere", async (format) => {
    const env = homeWithSettings(JSON.stringify(SETTINGS));
    const args = ["report", "--db", EXAMPLE, "--format", format, "-o", "-", "--redact", "none"];
    const { stdout, stderr, exitCode } = await sessionflame(args, { env });
    expect(exitCode).toBe(0);
    expect(stdout).toContain("settings of OpenCode on this machine were read");
    expect(stdout).toContain(".config/opencode/opencode.json");
    for (const secret of SECRETS) expect(stdout + stderr).not.toContain(secret);
  });

  test("that cannot be read are named without a word of what is in them", async () => {
    const env = homeWithSettings(`{ "apiKey": "sk-top-secret" hidden-token`);
    const { stdout, stderr, exitCode } = await sessionflame(["report", "--db", EXAMPLE, "--json"], { env });
    expect(exitCode).toBe(0);
    expect(stdout).toContain("opencode.json were left out: it is not readable as JSON.");
    for (const secret of SECRETS) expect(stdout + stderr).not.toContain(secret);
  });

  test("are not looked at with --no-local, nor by demo", async () => {
    const env = homeWithSettings(JSON.stringify(SETTINGS));
    const bare = await sessionflame(["report", "--db", EXAMPLE, "--json", "--no-local"]);
    const unread = await sessionflame(["report", "--db", EXAMPLE, "--json", "--no-local"], { env });
    expect(unread.stdout).toBe(bare.stdout);
    expect((await sessionflame(["demo", "--json"], { env })).stdout).toBe(bare.stdout);
  });
});

describe("list", () => {
  test("shows root sessions, newest first, subagents counted in", async () => {
    const { stdout, stderr } = await sessionflame(["list", "--db", recordedPath("1.18.34 parallel-agents")]);
    expect(stdout).toBe(
      [
        "LAST CHANGE               TIME     COST  TOKENS  ID                              TITLE",
        "20 Nov 2026, 15:35 UTC  12.6 s  $0.0766  70.6 K  ses_e06672e52ffevOFSQxVnjVgfJ7  Map the services",
        "",
      ].join("\n"),
    );
    expect(stderr).toBe("1 session\n");
  });

  test.each(["1.2.1 debug-auth", "1.14.41 debug-auth", "1.18.34 debug-auth"])(
    "agrees with the report on %s",
    async (name) => {
      const db = recordedPath(name);
      const [listed] = JSON.parse((await sessionflame(["list", "--db", db, "--json"])).stdout);
      const { summary } = JSON.parse((await sessionflame(["report", "--db", db, "--format", "json"])).stdout);
      expect(listed.costUsd).toBeCloseTo(summary.costUsd, 9);
      expect(listed.messages).toBe(summary.messages);
      expect(listed.tokens).toBe(summary.tokens.total);
      expect(listed.endedAt - listed.startedAt).toBe(summary.wallMs);
    },
  );

  test("--limit shows only the newest", async () => {
    const { stdout, stderr } = await sessionflame(["list", "--db", SCENARIOS, "--limit", "3"]);
    expect(stdout.trim().split("\n")).toHaveLength(4);
    expect(stderr).toBe("12 sessions, 3 shown\n");
  });
});

describe("doctor", () => {
  test("lists every database of the data folder, also those that cannot be read", async () => {
    const home = homeWith({
      "opencode.db": SCENARIOS,
      "opencode-dev.db": join(import.meta.dirname, "program.test.ts"),
    });
    const { exitCode, stdout } = await sessionflame(["doctor"], { env: { OPENCODE_TEST_HOME: home } });
    expect(exitCode).toBe(0);
    expect(stdout).toContain("opencode.db  (default)");
    expect(stdout).toContain("written by 1.18.34");
    expect(stdout).toContain("12 sessions, 1 subagent, 44 messages");
    expect(stdout).toMatch(
      /opencode-dev\.db\n {2}cannot be read: not a database, storage folder, export or run output/,
    );
  });

  test("that nothing of what was named can be read is a failure", async () => {
    const { exitCode, stdout, stderr } = await sessionflame(["doctor", "--db", "/no/such/place"]);
    expect([exitCode, stderr.split("\n")[0]]).toEqual([3, "sessionflame: no such file: /no/such/place"]);
    expect(stdout).toContain("cannot be read: no such file");
  });

  test("finding nothing is no failure", async () => {
    const { exitCode, stdout } = await sessionflame(["doctor"]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain("cannot be read: no such file");
  });
});

describe("demo", () => {
  test("writes the report of the bundled example", async () => {
    const demo = await sessionflame(["demo", "-o", "-"]);
    const report = await sessionflame(["report", "--db", EXAMPLE, "-o", "-", "--no-local"]);
    expect(demo.stdout).toBe(report.stdout);
  });
});

describe("failures: one line states the fact, one says what to do, nothing is written", () => {
  const file = (name: string, content: string | Buffer) => {
    const path = join(temporaryFolder(), name);
    writeFileSync(path, content);
    return path;
  };
  const database = (...statements: string[]) => {
    const path = join(temporaryFolder(), "made.db");
    const db = new Database(path);
    for (const statement of statements) db.exec(statement);
    db.close();
    return path;
  };
  const truncated = () => file("opencode.db", readFileSync(EXAMPLE).subarray(0, 100_000));
  const corrupt = () => {
    const bytes = Buffer.from(readFileSync(EXAMPLE));
    bytes.fill(0xa5, 4_096, 400_000);
    return file("opencode.db", bytes);
  };
  const emptied = () => {
    const path = copyOf(EXAMPLE);
    const db = new Database(path);
    db.exec("DELETE FROM part; DELETE FROM message; DELETE FROM session");
    db.close();
    return path;
  };

  test.each<[string, () => string[], number, RegExp]>([
    ["a file that is not there", () => ["report", "--db", "/no/such.db"], 3, /^no such file: \/no\/such\.db$/],
    [
      "not a database",
      () => ["report", "--db", file("a.db", "hello, this is text")],
      4,
      /^not a database, storage folder, export or run output of OpenCode: /,
    ],
    ["an empty file", () => ["report", "--db", file("a.db", "")], 4, /^empty file: /],
    [
      "a truncated database",
      () => ["report", "--db", truncated()],
      4,
      /^damaged database: .* \(database disk image is malformed\)$/,
    ],
    ["a corrupt database", () => ["report", "--db", corrupt()], 4, /^damaged database: /],
    [
      "the older Go program's database",
      () => [
        "report",
        "--db",
        database("CREATE TABLE sessions(id)", "CREATE TABLE messages(id)", "CREATE TABLE files(id)"),
      ],
      4,
      /older, unrelated Go program/,
    ],
    [
      "another program's database",
      () => ["report", "--db", database("CREATE TABLE cookies(id)")],
      4,
      /^not an OpenCode database: .* has the tables cookies$/,
    ],
    ["no sessions", () => ["report", "--db", emptied()], 3, /^no sessions in /],
    ["an unknown id", () => ["report", "ses_unknown", "--db", EXAMPLE], 3, /^no such session: ses_unknown$/],
    [
      "an ambiguous beginning of an id",
      () => ["report", "ses_e065d", "--db", SCENARIOS],
      3,
      /^ambiguous session: ses_e065d matches \d sessions$/,
    ],
    ["a folder that holds no store", () => ["report", "--db", temporaryFolder()], 3, /^no OpenCode data in folder: /],
    ["no database at OpenCode's place", () => ["report"], 3, /^no OpenCode database: /],
    [
      "an output path that cannot be written",
      () => ["report", "--db", EXAMPLE, "-o", "/no/such/folder/a.html"],
      5,
      /^cannot write \/no\/such\/folder\/a\.html: ENOENT$/,
    ],
    [
      "a database as output",
      () => ["report", "--db", EXAMPLE, "-o", copyOf(EXAMPLE)],
      5,
      /^will not overwrite session data: /,
    ],
  ])("%s", async (_, args, exitCode, fact) => {
    const { stderr, stdout, exitCode: code, cwd } = await sessionflame(args());
    const lines = stderr.trimEnd().split("\n");
    expect(lines).toHaveLength(2);
    expect(lines[0]?.startsWith("sessionflame: ")).toBe(true);
    expect(lines[0]?.slice("sessionflame: ".length)).toMatch(fact);
    expect(lines[1]).toMatch(/^[A-Z`].{10,}/);
    expect([stdout, code]).toEqual(["", exitCode]);
    expect(readdirSync(cwd)).toEqual([]);
  });

  test("wrong usage ends with 2", async () => {
    const { exitCode, stderr } = await sessionflame(["report", "--format", "pdf"]);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^sessionflame: option '--format <format>' argument 'pdf' is invalid/);
    expect((await sessionflame(["--nonsense"])).exitCode).toBe(2);
    expect((await sessionflame(["list", "--limit", "0"])).exitCode).toBe(2);
    expect((await sessionflame(["--help"])).exitCode).toBe(0);
  });

  test("a stack is printed only with --verbose", async () => {
    const args = ["report", "--db", "/no/such.db"];
    expect((await sessionflame(args)).stderr).not.toContain("    at ");
    expect((await sessionflame([...args, "--verbose"])).stderr).toContain("    at ");
  });

  test("a failed write leaves the file that was there, and nothing beside it", async () => {
    const folder = temporaryFolder();
    const target = join(folder, "report.html");
    mkdirSync(join(folder, "report.html"));
    writeFileSync(join(target, "keep"), "");
    chmodSync(target, 0o755);
    const other = await sessionflame(["report", "--db", EXAMPLE, "-o", join(target, "keep", "a.html")]);
    expect(other.exitCode).toBe(5);
    expect(readdirSync(folder)).toEqual(["report.html"]);
    expect(existsSync(join(target, "keep"))).toBe(true);
  });

  test("a title with control characters does not reach the terminal", async () => {
    const path = copyOf(EXAMPLE);
    const db = new Database(path);
    db.exec(INSERT_SESSION);
    db.prepare("UPDATE session SET title = ?").run("\u001b]0;red\u0007");
    db.close();
    const { stdout } = await sessionflame(["list", "--db", path]);
    expect(stdout).toContain("\\u001b]0;red\\u0007");
    expect(stdout).not.toContain("\u001b");
  });
});
