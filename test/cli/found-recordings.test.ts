import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import type { Report } from "../../src/model/report.js";
import type { Session } from "../../src/model/session.js";
import { copyOf, EXAMPLE, loadRoots, temporaryFolder } from "../support/fixtures.js";
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
  const said = notes.map(({ text }) => text).filter((text) => /recordings? /.test(text) && !text.startsWith("Where"));
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
