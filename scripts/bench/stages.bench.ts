import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Bench } from "tinybench";
import { afterAll, test } from "vitest";
import { analyze } from "../../src/analyze/index.js";
import type { Context } from "../../src/cli/context.js";
import { renderedAs } from "../../src/cli/formats.js";
import { run } from "../../src/cli/program.js";
import { readReport } from "../../src/cli/read-report.js";
import { replaceFile } from "../../src/cli/replace-file.js";
import { openStore } from "../../src/load/index.js";
import { shapeOf } from "../../src/load/text-shape.js";
import { sessionOfMessages } from "./big-session.mjs";
import { SIZES } from "./expected.mjs";

/** As often as half a second allows, and at least so often. */
const OPTIONS = { time: 500, iterations: 12, warmupTime: 0, warmupIterations: 2, throws: true };

const folder = mkdtempSync(join(tmpdir(), "sessionflame-stages-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const context: Context = {
  ...{ cwd: folder, env: {}, now: Date.now, stdin: () => process.stdin },
  ...{ stdout: () => {}, stderr: () => {} },
};

async function sessionIn(path: string) {
  const store = await openStore(path);
  const [entry] = await store.entries();
  if (!entry) throw new Error(`no session in ${path}`);
  const session = await store.load(entry.id, shapeOf);
  store.close();
  return session;
}

async function succeeds(...args: readonly string[]): Promise<void> {
  const exitCode = await run(args, context);
  if (exitCode !== 0) throw new Error(`${args.join(" ")} ended with ${exitCode}`);
}

type Times = Record<string, readonly number[]>;

const pathOf = (messages: number, ending: string) => join(folder, `${messages}.${ending}`);

/** The milliseconds of each run, by stage, for a session of so many messages. */
async function stageTimes(messages: number): Promise<Times> {
  const [source, saved, copy] = ["json", "report.json", "copy.json"].map((ending) => pathOf(messages, ending)) as [
    string,
    string,
    string,
  ];
  writeFileSync(source, sessionOfMessages(messages));
  const session = await sessionIn(source);
  const report = analyze(session, "0.0.0", null);
  replaceFile(saved, renderedAs("json", report, {}));
  const stages = new Bench(OPTIONS)
    .add("load", () => sessionIn(source))
    .add("analyze", () => void analyze(session, "0.0.0", null))
    .add("render", () => void renderedAs("html", report, {}))
    .add("save", () => replaceFile(copy, renderedAs("json", report, {})))
    .add("reload", () => readReport(saved, "page-or-json", context));
  return timesOf(stages);
}

/** The same of the whole way through the program and back. */
async function cycleTimes(messages: number): Promise<Times> {
  const [source, page, extracted, again] = ["json", "html", "extracted.json", "again.html"].map((ending) =>
    pathOf(messages, ending),
  ) as [string, string, string, string];
  const cycle = new Bench({ ...OPTIONS, iterations: 7, warmupIterations: 1 }).add("cycle", async () => {
    await succeeds("report", source, "--no-local", "--quiet", "-o", page);
    await succeeds("extract", page, "-o", extracted);
    await succeeds("report", "--from", extracted, "--quiet", "-o", again);
  });
  return timesOf(cycle);
}

async function timesOf(bench: Bench): Promise<Times> {
  return Object.fromEntries((await bench.run()).map(({ name, result }) => [name, result?.samples ?? []]));
}

test("the stages are timed at every size", async () => {
  const times: Record<string, Times> = {};
  for (const messages of SIZES) times[messages] = await stageTimes(messages);
  // The program keeps the heap small from its first large session on: the stages are timed before that.
  for (const messages of SIZES) times[messages] = { ...times[messages], ...(await cycleTimes(messages)) };
  writeFileSync(process.env.SESSIONFLAME_BENCH_TIMES ?? join(folder, "times.json"), JSON.stringify(times));
});
