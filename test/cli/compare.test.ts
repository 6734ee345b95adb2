import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { ComparisonReport } from "../../src/model/comparison.js";
import type { Report } from "../../src/model/report.js";
import { EXAMPLE, RECORDED, recordedPath, SCENARIOS, temporaryFolder } from "../support/fixtures.js";
import { folderWith } from "../support/folder-with.js";
import { printed, sessionflame } from "../support/in-process.js";

const EARLIER = recordedPath("1.14.41 debug-auth");
const run = (...args: readonly string[]) => sessionflame(["compare", ...args]);
const json = (...args: readonly string[]) => printed("compare", ...args, "--json");
const read = async (...args: readonly string[]): Promise<ComparisonReport> => JSON.parse(await json(...args));

/** Reports as files in a folder of their own: JSON, or a page. */
async function folderOfReports(...sources: readonly (readonly string[])[]): Promise<string> {
  const folder = temporaryFolder();
  for (const [i, source] of sources.entries()) {
    const html = source.includes("html");
    const args = html ? [] : ["--json"];
    writeFileSync(
      join(folder, `${i}.${html ? "html" : "json"}`),
      await printed("report", ...source.filter((arg) => arg !== "html"), "--no-local", ...args),
    );
  }
  return folder;
}

describe("debug-auth of 1.14.41 and of 1.18.34", () => {
  test("has the same turns, tool calls and files: they differ in time and tokens alone", async () => {
    const found = await read(EARLIER, EXAMPLE, "--no-local");
    const { turns, toolCalls, toolErrors } = found.summary;
    expect([turns.difference, toolCalls.difference, toolErrors.difference]).toEqual([0, 0, 0]);
    expect([...found.tools, ...found.files].every(({ isIn }) => isIn === "both")).toBe(true);
    expect(found.tools.map(({ calls }) => calls.difference)).toEqual(found.tools.map(() => 0));
    expect(found.turns?.flatMap(({ isIn, steps }) => [isIn, ...steps.map((step) => step.isIn)])).toEqual(
      Array(17).fill("both"),
    );
    for (const names of Object.values(found.onlyIn.a)) expect(names).toEqual([]);
  });

  test("differs as the two reports do", async () => {
    const [a, b] = (await Promise.all(
      [EARLIER, EXAMPLE].map(async (path) => JSON.parse(await printed("report", path, "--no-local", "--json"))),
    )) as [Report, Report];
    const { summary, ledger } = await read(EARLIER, EXAMPLE, "--no-local");
    expect(summary.wallMs).toEqual(pair(a.summary.wallMs, b.summary.wallMs));
    expect(summary.totalTokens).toEqual(pair(a.summary.tokens.total, b.summary.tokens.total));
    const waits = (report: Report) => report.time.ledger.find(({ state }) => state === "waiting-for-model")?.ms ?? 0;
    expect(ledger.find(({ state }) => state === "waiting-for-model")?.ms).toEqual(pair(waits(a), waits(b)));
  });

  function pair(a: number, b: number) {
    return { a, b, difference: b - a };
  }
});

describe("a side is", () => {
  test("a session, as `report` names it", async () => {
    const { a, b } = await read("last", "crash", "--db", SCENARIOS, "--no-local");
    expect([a.sessions, b.sessions].map(([session]) => session?.title)).toEqual([expect.any(String), "crash"]);
  });

  test("a report that was written before, as JSON or as a page: the same comparison, to the last byte", async () => {
    const folder = await folderOfReports([EARLIER], [EXAMPLE, "html"]);
    const ofSessions = await json(EARLIER, EXAMPLE, "--no-local");
    expect((await json(join(folder, "0.json"), join(folder, "1.html"), "--no-local")) === ofSessions).toBe(true);
    expect((await json(join(folder, "0.json"), EXAMPLE, "--no-local")) === ofSessions).toBe(true);
  });

  test("a group, with commas between", async () => {
    const { a, b, turns } = await read(`${EARLIER},${EXAMPLE}`, EXAMPLE, "--no-local");
    expect([a.sessions.length, b.sessions.length, turns]).toEqual([2, 1, null]);
  });

  test("a folder of reports: all of them, and nothing else that lies there", async () => {
    const folder = await folderOfReports([EARLIER], [EXAMPLE, "html"]);
    for (const [name, text] of Object.entries({ "a.json": "{}", "b.html": "<!doctype html>", "c.txt": "words" }))
      writeFileSync(join(folder, name), text);
    writeFileSync(join(folder, "skills.html"), await printed("skills", EXAMPLE, "--format", "html", "--no-local"));
    writeFileSync(join(folder, "compared.json"), await json(EARLIER, EXAMPLE, "--no-local"));
    writeFileSync(join(folder, "compared.html"), await printed("compare", EARLIER, EXAMPLE, "--no-local"));
    const { a } = await read(folder, EXAMPLE, "--no-local");
    expect(a.sessions.map(({ sourceVersion }) => sourceVersion)).toEqual(["1.14.41", "1.18.34"]);
  });

  test("each session once, whatever the number of its names and files", async () => {
    const folder = await folderOfReports([EARLIER], [EARLIER, "html"]);
    const named = Array(5).fill(join(folder, "0.json")).join(",");
    const [once, repeated] = [await read(EARLIER, EXAMPLE), await read(`${folder},${named},${EARLIER}`, EXAMPLE)];
    expect({ ...repeated, notes: [] }).toEqual({ ...once, notes: [] });
    expect(repeated.notes.map(({ text }) => text)).toContain(
      "A names sessions more than once: 7 of its 8 reports are left out, so that each session counts once.",
    );
  });

  test("a folder that holds a store: the last session in it", async () => {
    const storage = recordedPath("1.0.185 debug-auth storage");
    expect((await read(storage, EXAMPLE, "--no-local")).a.sessions.map(({ source }) => source)).toEqual(["opencode"]);
  });

  test("a session that is called as a folder is, where no report lies in that", async () => {
    const cwd = folderWith({ "crash/a.txt": "" });
    const { stdout } = await sessionflame(
      ["compare", "crash", "arch", "--db", SCENARIOS, "--no-local", "--json", "-o", "-"],
      { cwd },
    );
    expect((JSON.parse(stdout) as ComparisonReport).a.sessions[0]?.title).toBe("crash");
  });

  test.each([
    ["no store on this machine", []],
    ["no session of that name", ["--db", SCENARIOS]],
  ])("no folder without a report: %s", async (_, args) => {
    const cwd = folderWith({ "empty/a.txt": "", "a.json": await printed("report", EXAMPLE, "--no-local", "--json") });
    for (const name of ["empty", "./empty"]) {
      const { exitCode, stdout, stderr } = await sessionflame(["compare", name, "a.json", ...args], { cwd });
      expect([exitCode, stdout]).toEqual([3, ""]);
      expect(stderr.split("\n")).toEqual([
        `sessionflame: no report in folder: ${join(cwd, "empty")}`,
        "Name a folder with reports that `sessionflame report` wrote, or a session, as `sessionflame list` shows it.",
        "",
      ]);
    }
  });

  test("a path with a comma in its name, whole", async () => {
    const folder = join(temporaryFolder(), "before, after");
    mkdirSync(folder);
    writeFileSync(join(folder, "a.json"), await printed("report", EXAMPLE, "--no-local", "--json"));
    expect((await read(folder, EXAMPLE, "--no-local")).a.sessions).toHaveLength(1);
  });
});

test.each([
  [["last", "nobody", "--db", EXAMPLE], 3, "no such session: nobody"],
  [["last"], 2, "missing required argument 'b'"],
  [["last,", "last", "--db", EXAMPLE], 2, "nothing between two commas: last,"],
  [["./nothing.json", EXAMPLE], 3, "no such file"],
  [[EXAMPLE, EXAMPLE, "--format", "svg"], 2, "Allowed choices are html, json, markdown"],
])("%j ends with %i: %s", async (args, exitCode, words) => {
  const { stderr, ...ended } = await run(...args);
  expect(ended).toMatchObject({ exitCode, stdout: "" });
  expect(stderr).toContain(words);
});

test("the page of a comparison is no report either", async () => {
  const file = join(temporaryFolder(), "compared.html");
  writeFileSync(file, await printed("compare", EARLIER, EXAMPLE, "--no-local"));
  for (const args of [
    ["report", "--from", file],
    ["extract", file],
    ["compare", file, EXAMPLE],
  ])
    expect(await sessionflame(args)).toMatchObject({
      ...{ exitCode: 4, stderr: expect.stringContaining("a comparison, which holds no report") },
    });
});

test("a comparison is no report of one session", async () => {
  const file = join(temporaryFolder(), "compared.json");
  writeFileSync(file, await json(EARLIER, EXAMPLE, "--no-local"));
  expect(await sessionflame(["report", "--from", file])).toMatchObject({
    ...{ exitCode: 4, stderr: expect.stringContaining("it compares two, and is none of one session") },
  });
});

describe("what is written", () => {
  test("is a page in the current folder, named after both, and one line says what changed", async () => {
    const { cwd, stdout, stderr } = await run(EARLIER, EXAMPLE, "--no-local");
    expect(readdirSync(cwd)).toEqual([expect.stringMatching(/^sessionflame-comparison-[a-z0-9]{6}-L0UEND\.html$/)]);
    expect(stdout).toBe(`${join(cwd, readdirSync(cwd)[0] as string)}\n`);
    expect(stderr).toMatch(/^B took 8\.2.s more active time \(\+55.%\), .*\n$/);
    expect(readFileSync(stdout.trim(), "utf8")).toMatch(/^<!doctype html>/);
  });

  test("goes to standard output as JSON and Markdown; --quiet prints the path alone", async () => {
    expect((await run(EARLIER, EXAMPLE, "--no-local", "--format", "markdown")).stdout).toMatch(
      /^<!-- sessionflame compare -->/,
    );
    expect(await run(EARLIER, EXAMPLE, "--no-local", "--quiet")).toMatchObject({ stderr: "", exitCode: 0 });
  });

  test("says when it was made only where that is asked for", async () => {
    expect((await read(EARLIER, EXAMPLE, "--no-local")).generator).not.toHaveProperty("madeAt");
    expect((await read(EARLIER, EXAMPLE, "--no-local", "--now", "1800000000000")).generator.madeAt).toBe(
      1_800_000_000_000,
    );
  });
});

describe("redaction", () => {
  const names = async (...args: readonly string[]) => {
    const { tools, files, onlyIn } = await read(...args, "--no-local");
    return { tools, files, onlyIn };
  };

  test("at strict the same thing has the same pseudonym on both sides: the same rows, with the same figures", async () => {
    for (const b of [EXAMPLE, recordedPath("1.18.34 parallel-agents")]) {
      const [shown, hidden] = [await names(EARLIER, b), await names(EARLIER, b, "--redact", "strict")];
      const rows = (files: ComparisonReport["files"]) => files.map(({ file: _, ...row }) => JSON.stringify(row)).sort();
      expect(rows(hidden.files)).toEqual(rows(shown.files));
      expect(hidden.tools.map(({ isIn, totalMs }) => [isIn, totalMs])).toEqual(
        shown.tools.map(({ isIn, totalMs }) => [isIn, totalMs]),
      );
      expect(hidden.onlyIn.a.files).toHaveLength(shown.onlyIn.a.files?.length ?? -1);
    }
  });

  test("nothing that strict leaves out of a report is in a comparison", async () => {
    const whole = await json(EARLIER, recordedPath("1.18.34 parallel-agents"), "--no-local");
    const strict = await json(EARLIER, recordedPath("1.18.34 parallel-agents"), "--no-local", "--redact", "strict");
    for (const word of ["session.ts", "auth-app", "PLAY-ONE", "Map the services", "code-agent", "mock-large"]) {
      expect(strict).not.toContain(word);
    }
    expect(whole).toContain("session.ts");
  });

  test("content leaves out what was said, on both sides", async () => {
    const found = await json(EARLIER, EXAMPLE, "--no-local", "--redact", "content");
    expect(found).not.toContain("Help me debug");
    expect(JSON.parse(found).redaction).toBe("content");
  });

  test("a further report of the same session may have another level: it is left out", async () => {
    const folder = await folderOfReports([EARLIER, "--redact", "content"], [EARLIER]);
    const { redaction, notes } = await read(folder, EXAMPLE, "--no-local");
    expect(redaction).toBe("content");
    expect(notes.map(({ text }) => text)).toContainEqual(expect.stringContaining("1 of them says something else"));
  });

  test("a report that does not tell its level is compared with its like alone", async () => {
    const folder = await folderOfReports([EARLIER], [EXAMPLE]);
    const early = join(folder, "early.json");
    const report = JSON.parse(readFileSync(join(folder, "0.json"), "utf8"));
    writeFileSync(early, JSON.stringify({ ...report, redaction: null }));
    const { exitCode, stderr } = await run(early, join(folder, "1.json"), "--no-local");
    const reason = "1.json was made at level paths of redaction, another report does not tell its level";
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining(reason)]);
  });

  test("a report at another level is not compared; without --redact its own level counts", async () => {
    const folder = await folderOfReports([EARLIER, "--redact", "content"], [EXAMPLE], [EXAMPLE, "--redact", "strict"]);
    const at = (name: string) => join(folder, name);
    expect((await read(at("0.json"), EXAMPLE, "--no-local")).redaction).toBe("content");
    for (const args of [
      [at("0.json"), EXAMPLE, "--redact", "paths"],
      [at("0.json"), at("1.json")],
    ])
      expect(await run(...args, "--no-local")).toMatchObject({
        ...{ exitCode: 2, stderr: expect.stringContaining("was made at level") },
      });
    expect(await run(at("2.json"), EXAMPLE, "--no-local")).toMatchObject({
      ...{ exitCode: 2, stderr: expect.stringContaining("has pseudonyms of its own") },
    });
  });
});

test.each(RECORDED.filter(({ scenario }) => scenario.startsWith("debug-auth")))(
  "$name can be compared with the example, in every format",
  async ({ path }) => {
    for (const format of ["html", "json", "markdown"])
      expect(await printed("compare", path, EXAMPLE, "--no-local", "--format", format)).not.toMatch(
        /undefined|NaN|\[object/,
      );
  },
);

test("reports of earlier releases can be compared with each other", async () => {
  const reports = join(process.cwd(), "test", "fixtures", "reports");
  const { onlyIn, redaction, files } = await read(join(reports, "1-first.json"), join(reports, "4-critical-path.json"));
  expect([onlyIn.a.files, onlyIn.a.suggestions, redaction, files]).toEqual([null, null, null, []]);
});
