import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { packageFile } from "../../src/cli/package-files.js";
import type { Check } from "../../src/model/check.js";
import { checkSchema } from "../../src/report/schema/check.js";
import { EXAMPLE, recordedPath, temporaryFolder } from "../support/fixtures.js";
import { fileOf, printed, sessionflame } from "../support/in-process.js";

/** What lies on this machine must not matter: the folder that the example ran in may well be there. */
const run = (...args: readonly string[]) => sessionflame(["check", EXAMPLE, "--no-local", ...args]);
const shown = (text: string) => text.replaceAll("\u00a0", " ");

/** In a folder with these settings, or below it. */
function folderWith(settings: unknown): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "sessionflame.config.json"), JSON.stringify(settings));
  return folder;
}

const KEPT = ["--max-wall", "1m", "--max-active", "30s", "--max-tokens", "200K", "--min-cache-hits", "90%"];

test("where every budget is kept it ends with 0, with a table", async () => {
  const { exitCode, stdout, stderr } = await run(...KEPT);
  expect([exitCode, stderr]).toEqual([0, "4 of 4 budgets passed: Debug Auth.\n"]);
  expect(stdout.match(/^passed /gm)).toHaveLength(4);
});

test("where one is not, it ends with 1, and what failed stands first", async () => {
  const { exitCode, stdout, stderr } = await run(...KEPT, "--max-tool-errors", "5%", "--max-cost", "0.10");
  expect(exitCode).toBe(1);
  expect(stdout.split("\n").map((line) => line.split(/ {2,}/).slice(0, 4))).toEqual([
    ["STATUS", "BUDGET", "ACTUAL", "LIMIT"],
    ["failed", "Cost", "$0.1143", "at most $0.1000"],
    ["failed", "Tool errors", "7.7 %", "at most 5 %"],
    ["passed", "Total time", "35.7 s", "at most 1 min 00 s"],
    ["passed", "Active time", "23.1 s", "at most 30.0 s"],
    ["passed", "Total tokens", "165,101", "at most 200,000"],
    ["passed", "Cache hits", "90.3 %", "at least 90 %"],
    [""],
  ]);
  expect(stderr).toBe(
    "sessionflame: 2 of 6 budgets failed, 4 passed: Debug Auth\n`sessionflame report` shows where it went.\n",
  );
});

test("a figure that is not known fails, unless --allow-unknown is given", async () => {
  const asked = ["--max-wall", "1m", "--max-context", "80%", "--max-p95", "bash=30s", "--max-p95", "read=1s"];
  const strict = await run(...asked);
  expect(strict.exitCode).toBe(1);
  expect(strict.stderr).toContain("3 of 4 budgets unknown, 1 passed");
  expect(strict.stderr).toContain("--allow-unknown");
  expect(
    strict.stdout.match(/^unknown .*(no context limit is known of mock\/mock-large|a p95 takes 20)$/gm),
  ).toHaveLength(3);
  const lenient = await run(...asked, "--allow-unknown");
  expect(lenient.exitCode).toBe(0);
  expect(statusesIn(lenient.stdout)).toEqual(["unknown, allowed", "unknown, allowed", "unknown, allowed", "passed"]);
});

const statusesIn = (table: string) =>
  table
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.split(/ {2,}/)[0]);

describe("--allow-unknown with names", () => {
  const asked = ["--max-wall", "1m", "--max-context", "80%", "--max-p95", "bash=30s", "--max-p95", "read=1s"];

  test("allows these alone, and what is not allowed stands first", async () => {
    const { exitCode, stdout, stderr } = await run(...asked, "--allow-unknown", "context, tool-p95:bash");
    expect([exitCode, statusesIn(stdout)]).toEqual([
      ...[1, ["unknown", "unknown, allowed", "unknown, allowed", "passed"]],
    ]);
    expect(stdout).toMatch(/\nunknown +p95 of read /);
    expect(stderr).toContain("What is not known fails, unless --allow-unknown is given.");
  });

  test("is enough where they are all that is not known", async () => {
    const { exitCode } = await run(...asked, "--allow-unknown", "context,tool-p95:bash,tool-p95:read");
    expect(exitCode).toBe(0);
  });

  test("stands in the settings as a list, and gives way to the option", async () => {
    const cwd = folderWith({ budgets: { maxContext: "80%", allowUnknown: ["context"] } });
    const codeOf = async (...args: readonly string[]) =>
      (await sessionflame(["check", recordedPath("1.18.34 hostile"), ...args], { cwd })).exitCode;
    expect(await codeOf()).toBe(0);
    expect(await codeOf("--allow-unknown", "cost")).toBe(1);
  });

  test("of a budget that is known, or not set, changes nothing", async () => {
    expect((await run(...KEPT, "--allow-unknown", "cost,wall-time")).exitCode).toBe(0);
    expect((await run("--max-wall", "1s", "--allow-unknown", "wall-time")).exitCode).toBe(1);
  });

  test("takes what stands behind it for names: a session stands before it", async () => {
    const { exitCode, stderr } = await sessionflame(["check", "--max-wall", "1m", "--allow-unknown", EXAMPLE]);
    expect([exitCode, stderr.split("\n")[1]]).toEqual([
      ...[2, "Name budgets as `check --json` does, or none; a session stands before --allow-unknown."],
    ]);
  });
});

test("without any budget it says how to set one", async () => {
  const { exitCode, stdout, stderr } = await run();
  expect([exitCode, stdout]).toEqual([2, ""]);
  expect(stderr).toMatch(
    /^sessionflame: no budget is set\nSet one: --max-active 10m, .*sessionflame\.config\.json\.\n$/,
  );
});

test.each([
  [["--max-active", "10"], '--max-active: "10" is no length of time such as 850ms, 30s, 10m or 1h30m'],
  [["--max-cost", "abc"], '--max-cost: "abc" is no cost in US dollars such as 1.50'],
  [["--max-tokens", "2G"], '--max-tokens: "2G" is no count of tokens such as 500000, 500K or 2M'],
  [["--max-tool-errors", "0.05"], '--max-tool-errors: "0.05" is no share such as 5%'],
  [["--max-p95", "bash"], '--max-p95: "bash" is no tool with a length of time, such as bash=30s'],
  [
    ["--allow-unknown", "cost,costs"],
    '--allow-unknown: "costs" is no budget such as cost, tool-p95:bash or regression:cost',
  ],
  [
    ["--allow-unknown", "p95:bash"],
    '--allow-unknown: "p95:bash" is no budget such as cost, tool-p95:bash or regression:cost',
  ],
  [["--baseline", "x.json"], "--baseline without a limit"],
  [["--max-regression", "10%"], "--max-regression without a baseline"],
  [["--from", "-", "--baseline", "-", "--max-regression", "1%"], "--baseline and --from are both standard input"],
])("%j is one clear line", async (args, fact) => {
  const { exitCode, stdout, stderr } = await sessionflame(["check", ...args]);
  expect([exitCode, stdout]).toEqual([2, ""]);
  expect(stderr.split("\n")[0]).toBe(`sessionflame: ${fact}`);
});

describe("a report that was made before", () => {
  test.each(["html", "json"])("is checked as its session is: %s", async (format) => {
    const file = fileOf(await printed("report", EXAMPLE, "--format", format));
    const [saved, live] = [await sessionflame(["check", "--from", file, ...KEPT]), await run(...KEPT)];
    expect([saved.exitCode, saved.stdout, saved.stderr]).toEqual([0, live.stdout, live.stderr]);
  });

  test("leaves no session open to be named", async () => {
    const { exitCode, stderr } = await run("--from", "x.json", ...KEPT);
    expect([exitCode, stderr.split("\n")[0]]).toEqual([2, "sessionflame: two sources: --from and a session"]);
  });
});

describe("a baseline", () => {
  const baseline = async () => fileOf(await printed("report", EXAMPLE));

  test("is a page or JSON; what went beyond it by more than is allowed fails", async () => {
    const of = (session: string, file: string, most: string) =>
      sessionflame(["check", session, "--no-local", "--baseline", file, "--max-regression", most]);
    const same = await of(EXAMPLE, await baseline(), "0%");
    expect(same).toMatchObject({ exitCode: 0, stderr: "5 of 5 budgets passed: Debug Auth.\n" });
    const json = fileOf(await printed("report", EXAMPLE, "--json"));
    const other = await of(recordedPath("1.18.34 wasteful-habits"), json, "10%");
    expect(other.exitCode).toBe(1);
    expect(shown(other.stdout)).toMatch(/^failed +Total time against baseline .* baseline 35\.7 s, \+\d/m);
  });

  test("in the settings lies beside them", async () => {
    const folder = folderWith({ budgets: { baseline: "kept/base.html", maxRegression: "5%" } });
    mkdirSync(join(folder, "kept"));
    mkdirSync(join(folder, "below"));
    writeFileSync(join(folder, "kept", "base.html"), readFileSync(await baseline()));
    const { exitCode, stdout } = await sessionflame(["check", EXAMPLE], { cwd: join(folder, "below") });
    expect([exitCode, stdout.match(/against baseline/g)?.length]).toEqual([0, 5]);
  });

  test("that is not there, or no report, is said", async () => {
    const of = (file: string) => run("--baseline", file, "--max-regression", "1%");
    expect(await of("none.json")).toMatchObject({ exitCode: 3, stdout: "" });
    expect(await of(fileOf("{}"))).toMatchObject({ exitCode: 4, stdout: "" });
  });
});

describe("sessionflame.config.json", () => {
  const budgets = { maxActive: "10m", maxCost: 0.1, maxP95: ["bash=1s"], allowUnknown: true };
  const idsIn = async (cwd: string, ...args: readonly string[]) => {
    const { stdout } = await sessionflame(["check", EXAMPLE, "--json", ...args], { cwd });
    return (JSON.parse(stdout) as Check).budgets.map(({ id, limit, status }) => `${status} ${id} ${limit}`);
  };

  test("holds budgets, beside thresholds and $schema", async () => {
    const cwd = folderWith({ $schema: "./config-1.json", thresholds: { "idle-gaps": false }, budgets });
    expect(await idsIn(cwd)).toEqual([
      ...["failed cost 0.1", "unknown tool-p95:bash 1000", "passed active-time 600000"],
    ]);
    expect((await sessionflame(["report", EXAMPLE, "--json"], { cwd })).exitCode).toBe(0);
  });

  test("gives way to options, one by one", async () => {
    const cwd = folderWith({ budgets });
    expect(await idsIn(cwd, "--max-cost", "1", "--max-p95", "bash=2s", "--max-p95", "read=2s")).toEqual([
      ...["unknown tool-p95:bash 2000", "unknown tool-p95:read 2000", "passed active-time 600000", "passed cost 1"],
    ]);
  });

  test("does not answer for half of a baseline on the command line", async () => {
    const cwd = folderWith({ budgets });
    const { exitCode, stderr } = await sessionflame(["check", EXAMPLE, "--baseline", "x.json"], { cwd });
    expect([exitCode, stderr.split("\n")[0]]).toEqual([2, "sessionflame: --baseline without a limit"]);
  });

  test("is left out by --no-local, and another is named by --config", async () => {
    const cwd = folderWith({ budgets });
    expect(await idsIn(cwd, "--no-local", "--max-wall", "1h")).toEqual(["passed wall-time 3600000"]);
    writeFileSync(join(cwd, "ours.json"), JSON.stringify({ budgets: { maxWall: "2h" } }));
    expect(await idsIn(cwd, "--no-local", "--config", "ours.json")).toEqual(["passed wall-time 7200000"]);
  });

  test("holds for a report that was made before too", async () => {
    const cwd = folderWith({ budgets });
    const from = fileOf(await printed("report", EXAMPLE, "--json"));
    for (const args of [[], ["--config", "sessionflame.config.json"]])
      expect((await sessionflame(["check", "--from", from, ...args], { cwd })).exitCode).toBe(1);
  });

  test.each([
    [{ budgets: { maxCosts: 1 } }, "budgets.maxCosts: there is no such setting"],
    [{ budgets: { maxCost: "x" } }, 'budgets.maxCost: "x" is no cost in US dollars'],
    [{ budgets: { allowUnknown: ["costs"] } }, 'budgets.allowUnknown.0: "costs" is no budget such as cost'],
    [{ budgets: { baseline: "x.json", maxCost: 1 } }, "budgets.baseline without budgets.maxRegression"],
    [{ budgets: { maxRegression: "1%" } }, "budgets.maxRegression without budgets.baseline"],
    [{ budgets: [] }, "budgets: must be an object"],
    [{ budget: {} }, 'unknown setting "budget"; known: thresholds, budgets and $schema'],
  ])("that cannot be followed is one clear line: %j", async (settings, problem) => {
    const cwd = folderWith(settings);
    const { exitCode, stderr } = await sessionflame(["check", EXAMPLE, ...KEPT], { cwd });
    expect(exitCode).toBe(2);
    expect(stderr.split("\n")[0]).toContain(
      `not usable as settings: ${join(cwd, "sessionflame.config.json")}: ${problem}`,
    );
  });
});

describe("what is written", () => {
  const ALL = [
    "--max-wall",
    "1s",
    "--max-active",
    "1h",
    "--max-cost",
    "1",
    "--max-tokens",
    "1K",
    "--min-cache-hits",
    "1%",
  ];
  const MORE = [
    "--max-tool-errors",
    "5%",
    "--max-context",
    "80%",
    "--max-p95",
    "bash=30s",
    "--allow-unknown",
    "context",
  ];

  test.each(["1.0.185 debug-auth storage", "1.18.34 hostile", "1.18.34 debug-auth", "2.0-preview faults"])(
    "as JSON is what schema/check-1.json says, with no field that it does not name: %s",
    async (name) => {
      const baseline = fileOf(await printed("report", EXAMPLE));
      const compared = ["--baseline", baseline, "--max-regression", "10%"];
      const args = ["check", recordedPath(name), "--json", "--no-local", ...ALL, ...MORE, ...compared];
      const found = JSON.parse((await sessionflame(args)).stdout);
      expect(v.parse(checkSchema, found)).toEqual(found);
      expect(found.budgets.length).toBeGreaterThan(12);
    },
  );

  test("schema/check-1.json says the same as what it is made from (npm run schema makes it anew)", () => {
    const args = ["scripts/schema.mjs", "check-1"];
    const { stdout } = spawnSync(process.execPath, args, { cwd: packageFile("."), encoding: "utf8" });
    expect(JSON.parse(stdout)).toHaveProperty("properties.budgets.items.properties.allowsUnknown");
    expect(stdout).toBe(readFileSync(packageFile("schema", "check-1.json"), "utf8"));
  });

  test("as JSON is the check, with every digit", async () => {
    const { stdout } = await run("--max-tool-errors", "5%", "--json");
    expect(JSON.parse(stdout)).toEqual({
      ...{ version: 1, kind: "check", session: { id: "ses_e0667ccf2ffe3Gn1EHXjL0UEND", title: "Debug Auth" } },
      ...{ ok: false, allowsUnknown: false },
      budgets: [
        {
          ...{ id: "tool-errors", label: "Tool errors", unit: "share", bound: "at-most", limit: 0.05, actual: 1 / 13 },
          ...{ status: "failed", remark: "1 of 13 calls", allowsUnknown: false },
        },
      ],
    });
  });

  test.each([
    ["text", /^STATUS /, ".txt"],
    ["json", /^\{"version":1,/, ".json"],
    ["junit", /^<\?xml /, ".xml"],
    ["github", /^::error /, ".txt"],
  ])("as %s goes to standard output, or into a file, also where the check fails", async (format, start, extension) => {
    const args = ["--max-wall", "1s", "--format", format];
    const { stdout } = await run(...args);
    expect(stdout).toMatch(start);
    const cwd = temporaryFolder();
    const filed = await sessionflame(["check", EXAMPLE, ...args, "-o", "."], { cwd });
    const path = join(cwd, `sessionflame-check${extension}`);
    expect([filed.exitCode, filed.stdout]).toEqual([1, `${path}\n`]);
    expect(readFileSync(path, "utf8")).toBe(stdout);
  });

  test("has of the session what --redact leaves", async () => {
    const out = async (...args: readonly string[]) => {
      const { stdout, stderr } = await run("--max-wall", "1s", "--max-context", "9%", "--format", "github", ...args);
      return stdout + stderr;
    };
    for (const name of ["Debug Auth", "mock/mock-large"]) expect(await out()).toContain(name);
    expect(await out("--redact", "strict")).not.toMatch(/Debug Auth|mock-large/);
  });

  test("is nothing but the data with --quiet", async () => {
    expect(await run(...KEPT, "--quiet")).toMatchObject({ exitCode: 0, stderr: "" });
  });
});

test("a session that cannot be found is no failed budget", async () => {
  expect((await sessionflame(["check", "ses_none", "--db", EXAMPLE, ...KEPT])).exitCode).toBe(3);
});

test("the README's example is what is printed", async () => {
  const readme = readFileSync(packageFile("README.md"), "utf8");
  const [, line = "", table = ""] =
    /```sh\nsessionflame (check .*)\n```\n\nends with 1 and prints\n\n```text\n([^`]*)```/.exec(readme) ?? [];
  const args = line.split(" ").map((word) => (word.startsWith("examples/") ? packageFile(word) : word));
  expect(await sessionflame([...args, "--no-local"])).toMatchObject({ exitCode: 1, stdout: table });
});
