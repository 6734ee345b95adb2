import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { analyze } from "../../src/analyze/index.js";
import { openStore } from "../../src/load/index.js";
import { shapeOf } from "../../src/load/text-shape.js";
import type { Report } from "../../src/model/report.js";
import type { Session } from "../../src/model/session.js";
import { CUT_EXPORT, loadRoots, recordedPath, temporaryFolder } from "../support/fixtures.js";
import { generation2Export } from "../support/generation-2.js";
import { runCli, runProgramAlone } from "../support/run-cli.js";

const EXPORT = recordedPath("1.18.34 debug-auth export");
const only = async (path: string) => ((await loadRoots(path)) as [Session])[0];
const reportOf = async (path: string): Promise<Report> => analyze(await only(path), "test");
const noteTexts = ({ notes }: { notes: Session["notes"] | Report["notes"] }) =>
  notes.map((note) => note.text).join("\n");

function written(text: string, name = "session.json"): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, text);
  return path;
}

describe.each(["1.18.34", "1.2.1"])("debug-auth of %s", (version) => {
  test("the export and the database give equal summaries and tables, and times but for what only the event log knows", async () => {
    const fromDatabase = await reportOf(recordedPath(`${version} debug-auth`));
    const fromExport = await reportOf(recordedPath(`${version} debug-auth export`));
    expect(fromExport.summary).toEqual(fromDatabase.summary);
    const calls = ({ time }: Report) =>
      time.modelCalls.map(({ messageId, startedAt, firstOutputAt }) => [messageId, startedAt, firstOutputAt]);
    expect(calls(fromExport)).toEqual(calls(fromDatabase));
    if (version === "1.2.1") expect(fromExport.time).toEqual(fromDatabase.time);
    expect(fromExport.tokens).toEqual(fromDatabase.tokens);
    expect(noteTexts(fromExport)).toContain("Read from an export: it holds neither the sessions of subagents");
  });
});

test("subagents are not in an export: their calls are tools that ran, and it is said", async () => {
  const report = await reportOf(recordedPath("1.18.34 parallel-agents export"));
  expect(report.summary.subagents).toBe(0);
  expect(noteTexts(report)).toContain("2 subagents are not in the data");
});

test.each([
  ["before it, as a terminal shows it", (text: string) => `Exporting session: ses_1 {really}\n${text}`],
  ["after it", (text: string) => `${text}\nDone. {ok}\n`],
  ["a byte order mark before it", (text: string) => `\uFEFF${text}`],
  ["nothing around it, on one line", (text: string) => JSON.stringify(JSON.parse(text))],
])("other text: %s", async (_, around) => {
  const text = readFileSync(EXPORT, "utf8");
  expect(await only(written(around(text)))).toEqual(await only(EXPORT));
});

describe("an export that was cut off by a pipe", () => {
  test("is refused, with what to do", () => {
    const { exitCode, stderr, stdout } = runCli(["report", CUT_EXPORT]);
    expect([exitCode, stdout]).toEqual([4, ""]);
    expect(stderr).toMatch(/^sessionflame: the export is cut off after 255,808 bytes: /);
    expect(stderr).toContain("opencode export SESSION > session.json");
    expect(stderr).toContain("--partial");
  });

  test("--partial reports what is whole, and says so", () => {
    const { exitCode, stdout } = runCli(["report", CUT_EXPORT, "--partial", "--json"]);
    const report = JSON.parse(stdout) as Report;
    expect([exitCode, report.session.outcome, report.summary.messages]).toEqual([0, "unfinished", 10]);
    expect(noteTexts(report)).toContain(
      "The export is cut off after 255,808 bytes: only its first 10 messages are here",
    );
  });

  test("at any length: a clear line, or a report of what is there", () => {
    const text = readFileSync(EXPORT, "utf8");
    for (const length of [20, 700, 1_500, 3_000, 20_000, 65_536, text.length - 3]) {
      const path = written(text.slice(0, length));
      const refused = runCli(["report", path]);
      expect([length, refused.exitCode]).toEqual([length, 4]);
      const { exitCode, stdout } = runCli(["report", path, "--partial", "--json"]);
      expect([length, exitCode]).toEqual([length, length < 3_000 ? 4 : 0]);
      if (exitCode === 0) expect((JSON.parse(stdout) as Report).summary.messages).toBeGreaterThan(0);
    }
  });

  test("what is kept of the last message are its whole parts", async () => {
    const text = readFileSync(EXPORT, "utf8");
    const cut = text.indexOf('"callID"', text.indexOf('"tool": "read"'));
    const store = await openStore(written(text.slice(0, cut)), { partial: true });
    const [entry] = await store.entries();
    const session = await store.load(entry?.id ?? "", shapeOf);
    expect(session.messages.map(({ tools }) => tools)).toEqual([[], ["skill"], []]);
  });
});

test("a sanitized export: no texts, no targets, no files, the same figures, and it is said", async () => {
  const plain = await reportOf(recordedPath("v1.18.34-export"));
  const session = await only(recordedPath("v1.18.34-export-sanitized"));
  const report = analyze(session, "test");
  const { turns, messages, toolCalls, tokens, costUsd, wallMs } = plain.summary;
  expect(report.summary).toMatchObject({ turns, messages, toolCalls, tokens, costUsd, wallMs });
  expect(report.time.ledger).toEqual(plain.time.ledger);
  expect(JSON.stringify(session)).not.toContain("redacted");
  expect(session.spans.flatMap((span) => (span.kind === "tool" ? [span.target, ...span.files] : [])).join("")).toBe("");
  expect(noteTexts(session)).toContain("nothing can be said by file");
});

test("an export of generation 2 gives what its database gives, but for what only the event log knows", async () => {
  const database = recordedPath("2.0-preview debug-auth");
  const exported = await reportOf(written(generation2Export(database)));
  const report = await reportOf(database);
  for (const field of ["turns", "messages", "toolCalls", "modelCalls", "tokens", "costUsd", "wallMs"] as const)
    expect([field, exported.summary[field]]).toEqual([field, report.summary[field]]);
});

test("messages out of order, said twice, without an id, or of another form", async () => {
  const exported = JSON.parse(readFileSync(EXPORT, "utf8"));
  const { messages } = exported;
  const odd = [...messages.toReversed(), ...messages, { info: { role: "user" }, parts: [] }, { type: "user" }];
  const session = await only(written(JSON.stringify({ ...exported, messages: odd })));
  const plain = await only(EXPORT);
  expect(session.messages).toEqual(plain.messages);
  expect(session.spans).toEqual(plain.spans);
  expect(noteTexts(session)).toContain("2 messages were skipped");
});

describe("what only looks like an export", () => {
  const { info, messages } = JSON.parse(readFileSync(EXPORT, "utf8"));

  test.each<[string, object]>([
    ["messages first", { messages, info }],
    ["something else first", { version: 1, info, messages }],
  ])("%s: the whole session", async (_, value) => {
    const session = await only(written(JSON.stringify(value)));
    expect(session.messages).toHaveLength(messages.length);
    expect(noteTexts(session)).not.toContain("more than one export");
  });

  test.each<[string, object]>([
    ["a list of messages", messages],
    ["a session without messages", { info }],
    ["messages that are no list", { info, messages: {} }],
  ])("%s is refused", async (_, value) => {
    await expect(only(written(JSON.stringify(value)))).rejects.toMatchObject({ problem: { code: "broken-export" } });
  });
});

test("a text that only mentions a placeholder makes no export sanitized", async () => {
  const text = readFileSync(EXPORT, "utf8").replace('"text": "', '"text": "[redacted:text:1] ');
  expect(noteTexts(await only(written(text)))).not.toContain("sanitized");
});

test("an export that Windows PowerShell wrote, in UTF-16", async () => {
  const path = written("");
  writeFileSync(path, Buffer.from(`\uFEFF${readFileSync(EXPORT, "utf8").replaceAll("\n", "\r\n")}`, "utf16le"));
  expect((await only(path)).messages).toHaveLength(17);
});

test("of two exports in one file the first is read, and it is said", async () => {
  const text = readFileSync(EXPORT, "utf8");
  expect(noteTexts(await only(written(`${text}\n${text}`)))).toContain("more than one export; only the first was read");
});

test("a report is never written over what holds sessions", () => {
  const path = written(readFileSync(EXPORT, "utf8"));
  const before = readFileSync(path, "utf8");
  for (const target of [
    path,
    join(dirname(recordedPath("1.1.65 debug-auth storage")), "storage", "session", "a.html"),
  ]) {
    const { exitCode, stderr } = runCli(["report", path, "-o", target]);
    expect([exitCode, stderr.split("\n")[0]]).toEqual([5, `sessionflame: will not overwrite session data: ${target}`]);
  }
  expect(readFileSync(path, "utf8")).toBe(before);
});

test("no native module is needed for an export, the output of a run or a storage folder", () => {
  const program = runProgramAlone();
  for (const name of ["1.18.34 debug-auth export", "1.18.34 debug-auth-run run", "1.1.65 debug-auth storage"]) {
    const { exitCode, stdout } = program(["report", "--db", recordedPath(name), "--json"]);
    expect([name, exitCode]).toEqual([name, 0]);
    expect((JSON.parse(stdout) as Report).summary.toolCalls).toBe(13);
  }
  const { exitCode, stderr } = program(["report", "--db", recordedPath("1.18.34 debug-auth"), "--json"]);
  expect(exitCode).toBe(4);
  expect(stderr).toMatch(/^sessionflame: the SQLite module better-sqlite3 cannot be loaded/);
});

test("a folder beside an export is not read with it", async () => {
  const folder = temporaryFolder();
  cpSync(recordedPath("1.1.65 debug-auth storage"), join(folder, "storage"), { recursive: true });
  cpSync(EXPORT, join(folder, "session.json"));
  const store = await openStore(join(folder, "session.json"));
  expect(await store.entries()).toHaveLength(1);
  expect(dirname(store.path)).toBe(folder);
});
