import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { analyze } from "../../src/analyze/index.js";
import type { Context } from "../../src/cli/context.js";
import { renderedAs } from "../../src/cli/formats.js";
import { run } from "../../src/cli/program.js";
import { readReport } from "../../src/cli/read-report.js";
import { replaceFile } from "../../src/cli/replace-file.js";
import { openStore } from "../../src/load/index.js";
import { shapeOf } from "../../src/load/text-shape.js";
import type { Session } from "../../src/model/session.js";
import { sessionOfMessages } from "./big-session.mjs";

/** What is timed, by what it is called; each may run as often as is wished. */
export type Runs = Readonly<Record<string, () => unknown>>;

/** The stages of a session of so many messages, by themselves, with files in that folder. */
export async function stageRuns(folder: string, messages: number): Promise<Runs> {
  const [source, saved, copy] = paths(folder, messages, ["json", "report.json", "copy.json"]);
  writeFileSync(source, sessionOfMessages(messages));
  const session = await sessionIn(source);
  const report = analyze(session, "0.0.0", null);
  replaceFile(saved, renderedAs("json", report, {}));
  return {
    load: () => sessionIn(source),
    analyze: () => void analyze(session, "0.0.0", null),
    render: () => void renderedAs("html", report, {}),
    save: () => replaceFile(copy, renderedAs("json", report, {})),
    reload: () => readReport(saved, "page-or-json", contextIn(folder)),
  };
}

/** The whole way through the program and back, of a session that `stageRuns` has written down. */
export function cycleRuns(folder: string, messages: number): Runs {
  const [source, page, extracted, again] = paths(folder, messages, ["json", "html", "extracted.json", "again.html"]);
  return {
    cycle: async () => {
      await succeeds(folder, "report", source, "--no-local", "--quiet", "-o", page);
      await succeeds(folder, "extract", page, "-o", extracted);
      await succeeds(folder, "report", "--from", extracted, "--quiet", "-o", again);
    },
  };
}

function paths<Endings extends readonly string[]>(folder: string, messages: number, endings: readonly [...Endings]) {
  return endings.map((ending) => join(folder, `${messages}.${ending}`)) as { [I in keyof Endings]: string };
}

function contextIn(folder: string): Context {
  return {
    ...{ cwd: folder, env: {}, now: Date.now, stdin: () => process.stdin },
    ...{ stdout: () => {}, stderr: () => {} },
  };
}

/** A session of a source, by its id; without one the newest. */
export async function sessionIn(path: string, id?: string): Promise<Session> {
  const store = await openStore(path);
  const found = id ?? (await store.entries())[0]?.id;
  if (found === undefined) throw new Error(`no session in ${path}`);
  const session = await store.load(found, shapeOf);
  store.close();
  return session;
}

/** Runs one command line in this process. */
export async function succeeds(folder: string, ...args: readonly string[]): Promise<void> {
  const exitCode = await run(args, contextIn(folder));
  if (exitCode !== 0) throw new Error(`${args.join(" ")} ended with ${exitCode}`);
}
