import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { describe, expect, test } from "vitest";
import { stats } from "../../src/analyze/stats.js";
import { collected } from "../../src/cli/collection/collected.js";
import { PageRoom } from "../../src/cli/collection/page-room.js";
import { progressLine } from "../../src/cli/collection/progress.js";
import type { Context } from "../../src/cli/context.js";
import { withStore } from "../../src/cli/open-source.js";
import { readCollectionAssets } from "../../src/cli/package-files.js";
import { familiesOf } from "../../src/cli/session-families.js";
import { openStore } from "../../src/load/index.js";
import type { Store } from "../../src/load/source.js";
import { SourceError } from "../../src/load/source-error.js";
import type { CollectionIndex, CollectionReport } from "../../src/model/collection.js";
import type { Stats } from "../../src/model/stats.js";
import { CollectionRenderer } from "../../src/render/collection-page.js";
import { checkedIndex } from "../../src/report/schema/collection.js";
import { copyOf, DATABASES, EXAMPLE, RECORDED, recordedPath, SCENARIOS, temporaryFolder } from "../support/fixtures.js";
import { folderWith } from "../support/folder-with.js";
import { fileOf, printed, sessionflame } from "../support/in-process.js";

async function collectionOf(...args: readonly string[]): Promise<CollectionReport> {
  return JSON.parse(await printed("report", ...args, "--json", "--quiet"));
}

async function countedByStats(...args: readonly string[]) {
  const { stdout } = await sessionflame(["stats", "--json", ...args]);
  const { sessions, messages, tokens, costUsd } = (JSON.parse(stdout) as Stats).withoutCopies;
  return { sessions, messages, tokens, costUsd };
}

const UPDATED_AT = 1_795_189_567_259; // the last session of the scenarios

describe("the totals are those of `stats`, without forks and copies", () => {
  test.each([...DATABASES, ...RECORDED.filter(({ kind }) => kind === "storage")])("$name", async ({ path }) => {
    const { totals } = await collectionOf("--all", "--db", path);
    expect(totals.counted).toEqual(await countedByStats("--db", path));
  });

  test("and so are the sums of the rows", async () => {
    const { totals, sessions } = await collectionOf("--all", "--db", SCENARIOS);
    const tokens = sessions.map(({ own }) => own.tokens.uncachedInput + own.tokens.cacheRead + own.tokens.output);
    const { uncachedInput, cacheRead, output } = totals.counted.tokens;
    expect(tokens.reduce((a, b) => a + b)).toBe(uncachedInput + cacheRead + output);
    expect(sessions.reduce((sum, { own }) => sum + own.costUsd, 0)).toBeCloseTo(totals.counted.costUsd, 9);
  });

  test.each([
    ["--project", "/home/dev/lab/home-plug/work"],
    ["--days", "1"],
  ])("with %s %s", async (...filter) => {
    const now = { now: () => UPDATED_AT };
    const { stdout } = await sessionflame(["report", ...filter, "--json", "-o", "-", "--db", SCENARIOS], now);
    const stats = await sessionflame(["stats", "--json", ...filter, "--db", SCENARIOS], now);
    const { withoutCopies } = JSON.parse(stats.stdout) as Stats;
    const { totals, sessions } = JSON.parse(stdout) as CollectionReport;
    expect(totals.counted.tokens).toEqual(withoutCopies.tokens);
    expect([totals.counted.sessions, sessions.length]).toEqual([withoutCopies.sessions, 12]);
  });
});

test("a copy is listed, and counts nowhere", async () => {
  const { sessions, totals, days, tools } = await collectionOf("--all", "--db", SCENARIOS);
  const copies = sessions.filter(({ isCopy }) => isCopy);
  expect(copies.map(({ session }) => session.title)).toEqual(["full (fork #1)", "full"]);
  expect([totals.sessions, totals.copies, days[0]?.sessions]).toEqual([12, 2, 10]);
  expect(tools.find(({ tool }) => tool === "read")?.calls).toBe(3);
  const { stdout } = await sessionflame(["report", "--all", "--db", SCENARIOS, "-o", "-"]);
  expect(stdout).toContain("2 of 12 sessions are nothing but copies of others: they are listed and counted nowhere.");
});

test("of a fork that went on only that counts which it did itself", async () => {
  const path = copyOf(SCENARIOS);
  continueFork(path);
  const [before, after] = [await collectionOf("--all", "--db", SCENARIOS), await collectionOf("--all", "--db", path)];
  const fork = after.sessions.find(({ session }) => session.title === "full (fork #1)");
  expect(fork?.own).toMatchObject({ messages: 2, turns: 1, modelCalls: 1, toolCalls: 0, toolErrors: 0 });
  const { turns, modelCalls, toolCalls, toolErrors } = before.totals;
  expect(after.totals).toMatchObject({ turns: turns + 1, modelCalls: modelCalls + 1, toolCalls, toolErrors });
  expect(after.tools.reduce((sum, { calls }) => sum + calls, 0)).toBe(toolCalls);
});

/** Says in the fork what was said in the session "arch", 100 seconds after that. */
function continueFork(path: string): void {
  const database = new Database(path);
  const later = (time: string) => `json_set(data, '$.time.${time}', json_extract(data, '$.time.${time}') + 100000)`;
  const inArch = "session_id = (SELECT id FROM session WHERE title = 'arch')";
  const fork = "(SELECT id FROM session WHERE title = 'full (fork #1)')";
  const times = "time_created + 100000, time_updated + 100000";
  database.exec(`
    INSERT INTO message SELECT id || 'f', ${fork}, ${times}, iif(data LIKE '%"role":"user"%', ${later("created")},
      json_set(${later("created")}, '$.parentID', json_extract(data, '$.parentID') || 'f',
        '$.time.completed', json_extract(data, '$.time.completed') + 100000))
      FROM message WHERE ${inArch};
    INSERT INTO part SELECT id || 'f', message_id || 'f', ${fork}, ${times}, data FROM part WHERE ${inArch};`);
  database.close();
}

test("a command that ended with another code than 0 has failed, whatever became of its call", async () => {
  const { commands, tools } = await collectionOf("--all", "--db", recordedPath("1.18.34 faults"));
  expect(commands.filter(({ failed }) => failed > 0)).toMatchObject([{ command: "exit", runs: 1, failed: 1 }]);
  expect(tools.find(({ tool }) => tool === "bash")?.errors).toBe(0);
});

describe("what is chosen", () => {
  test("subagents belong to the session that started them", async () => {
    const { sessions, totals } = await collectionOf("--all", "--db", recordedPath("1.18.34 parallel-agents"));
    expect(sessions.map(({ summary }) => summary.subagents > 0)).toEqual([true]);
    expect(totals.counted.sessions).toBe(1 + (sessions[0]?.summary.subagents ?? 0));
  });

  test("ids, titles and files stand side by side, each once, the newest first", async () => {
    const { sessions, scope } = await collectionOf("arch", "arch", "crash", "--db", SCENARIOS);
    expect(sessions.map(({ session }) => session.title)).toEqual(["crash", "arch"]);
    expect(scope.isNamed).toBe(true);
    const files = await collectionOf(recordedPath("1.18.34 long-talk"), EXAMPLE);
    expect(files.sessions.map(({ session }) => session.title)).toContain("Debug Auth");
    expect(files.sessions.length).toBe(2);
  });

  test.each<[string, readonly string[], number, RegExp]>([
    ["named sessions and --all", ["crash", "--all", "--db", SCENARIOS], 2, /^sessionflame: named sessions and --all\n/],
    ["two files and --days", [EXAMPLE, SCENARIOS, "--days", "3"], 2, /named sessions and --days/],
    ["a picture", ["--all", "--db", SCENARIOS, "--format", "svg"], 2, /--format svg is for one session/],
    ["--from and --all", ["--from", "x.html", "--all"], 2, /two sources: --from and --all/],
    ["no session in so many days", ["--days", "0", "--db", SCENARIOS], 3, /no session was changed since midnight/],
    ["a session that is not there", ["crash", "nothing", "--db", SCENARIOS], 3, /no such session: nothing/],
  ])("%s is refused in two lines", async (_, args, exitCode, words) => {
    const run = await sessionflame(["report", ...args]);
    expect([run.exitCode, run.stdout]).toEqual([exitCode, ""]);
    expect(run.stderr).toMatch(words);
    expect(run.stderr.trimEnd().split("\n").length).toBe(2);
  });

  test("a path with --all is a store", async () => {
    expect((await collectionOf(SCENARIOS, "--all")).sessions.length).toBe(12);
  });
});

describe("what is written can be read again", () => {
  test("a page gives back the JSON to the last byte, and either gives the page", async () => {
    const args = ["report", "--all", "--db", SCENARIOS];
    const [html, json] = [await printed(...args, "--quiet"), await printed(...args, "--json", "--quiet")];
    expect(await printed("extract", fileOf(html))).toBe(json);
    expect(await printed("report", "--from", fileOf(html))).toBe(html);
    expect(await printed("report", "--from", fileOf(json))).toBe(html);
    expect(await printed("report", "--from", fileOf(html), "--json")).toBe(json);
    expect(checkedIndex(JSON.parse(json))).not.toHaveProperty("problem");
  });

  test("the same sessions give the same bytes, unless a time of making is asked for", async () => {
    const args = ["report", "--all", "--db", SCENARIOS, "--json"];
    expect(await printed(...args)).toBe(await printed(...args));
    const dated = JSON.parse(await printed(...args, "--now", "1795189567259")) as CollectionReport;
    expect([dated.generator.madeAt, Object.values(dated.reports)[0]?.generator.madeAt]).toEqual([
      UPDATED_AT,
      UPDATED_AT,
    ]);
  });

  test.each<[string, (json: string) => string, RegExp]>([
    ["a figure is none", (json) => json.replace(/"copies":\d/, '"copies":"2"'), /totals\.copies/],
    [
      "a Report is missing",
      (json) => json.replace(/"reports":\{"ses_/, '"reports":{"sos_'),
      /the report of ses_\w+ is missing/,
    ],
    ["an id stands twice", twice, /an id stands twice/],
    ["it is newer", (json) => json.replace('"version":1', '"version":2'), /made by a newer sessionflame/],
  ])("it is refused where %s", async (_, change, fact) => {
    const json = await printed("report", "arch", "crash", "--db", SCENARIOS, "--json");
    expect(change(json)).not.toBe(json);
    const { exitCode, stderr } = await sessionflame(["report", "--from", fileOf(change(json)), "-o", "-"]);
    expect([exitCode, stderr]).toEqual([4, expect.stringMatching(fact)]);
  });
});

function twice(json: string): string {
  const { sessions, ...rest } = JSON.parse(json) as CollectionReport;
  return JSON.stringify({ ...rest, sessions: [sessions[0], sessions[0]] });
}

test("a session that cannot be read is listed with its reason, and takes nothing else with it", async () => {
  const chosen = await collectionOf("--all", "--db", SCENARIOS);
  const torn = await withStore(openStore(SCENARIOS), (store) => {
    const load: Store["load"] = (id, weigh) => {
      if (id === chosen.sessions[2]?.session.id)
        throw new SourceError({ code: "damaged", path: "/home/me/x.db", reason: "torn" });
      return store.load(id, weigh);
    };
    return collectedFrom({ ...store, load });
  });
  expect(torn.unreadable).toEqual([{ id: chosen.sessions[2]?.session.id, reason: "damaged" }]);
  expect(torn.sessions.map(({ session }) => session.id)).toEqual(
    chosen.sessions.filter((_, i) => i !== 2).map(({ session }) => session.id),
  );
  const ownTokens = ({ own }: CollectionReport["sessions"][number]) => own.tokens.uncachedInput;
  expect(torn.totals.counted.tokens.uncachedInput).toBe(torn.sessions.map(ownTokens).reduce((a, b) => a + b));
  expect(torn.totals.counted.sessions).toBeLessThan(chosen.totals.counted.sessions);
});

describe("where no session can be read, it fails with what the last one says", () => {
  const damaged: Store["load"] = async () => {
    throw new SourceError({ code: "damaged", path: "/home/me/x.db", reason: "torn" });
  };

  test.each([
    [SCENARIOS, "none of 12 sessions can be read; the last: damaged database: /home/me/x.db (torn)"],
    [EXAMPLE, "damaged database: /home/me/x.db (torn)"],
  ])("%s", async (path, fact) => {
    const none = withStore(openStore(path), (store) => collectedFrom({ ...store, load: damaged }));
    await expect(none).rejects.toMatchObject({ name: "Failure", exitCode: 4, fact });
  });
});

describe("what is named in vain fails as it does for one session, before anything is written", () => {
  test.each([
    ["--recording", "none.jsonl", 3],
    ["--recording", "page.html", 4],
    ["--telemetry", "none.jsonl", 3],
    ["--telemetry", "cut.json", 4],
  ])("%s %s", async (option, name, exitCode) => {
    const cwd = folderWith({ "page.html": "<!doctype html>\n", "cut.json": "[" });
    const report = (...args: readonly string[]) =>
      sessionflame(["report", ...args, "--db", SCENARIOS, option, name], { cwd });
    const alone = await report("crash");
    expect(alone).toMatchObject({ exitCode, stdout: "", stderr: expect.stringContaining(join(cwd, name)) });
    for (const several of [["--all"], ["arch", "crash"], ["--days", "9999"]])
      expect(await report(...several)).toEqual(alone);
    expect(readdirSync(cwd).sort()).toEqual(["cut.json", "page.html"]);
  });
});

/** All sessions of a store, as the command line collects them. */
async function collectedFrom(store: Store): Promise<CollectionIndex> {
  const tallies = await store.tallies();
  const filter = { days: null, since: null, project: null };
  const sessions = familiesOf(tallies).map((family) => ({ ...family, store }));
  const countedWithout = (ids: ReadonlySet<string>) =>
    stats(
      tallies.filter(({ id }) => !ids.has(id)),
      filter,
    ).withoutCopies;
  const making = {
    analysis: { local: false, redact: "paths" } as const,
    ...{ settings: {}, madeAt: null, onDone: () => {}, room: new PageRoom(1e9, sessions.length) },
    renderer: new CollectionRenderer(readCollectionAssets(), {}),
  };
  const context = { cwd: "/", env: {} } as Context;
  return (await collected({ sessions, isNamed: false, filter, countedWithout }, making, context)).index;
}

test("with --redact strict one name has one pseudonym in all sessions", async () => {
  const args = [recordedPath("1.18.34 debug-auth"), recordedPath("1.18.34 sequential-reads"), "--redact", "strict"];
  const { reports } = await collectionOf(...args);
  const folders = Object.values(reports).map(({ session }) => session.directory);
  expect(new Set(folders).size).toBe(new Set(await ownFolders()).size);
  expect(JSON.stringify(reports)).not.toContain("auth-app");
});

async function ownFolders(): Promise<string[]> {
  const args = [recordedPath("1.18.34 debug-auth"), recordedPath("1.18.34 sequential-reads")];
  const { reports } = await collectionOf(...args, "--redact", "none");
  return Object.values(reports).map(({ session }) => session.directory);
}

test("the Markdown holds the index, the totals and what recurs, and is never too long", async () => {
  const markdown = await printed("report", "--all", "--db", SCENARIOS, "--format", "markdown");
  await expect(markdown).toMatchFileSnapshot("../golden/scenarios.md");
  expect(markdown.length).toBeLessThanOrEqual(60_000);
});

describe("the page's room", () => {
  test("is kept for the summaries of all sessions, those to come included", () => {
    const room = new PageRoom(2_000_000, 100);
    room.addSummary(8_400); // with its row 10,000: a million for all
    expect([room.take(600_000), room.take(1), room.isFull]).toEqual([false, true, false]);
    expect([room.take(460_000), room.isFull]).toEqual([true, true]);
  });

  test("what has none is said, in the page and on standard error", async () => {
    const json = JSON.parse(await printed("report", "arch", "crash", "--db", SCENARIOS, "--json")) as CollectionReport;
    const [first, second] = json.sessions as [CollectionReport["sessions"][0], CollectionReport["sessions"][0]];
    const cut = { ...json, sessions: [first, { ...second, hasReport: false }] };
    const folder = temporaryFolder();
    const { stderr, stdout } = await sessionflame(["report", "--from", fileOf(JSON.stringify(cut)), "-o", folder]);
    expect(stderr).toContain("The full reports of 1 of 2 sessions are in this page");
    const html = readFileSync(stdout.trim(), "utf8");
    expect(html).toContain(
      `Its full report is not in this page: <code>sessionflame report ${second.session.id}</code>`,
    );
    expect(html.match(/data-part="report"/g)?.length).toBe(1);
  });
});

test("a line on a terminal tells how far it is, and goes away", () => {
  let said = "";
  let now = 1_000;
  const stderr = (text: string) => {
    said += text;
  };
  const context = { stderr, now: () => now, isTerminal: true } as Parameters<typeof progressLine>[0];
  const progress = progressLine(context, false);
  progress.show(1, 4);
  now += 1_000;
  progress.show(3, 4);
  progress.end();
  expect(said.split("\r\x1b[2K")).toEqual([
    "",
    "Reading ██████░░░░░░░░░░░░░░░░░░ 1 of 4 sessions",
    "Reading ██████████████████░░░░░░ 3 of 4 sessions",
    "",
  ]);
  said = "";
  for (const quiet of [progressLine(context, true), progressLine({ ...context, isTerminal: false }, false)]) {
    quiet.show(1, 4);
    quiet.end();
  }
  expect(said).toBe("");
});
