import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { describe, expect, test } from "vitest";
import type { Report } from "../../src/model/report.js";
import { crashWhileWriting, fingerprint, INSERT_SESSION } from "../support/databases.js";
import { copyOf, EXAMPLE, RECORDED, SCENARIOS, temporaryFolder } from "../support/fixtures.js";
import { rowSums } from "../support/row-sums.js";
import { runCli, runCliAsNobody } from "../support/run-cli.js";

/** A copy of the example with its rows changed. */
function changed(...statements: readonly string[]): string {
  const path = copyOf(EXAMPLE);
  const db = new Database(path);
  for (const statement of statements) db.exec(statement);
  db.close();
  return path;
}

function reportOf(path: string, ...args: string[]): Report {
  const { exitCode, stdout, stderr } = runCli(["report", ...args, "--db", path, "--json"]);
  expect([exitCode, stderr]).toEqual([0, ""]);
  return JSON.parse(stdout);
}
const notesOf = (report: Report) => report.notes.map(({ text }) => text).join("\n");

const setTool = (name: string) =>
  `UPDATE part SET data = json_set(data, '$.tool', '${name}') WHERE data LIKE '%"tool":"grep"%'`;
const setMessage = (path: string, value: string, where = 'data LIKE \'%"finish":"stop"%\'') =>
  `UPDATE message SET data = json_set(data, '${path}', ${value}) WHERE ${where}`;

describe("odd rows give a report", () => {
  test.each(["constructor", "toString", "__proto__", "hasOwnProperty"])("a tool named %s", (name) => {
    const report = reportOf(changed(setTool(name)));
    expect(report.time.toolCalls.map(({ tool, target }) => [tool, target])).toContainEqual([name, "sessionField1"]);
  });

  test.each(["constructor", "__proto__"])("a model named %s, without a provider: its limit is unknown", (name) => {
    const named = `json_remove(json_set(data, '$.modelID', '${name}'), '$.providerID')`;
    const { tokens } = reportOf(changed(`UPDATE message SET data = ${named} WHERE data LIKE '%"role":"assistant"%'`));
    expect(new Set(tokens.composition.map(({ model, contextLimit }) => `${model} ${contextLimit}`))).toEqual(
      new Set([`${name} null`]),
    );
  });

  test("a title that is a blob, empty, or of many lines", () => {
    for (const title of ["x'41ff00'", "''", "'two\nlines'"]) {
      const path = changed(`UPDATE session SET title = ${title}`);
      expect(runCli(["report", "--db", path, "-o", "-"]).exitCode).toBe(0);
      expect(runCli(["list", "--db", path]).stdout.trimEnd().split("\n")).toHaveLength(2);
    }
    expect(runCli(["list", "--db", changed("UPDATE session SET title = ''")]).stdout).toContain("Untitled session");
  });

  test("arguments that are nested 6,000 deep", () => {
    const nested = `{"z":${"[".repeat(6_000)}${"]".repeat(6_000)}}`;
    const deep = `replace(json_set(data, '$.state.input', 'DEEP'), '"DEEP"', '${nested}')`;
    const report = reportOf(changed(`UPDATE part SET data = ${deep} WHERE data LIKE '%"tool":"grep"%'`));
    expect(report.time.toolCalls).toHaveLength(13);
  });

  const NULL_ID = `INSERT INTO session (id, project_id, slug, directory, title, version, time_created, time_updated)
    SELECT NULL, project_id, 'x', directory, 'no id', version, time_created, time_updated FROM session`;

  test.each<[string, string, string]>([
    ["a row without an id beside it", NULL_ID, "20 Nov 2026, 15:34 UTC  35.7 s  $0.1143  165.1 K"],
    ["a parent that is a blob", "UPDATE session SET parent_id = x'00ff'", "35.7 s  $0.1143  165.1 K"],
    ["made after its messages", "UPDATE session SET time_created = time_created + 3600000", "–  $0.1143  165.1 K"],
    ["times in microseconds", "UPDATE session SET time_created = 1e15, time_updated = 1e15", "\n–"],
    ["a cost below nothing", "UPDATE session SET cost = -5", "35.7 s     –  165.1 K"],
    ["sums without end", "UPDATE session SET cost = 1e400, tokens_input = 1e400", "35.7 s     –       –"],
    ["parts of a token", "UPDATE session SET tokens_reasoning = 1e-9", "35.7 s  $0.1143  165.1 K"],
  ])("in a list, of a session with %s what cannot be is unknown", (_, sql, words) => {
    const path = changed(sql);
    const { exitCode, stdout } = runCli(["list", "--db", path]);
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining(words)]);
    expect(stdout.trimEnd().split("\n")).toHaveLength(2);
    expect(runCli(["list", "--db", path, "--json"]).stdout).not.toMatch(/null id|:-|\d\.\d{9}/);
    expect(runCli(["stats", "--db", path]).stdout).not.toMatch(/Infinity|NaN/);
    expect(runCli(["check", "--max-wall", "1h", "--db", path]).exitCode).toBe(0);
  });

  test("an end that is null is a missing end", () => {
    const report = reportOf(changed(setMessage("$.time.completed", "NULL")));
    expect(report.summary.messages).toBe(17);
    expect(notesOf(report)).toContain("no recorded end");
  });

  test.each(["'much'", "-5", "1e300"])("token counts of %s are left out, and said", (value) => {
    const report = reportOf(changed(setMessage("$.tokens.input", value)));
    expect(notesOf(report)).toContain("3 messages have token counts or a cost that cannot be read");
    expect(report.summary.tokens.total).toBeLessThan(165_101);
  });

  test.each(["1e18", "-1", "'noon'"])(
    "a message that ended at %s has no end; one that began then is skipped",
    (value) => {
      const ended = changed(setMessage("$.time.completed", value));
      expect(notesOf(reportOf(ended))).toContain("3 messages have no recorded end");
      expect(runCli(["report", "--db", ended, "-o", "-"]).stdout).toMatch(/<\/html>\s*$/);
      expect(notesOf(reportOf(changed(setMessage("$.time.created", value))))).toContain("3 messages were skipped");
    },
  );

  test("a list of sessions with text where figures belong", () => {
    const path = changed(
      "UPDATE session SET cost = 'much', tokens_input = 'many'",
      "UPDATE message SET time_created = 'noon' WHERE id = (SELECT max(id) FROM message)",
      setMessage("$.time.completed", "NULL"),
      "UPDATE part SET data = json_set(data, '$.time.start', 'noon') WHERE data LIKE '%\"type\":\"text\"%'",
    );
    const { exitCode, stdout } = runCli(["list", "--db", path]);
    expect(exitCode).toBe(0);
    expect(stdout).not.toContain("NaN");
  });

  test("sessions that are each other's parents", () => {
    const path = changed(
      INSERT_SESSION,
      "UPDATE session SET parent_id = CASE id WHEN 'ses_added' THEN (SELECT min(id) FROM session WHERE id <> 'ses_added') ELSE 'ses_added' END",
    );
    expect(reportOf(path, "Debug Auth").summary.messages).toBe(17);
    expect(runCli(["list", "--db", path]).exitCode).toBe(0);
  });

  test("a batch holds the calls that it ran: never both among the slowest", () => {
    const path = changed(
      `UPDATE part SET data = json_set(data, '$.tool', 'batch', '$.state.time.start', json_extract(data, '$.state.time.start') - 200,
        '$.state.time.end', json_extract(data, '$.state.time.end') + 200) WHERE data LIKE '%"tool":"glob"%'`,
      "DELETE FROM event", // it remembers the start
    );
    const { spans, slowest } = reportOf(path);
    const batch = spans.findIndex(({ tool }) => tool === "batch");
    expect(spans.filter(({ parent }) => parent === batch).map(({ tool }) => tool)).toEqual(["read", "grep"]);
    expect(slowest.map(({ spanId }) => spanId)).not.toContain(batch);
  });

  test("a subagent that is not in the data is said", () => {
    const [imported] = (JSON.parse(runCli(["list", "--db", SCENARIOS, "--json"]).stdout) as { id: string }[]).filter(
      ({ id }) => id.startsWith("ses_d065"),
    );
    expect(notesOf(reportOf(SCENARIOS, imported?.id ?? ""))).toContain("1 subagent is not in the data");
  });
});

describe("what was never counted is not shown as zero", () => {
  test.each(["crash", "abort"])("%s", (title) => {
    const { summary } = reportOf(SCENARIOS, title);
    expect([summary.costUsd, summary.costBasis, summary.avgResponseTokens]).toEqual([null, null, null]);
    const html = runCli(["report", title, "--db", SCENARIOS, "-o", "-"]).stdout;
    expect(html).toMatch(/<dt>Total tokens<\/dt><dd>– <small>not counted<\/small>/);
  });
});

test.each(RECORDED)("$name: list and report agree on time, tokens and cost of every session", (recording) => {
  const { path } = recording;
  const listed = JSON.parse(runCli(["list", "--db", path, "--json"]).stdout);
  for (const { id, startedAt, endedAt, messages, tokens, costUsd } of listed) {
    const { summary } = reportOf(path, id);
    expect([id, (endedAt ?? 0) - (startedAt ?? 0), messages, tokens]).toEqual([
      id,
      summary.wallMs,
      summary.messages,
      summary.tokens.total + rowSums(recording, id).besides,
    ]);
    if (recording.generation === 2 && recording.kind === "database") continue; // its list counts the title's call
    if (summary.costUsd === null) expect(costUsd).toBeNull();
    else expect(costUsd).toBeCloseTo(summary.costUsd, 9);
  }
});

describe("output", () => {
  const write = (path: string, cwd?: string) =>
    runCli(["report", "--db", EXAMPLE, "--quiet", "-o", path], cwd ? { cwd } : {});

  test("a database's log and index are not overwritten either", () => {
    const path = copyOf(EXAMPLE);
    crashWhileWriting(path, INSERT_SESSION);
    const before = fingerprint(path);
    for (const suffix of ["", "-wal", "-shm", "-journal"]) expect(write(path + suffix).exitCode).toBe(5);
    expect(fingerprint(path)).toEqual(before);
    expect(existsSync(`${path}-journal`)).toBe(false);
  });

  test.skipIf(process.platform === "win32")("a pipe is written into, not replaced", () => {
    const pipe = join(temporaryFolder(), "pipe");
    expect(spawnSync("mkfifo", [pipe]).status).toBe(0);
    const reader = spawnSync(
      "sh",
      [
        "-c",
        `cat "$1" & "$2" "$3" report --db "$4" --quiet -o "$1" >/dev/null; wait`,
        "sh",
        pipe,
        process.execPath,
        "dist/cli.js",
        EXAMPLE,
      ],
      { encoding: "utf8" },
    );
    expect(reader.stdout).toMatch(/^<!doctype html>/);
    expect(statSync(pipe).isFIFO()).toBe(true);
  });

  test.skipIf(process.platform === "win32")("a database that is a pipe is none, at once", () => {
    const pipe = join(temporaryFolder(), "pipe");
    spawnSync("mkfifo", [pipe]);
    expect(runCli(["report", "--db", pipe])).toMatchObject({ exitCode: 4 });
  });

  test("a folder that is not there is no file name", () => {
    const cwd = temporaryFolder();
    expect(write("absent/", cwd).exitCode).toBe(5);
    expect(write("", cwd).exitCode).toBe(2);
    expect(readdirSync(cwd)).toEqual([]);
  });

  test("a name may be as long as the file system allows", () => {
    const cwd = temporaryFolder();
    expect(write(`${"n".repeat(250)}.html`, cwd).exitCode).toBe(0);
    expect(readdirSync(cwd)).toHaveLength(1);
  });

  test("the file's own name holds no home folder", () => {
    const { stdout } = runCli(["report", "--db", changed("UPDATE session SET title = 'fix /home/dev/app'"), "--quiet"]);
    expect(stdout).toMatch(/sessionflame-fix-app-L0UEND\.html\n$/);
  });
});

describe("selection", () => {
  test("a folder or a file that is named like a session does not hide it", () => {
    const cwd = temporaryFolder();
    mkdirSync(join(cwd, "retry"));
    writeFileSync(join(cwd, "abortllm"), "");
    for (const title of ["retry", "abortllm"]) {
      const { stdout } = runCli(["report", title, "--json"], { cwd, env: { OPENCODE_DB: SCENARIOS } });
      expect(JSON.parse(stdout).session.title).toBe(title);
    }
  });

  test("a path that leads nowhere is named", () => {
    const { exitCode, stderr } = runCli(["report", "./nope.db"]);
    expect(exitCode).toBe(3);
    expect(stderr).toMatch(/^sessionflame: no such file: .*nope\.db\n/);
  });

  test("a folder with one database of another name is that database; with several, they are named", () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "opencode-dev.db"), readFileSync(EXAMPLE));
    expect(reportOf(folder).session.title).toBe("Debug Auth");
    writeFileSync(join(folder, "opencode-next.db"), readFileSync(EXAMPLE));
    expect(runCli(["report", "--db", folder]).stderr).toMatch(
      /several databases in folder.*\n.*opencode-dev\.db, .*opencode-next\.db/,
    );
  });
});

test("time zone and locale change no byte", () => {
  const page = (env: Record<string, string>) => runCli(["report", "--db", EXAMPLE, "-o", "-"], { env }).stdout;
  const here = page({ TZ: "UTC" });
  expect(page({ TZ: "Asia/Tokyo", LC_ALL: "de_DE.UTF-8", LANG: "de_DE.UTF-8" })).toBe(here);
  expect(page({ TZ: "America/St_Johns", LC_ALL: "ar_EG.UTF-8" })).toBe(here);
});

describe("wrong usage", () => {
  test.each([[["report", ""]], [["report", "a.db", "--db", EXAMPLE]], [["report", "--json", "--format", "html"]]])(
    "%j",
    (args) => {
      expect(runCli(args)).toMatchObject({ exitCode: 2, stdout: "" });
    },
  );
});

describe("databases that cannot be read", () => {
  test("a column that is not there", () => {
    const path = changed("DROP INDEX part_session_idx", "ALTER TABLE part DROP COLUMN session_id");
    const { exitCode, stderr } = runCli(["report", "--db", path]);
    expect(exitCode).toBe(4);
    expect(stderr).toMatch(/^sessionflame: unknown form of OpenCode database: .* lacks part\.session_id\n/);
    expect(runCli(["doctor", "--db", path, "--quiet"]).stdout).toContain("cannot be read: unknown form");
  });

  test("a table that is not there", () => {
    expect(runCli(["report", "--db", changed("DROP TABLE part")]).stderr).toMatch(/ lacks part\n/);
  });

  test("a file that may not be read", () => {
    const path = copyOf(EXAMPLE);
    chmodSync(path, 0o000);
    chmodSync(join(path, ".."), 0o755);
    const run = process.getuid?.() === 0 ? runCliAsNobody : runCli;
    const { exitCode, stderr } = run(["report", "--db", path]);
    expect(exitCode).toBe(4);
    expect(stderr).toMatch(/^sessionflame: cannot read .*: permission denied\n/);
  });

  test("a missing native module is one clear line", () => {
    const { exitCode, stderr } = runCli(["report", "--db", EXAMPLE], {
      env: { NODE_OPTIONS: `--import ${hidingSqlite()}` },
    });
    expect(exitCode).toBe(4);
    expect(stderr).toMatch(
      /^sessionflame: the SQLite module better-sqlite3 cannot be loaded: .+\nRun `npm rebuild better-sqlite3`.*python3, make and g\+\+\), or read JSON: .*--source opencode-storage\.\n$/,
    );
  });
});

/** A module that lets no native module load, as on a machine for which none was built. */
function hidingSqlite(): string {
  const code = `process.dlopen = () => { throw new Error("Could not locate the bindings file. Tried:\\n → a\\n → b"); };`;
  return `data:text/javascript,${encodeURIComponent(code)}`;
}

test("subagents of subagents, 50,000 spans deep, go from the database to the page", () => {
  const path = join(temporaryFolder(), "deep.db");
  const depth = 12_500; // each is a subagent, a step, a model call beside a task
  const db = new Database(path);
  db.exec(`CREATE TABLE session (id TEXT PRIMARY KEY, parent_id TEXT, title TEXT, directory TEXT, version TEXT, revert TEXT,
      time_created INTEGER, time_updated INTEGER);
    CREATE TABLE message (id TEXT PRIMARY KEY, session_id TEXT, time_created INTEGER, data TEXT);
    CREATE TABLE part (id TEXT PRIMARY KEY, message_id TEXT, session_id TEXT, time_created INTEGER, time_updated INTEGER, data TEXT);
    CREATE INDEX of_session ON message (session_id); CREATE INDEX of_part ON part (session_id); CREATE INDEX of_parent ON session (parent_id)`);
  const session = db.prepare("INSERT INTO session VALUES (?, ?, ?, '/p', '1.18.34', NULL, ?, ?)");
  const message = db.prepare("INSERT INTO message VALUES (?, ?, ?, ?)");
  const part = db.prepare("INSERT INTO part VALUES (?, ?, ?, ?, ?, ?)");
  const from = 1_795_000_000_000;
  db.transaction(() => {
    for (let i = 0; i < depth; i++) {
      const [start, end] = [from + i, from + 3 * depth - i];
      session.run(`ses_${i}`, i === 0 ? null : `ses_${i - 1}`, `level ${i}`, start, end);
      message.run(`msg_u${i}`, `ses_${i}`, start, JSON.stringify({ role: "user", time: { created: start } }));
      message.run(
        `msg_a${i}`,
        `ses_${i}`,
        start,
        JSON.stringify({ role: "assistant", parentID: `msg_u${i}`, time: { created: start, completed: end } }),
      );
      const state = {
        status: "completed",
        input: {},
        output: "",
        metadata: { sessionId: `ses_${i + 1}` },
        time: { start, end },
      };
      part.run(
        `prt_${i}`,
        `msg_a${i}`,
        `ses_${i}`,
        start,
        end,
        JSON.stringify({ type: "tool", tool: "task", callID: `call_${i}`, state }),
      );
    }
  })();
  db.close();
  const page = join(temporaryFolder(), "deep.html");
  const { exitCode, stderr } = runCli(["report", "ses_0", "--db", path, "-o", page]);
  expect([exitCode, stderr.split("\n").length]).toEqual([0, 2]);
  expect(readFileSync(page, "utf8")).toContain("nested too deep to be drawn");
});
