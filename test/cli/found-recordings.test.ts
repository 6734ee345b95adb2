import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import type { Report } from "../../src/model/report.js";
import type { Session } from "../../src/model/session.js";
import { copyOf, EXAMPLE, loadRoots, temporaryFolder } from "../support/fixtures.js";
import { folderWith } from "../support/folder-with.js";
import { sessionflame } from "../support/in-process.js";

/** A request of the example's first model call, sent 2 ms after its step began. */
async function recordingOf(path: string): Promise<{ name: string; text: string }> {
  const [{ id, messages, spans }] = (await loadRoots(path)) as [Session];
  const model = spans.find((span) => span.kind === "model");
  if (model?.kind !== "model") throw new Error("no model call");
  const message = messages[model.message] as Session["messages"][0];
  const line = { kind: "request", at: model.startAt + 2, sessionId: message.sessionId, messageId: message.id };
  const more = { purpose: "answer", agent: "build", model: null, attempt: 1, preparedMs: 2 };
  return { name: `${id}.jsonl`, text: `${JSON.stringify({ ...line, ...more })}\n{"kind":"first-ch` };
}

/** What the notes say of recordings, and how long the agent prepared the first call. */
async function saidOf(env: Record<string, string>, db: string, ...args: readonly string[]) {
  const run = await sessionflame(["report", "--db", db, "--json", ...args], { env });
  if (run.stdout === "") throw new Error(run.stderr);
  const { notes, spans } = JSON.parse(run.stdout) as Report;
  const said = notes
    .map(({ text }) => text)
    .filter((text) => /recordings? |--recording /.test(text) && !text.startsWith("Where"));
  const model = spans.find(({ kind }) => kind === "model");
  return { said, preparedMs: (model?.startMs ?? 0) - (spans[model?.parent ?? 0]?.startMs ?? 0) };
}

test("recordings in the data folder, and beside a database that was named, are read", async () => {
  const home = temporaryFolder();
  const db = copyOf(EXAMPLE);
  const env = { OPENCODE_TEST_HOME: home, XDG_DATA_HOME: join(home, "data") };
  expect(await saidOf(env, db)).toEqual({ said: [], preparedMs: 0 });
  const { name, text } = await recordingOf(db);
  for (const folder of [join(home, "data", "opencode"), dirname(db)]) {
    mkdirSync(join(folder, "sessionflame"), { recursive: true });
    const path = join(folder, "sessionflame", name);
    writeFileSync(path, text);
    const { said, preparedMs } = await saidOf(env, db, "--redact", "none");
    expect(preparedMs).toBe(2);
    expect(said).toEqual([
      expect.stringMatching(/^1 recording was read; it tells of 1 of \d+ model calls, the others are shown without: /),
      expect.stringMatching(/^1 line of 1 recording was skipped: it is cut off, or of no known form: /),
    ]);
    for (const each of said) expect(each).toContain(path);
    expect(await saidOf(env, db, "--no-local")).toEqual({ said: [], preparedMs: 0 });
    writeFileSync(path, "");
  }
});

test("--recording names a file or a folder to be read instead of those, with --no-local too", async () => {
  const home = temporaryFolder();
  const { name, text } = await recordingOf(EXAMPLE);
  const usual = join(home, "data", "opencode", "sessionflame");
  mkdirSync(usual, { recursive: true });
  writeFileSync(join(usual, name), "{}");
  const env = { OPENCODE_TEST_HOME: home, XDG_DATA_HOME: join(home, "data") };
  const kept = folderWith({ [name]: text, "kept.txt": text, "ses_other.jsonl": "{}" });
  for (const [named, read] of [
    [kept, join(kept, name)] as const,
    [join(kept, "kept.txt"), join(kept, "kept.txt")] as const,
  ])
    for (const more of [[], ["--no-local"]]) {
      const { said, preparedMs } = await saidOf(env, EXAMPLE, "--redact", "none", "--recording", named, ...more);
      expect([preparedMs, said.length]).toEqual([2, 2]);
      for (const each of said) expect(each).toMatch(`: ${read}.`);
    }
});

test("that none of what --recording names is about the session stands in the notes", async () => {
  const { text } = await recordingOf(EXAMPLE);
  const folder = folderWith({ "ses_other.jsonl": text.split("\n")[0]?.replace(/"ses_\w+"/, '"ses_other"') ?? "" });
  const said = async (named: string) => (await saidOf({}, EXAMPLE, "--redact", "none", "--recording", named)).said;
  for (const named of [folder, join(folder, "ses_other.jsonl")])
    expect(await said(named)).toEqual([`What --recording names tells nothing of this session: ${named}.`]);
});

test.each([
  ["none.jsonl", 3, "no such file or folder: "],
  ["empty", 3, "no recordings in: "],
  ["page.html", 4, "not usable as a recording (no line is one of a recording): "],
])("what --recording names in vain (%s) is said", async (name, exitCode, fact) => {
  const cwd = folderWith({ "empty/other.txt": "", "page.html": "<!doctype html>\n" });
  for (const command of name === "page.html" ? ["report"] : ["report", "skills"]) {
    const run = await sessionflame([command, "--db", EXAMPLE, "--recording", name], { cwd });
    expect(run).toMatchObject({ exitCode, stdout: "" });
    expect(run.stderr.split("\n")).toEqual([
      `sessionflame: ${fact}${join(cwd, name)}`,
      "Name a recording, or a folder with <session id>.jsonl in it, with --recording PATH.",
      "",
    ]);
  }
});

test("a Report that was written before takes no recording", async () => {
  const { exitCode, stderr } = await sessionflame(["report", "--from", "report.json", "--recording", "a.jsonl"]);
  expect([exitCode, stderr.split("\n")[0]]).toEqual([2, "sessionflame: two sources: --from and --recording"]);
});
