import Database from "better-sqlite3";
import { describe, expect, test } from "vitest";
import type { Stats } from "../../src/model/stats.js";
import { copyOf, EXAMPLE, RECORDED, recordedPath, SCENARIOS, temporaryFolder } from "../support/fixtures.js";
import { sessionflame } from "../support/in-process.js";
import { printedStats, shownStats } from "../support/opencode-stats.js";

async function statsOf(...args: readonly string[]): Promise<Stats> {
  const { exitCode, stdout, stderr } = await sessionflame(["stats", "--json", ...args]);
  expect([exitCode, stderr]).toEqual([0, ""]);
  return JSON.parse(stdout);
}

/** A copy of a database with its rows changed. */
function changed(path: string, ...statements: readonly string[]): string {
  const copy = copyOf(path);
  const db = new Database(copy);
  for (const statement of statements) db.exec(statement);
  db.close();
  return copy;
}

describe.each(RECORDED.filter(({ stats }) => stats !== null))("$name", ({ path, stats }) => {
  test("every figure that `opencode stats` printed is printed", async () => {
    const printed = printedStats(stats ?? "");
    const shown = shownStats((await sessionflame(["stats", "--db", path])).stdout);
    expect([shown.overview, shown.tools]).toEqual([printed.overview, printed.tools]);
    // 1.0 and 1.1 were not asked for models.
    if (Object.keys(printed.models).length > 0) expect(shown.models).toEqual(printed.models);
  });
});

describe("the scenarios: a fork and an imported copy among 13 sessions", () => {
  test("stand as `opencode stats` printed them", async () => {
    const { overview, models, tools } = shownStats((await sessionflame(["stats", "--db", SCENARIOS])).stdout);
    expect(overview).toEqual({
      ...{ Sessions: "13", Messages: "44", Days: "1", "Total Cost": "$0.17", "Avg Cost/Day": "$0.17" },
      ...{ "Avg Tokens/Session": "11.1K", "Median Tokens/Session": "320" },
      ...{ Input: "38.0K", Output: "1.2K", "Cache Read": "105.5K", "Cache Write": "0" },
    });
    expect(models["mock/m1"]).toMatchObject({ Messages: "27", "Output Tokens": "1.3K", Cost: "$0.1656" });
    expect(tools).toEqual({ read: 7, bash: 7, glob: 3, edit: 3, grep: 3, task: 3, write: 3, todowrite: 3, skill: 3 });
  });

  test("and beside it what is left without the fork and the copy, to the last token", async () => {
    const { stdout, stderr } = await sessionflame(["stats", "--db", SCENARIOS]);
    const { overview, models, tools } = shownStats(stdout, "without copies");
    expect(overview).toMatchObject({ Sessions: "11", Messages: "30", "Total Cost": "$0.06" });
    expect(models["mock/m1"]).toMatchObject({ Messages: "17", Cost: "$0.0612" });
    expect(tools).toEqual({ read: 3, bash: 5, glob: 1, edit: 1, grep: 1, task: 1, write: 1, todowrite: 1, skill: 1 });
    expect(stderr).toBe(
      "13 sessions, 2 of them nothing but copies. Counted as OpenCode does from 1.15 on: cost and tokens are those that each session has of itself.\n",
    );
    const without = changed(SCENARIOS, "DELETE FROM session WHERE title LIKE '%fork%' OR id LIKE 'ses_d065%'");
    const { asOpencode } = await statsOf("--db", without);
    const { withoutCopies } = await statsOf("--db", SCENARIOS);
    expect(withoutCopies).toEqual(asOpencode);
  });

  test("a fork that went on counts with what it added", async () => {
    const fork = "(SELECT id FROM session WHERE title LIKE '%fork%')";
    const went = changed(
      SCENARIOS,
      `INSERT INTO message SELECT 'msg_1f9a2030000100000000000000', session_id, time_created, time_updated,
         json_set(data, '$.time.created', 1795189506700, '$.time.completed', 1795189506800, '$.cost', 0.5, '$.tokens',
           json('{"input":7,"output":2,"reasoning":1,"cache":{"read":3,"write":4}}'))
         FROM message WHERE session_id = ${fork} AND data LIKE '%"role":"assistant"%' LIMIT 1`,
      `UPDATE session SET cost = cost + 0.5, tokens_input = tokens_input + 7 WHERE id = ${fork}`,
    );
    const [before, after] = [await statsOf("--db", SCENARIOS), await statsOf("--db", went)];
    expect(after.withoutCopies.sessions).toBe(before.withoutCopies.sessions + 1);
    expect(after.withoutCopies.messages).toBe(before.withoutCopies.messages + 1);
    expect(after.withoutCopies.costUsd).toBeCloseTo(before.withoutCopies.costUsd + 0.5, 9);
    expect(after.withoutCopies.tokens.uncachedInput).toBe(before.withoutCopies.tokens.uncachedInput + 7);
  });

  test("a fork stays a copy when its original is deleted", async () => {
    const orphan = changed(SCENARIOS, "DELETE FROM session WHERE title = 'full'");
    const { asOpencode, withoutCopies } = await statsOf("--db", orphan);
    expect([asOpencode.sessions, withoutCopies.sessions]).toEqual([11, 10]);
  });
});

test("tools have their times and errors", async () => {
  const { stdout } = await sessionflame(["stats", "--db", recordedPath("1.1.65 debug-auth storage"), "--quiet"]);
  const [heading, ...rows] = stdout.slice(stdout.indexOf("TOOL ")).trimEnd().split("\n");
  expect(heading?.split(/\s{2,}/)).toEqual([
    "TOOL",
    "CALLS",
    "SHARE",
    "WITHOUT COPIES",
    "ERRORS",
    "TIME",
    "P50",
    "P95",
  ]);
  expect(rows.slice(0, 3).map((row) => row.split(/\s{2,}/))).toEqual([
    ["read", "5", "38.5%", "5", "0", "22 ms", "2 ms", "–"],
    ["edit", "3", "23.1%", "3", "2", "20 ms", "3 ms", "–"],
    ["bash", "1", "7.7%", "1", "0", "1.6 s", "1.6 s", "–"],
  ]);
});

describe("--days", () => {
  const DAY_MS = 86_400_000;
  const updatedAt = 1_795_189_567_259; // of the last session of the scenarios
  const at = (now: number) => ({ now: () => now });
  const sessionsAt = async (now: number, days: string) => {
    const { stdout } = await sessionflame(["stats", "--json", "--db", SCENARIOS, "--days", days], at(now));
    const { asOpencode } = JSON.parse(stdout) as Stats;
    return [asOpencode.sessions, asOpencode.days];
  };

  test("counts sessions that were changed since, to the millisecond, and divides by the days asked for", async () => {
    expect(await sessionsAt(updatedAt + 7 * DAY_MS, "7")).toEqual([1, 7]);
    expect(await sessionsAt(updatedAt + 7 * DAY_MS + 1, "7")).toEqual([0, 7]);
    expect(await sessionsAt(updatedAt, "1")).toEqual([13, 1]);
  });

  test("0 is since midnight, and one day", async () => {
    const midnight = new Date(updatedAt).setHours(0, 0, 0, 0);
    expect(await sessionsAt(updatedAt, "0")).toEqual([13, 1]);
    expect(await sessionsAt(midnight + DAY_MS + DAY_MS / 2, "0")).toEqual([0, 1]);
  });

  test.each(["-1", "1.5", "many"])("%s is wrong usage", async (days) => {
    expect((await sessionflame(["stats", `--days=${days}`])).exitCode).toBe(2);
  });
});

describe("--project", () => {
  const FOLDER = "/home/dev/lab/home-plug/work";

  test.each([FOLDER, `${FOLDER}/`, "/home/dev", "/", "b2ebf034c7da0840dc354986c7043d8f6bb14448"])(
    "%s holds all sessions",
    async (project) => {
      expect((await statsOf("--db", SCENARIOS, "--project", project)).asOpencode.sessions).toBe(13);
    },
  );

  test("a relative folder is one of the current folder's", async () => {
    const args = ["stats", "--json", "--db", SCENARIOS, "--project", "lab"];
    const { stdout } = await sessionflame(args, { cwd: "/home/dev" });
    expect(JSON.parse(stdout)).toMatchObject({ project: "/home/dev/lab", asOpencode: { sessions: 13 } });
  });

  test("one in which no session ran, also one with the same beginning, ends with 3", async () => {
    const { exitCode, stdout, stderr } = await sessionflame(["stats", "--db", SCENARIOS, "--project", "/home/de"]);
    expect([exitCode, stdout]).toEqual([3, ""]);
    expect(stderr).toContain("no session of the project /home/de\n");
  });

  describe("that begins with ~", () => {
    /** The scenarios, three of which ran elsewhere. */
    const elsewhere = (...folders: readonly string[]) =>
      changed(
        SCENARIOS,
        ...folders.map(
          (folder, i) => `UPDATE session SET directory = '${folder}' WHERE id IN
            (SELECT id FROM session WHERE parent_id IS NULL ORDER BY id DESC LIMIT 1 OFFSET ${i})`,
        ),
      );

    test("is a folder as `list` shows it, in whatever home it was, for all that take it", async () => {
      const db = elsewhere("/home/jane/shop/web", "/mnt/c/Users/jane/shop", "/home/jane/shopping");
      const json = async (...args: readonly string[]) => {
        const { stdout } = await sessionflame([...args, "--db", db, "--json", "--no-local", "--project", "~/shop"]);
        return JSON.parse(stdout);
      };
      expect((await statsOf("--db", db, "--project", "~/shop/")).asOpencode.sessions).toBe(2);
      expect((await json("skills")).scope).toMatchObject({ sessions: 2, project: "~/shop" });
      const { scope, sessions } = await json("report");
      expect([scope.project, sessions.length]).toEqual(["~/shop", 2]);
      expect((await json("report", "--redact", "strict")).scope.project).not.toContain("shop");
      const shown = JSON.parse((await sessionflame(["list", "--json", "--db", db])).stdout) as { directory: string }[];
      for (const { directory } of shown)
        expect((await statsOf("--db", db, "--project", directory)).asOpencode.sessions).toBeGreaterThan(0);
      expect((await statsOf("--db", db, "--project", "~")).asOpencode.sessions).toBe(13);
    });

    test("is one of this user's home too, wherever that is", async () => {
      const db = elsewhere("/srv/people/jane/shop");
      const args = ["stats", "--json", "--db", db, "--project", "~/shop"];
      const { stdout } = await sessionflame(args, { env: { OPENCODE_TEST_HOME: "/srv/people/jane" } });
      expect(JSON.parse(stdout)).toMatchObject({ project: "~/shop", asOpencode: { sessions: 1 } });
    });

    test("and in which no session ran ends with 3", async () => {
      const { exitCode, stderr } = await sessionflame(["stats", "--db", SCENARIOS, "--project", "~/lab/../shop"]);
      expect([exitCode, stderr.split("\n")[0]]).toEqual([
        ...[3, "sessionflame: no session of the project ~/lab/../shop"],
      ]);
    });
  });
});

test("--models and --tools show the first of each, and say so", async () => {
  const path = recordedPath("1.18.34 parallel-agents");
  const { stdout, stderr } = await sessionflame(["stats", "--db", path, "--models", "1", "--tools", "2"]);
  const { models, tools } = shownStats(stdout);
  expect([Object.keys(models), Object.keys(tools)]).toEqual([["mock/mock-large"], ["bash", "read"]]);
  expect(stderr).toContain("1 of 2 models shown.\n2 of 4 tools shown.\n");
});

test("an empty store gives zeros", async () => {
  const empty = changed(EXAMPLE, "DELETE FROM part", "DELETE FROM message", "DELETE FROM session");
  const { asOpencode, withoutCopies, models, tools } = await statsOf("--db", empty, "--project", temporaryFolder());
  expect(asOpencode).toMatchObject({ sessions: 0, messages: 0, days: 0, costUsd: 0, costPerDayUsd: 0 });
  expect(asOpencode).toMatchObject({ meanTokensPerSession: 0, medianTokensPerSession: 0 });
  expect([withoutCopies, models, tools]).toEqual([asOpencode, [], []]);
});

describe("odd rows", () => {
  test.each([
    ["no JSON", "'{'"],
    ["JSON of something else", "'[1, \"tool\"]'"],
    ["a bare text", "'\"tool\"'"],
    ["a blob", "x'41ff00'"],
    ["a tool part without a state", `'{"type":"tool","tool":"bash"}'`],
  ])("%s: counts as a message, and nothing else of it", async (_, value) => {
    const path = changed(EXAMPLE, `UPDATE message SET data = ${value}`, `UPDATE part SET data = ${value}`);
    const { asOpencode, models, tools } = await statsOf("--db", path);
    expect([asOpencode.messages, models, tools]).toEqual([17, [], []]);
  });

  test("figures that are none count as nothing, where messages are summed", async () => {
    const path = recordedPath("1.14.41 debug-auth");
    const odd = changed(path, "UPDATE message SET data = json_set(data, '$.tokens.input', 'much', '$.cost', -1)");
    const { asOpencode } = await statsOf("--db", odd);
    expect([asOpencode.messages, asOpencode.costUsd, asOpencode.tokens.uncachedInput]).toEqual([17, 0, 0]);
  });

  test("a tool, and a model, named constructor", async () => {
    const path = changed(
      EXAMPLE,
      `UPDATE part SET data = json_set(data, '$.tool', 'constructor') WHERE data LIKE '%"tool":"grep"%'`,
      `UPDATE message SET data = json_set(data, '$.modelID', '__proto__') WHERE data LIKE '%"role":"assistant"%'`,
    );
    const { models, tools } = await statsOf("--db", path);
    expect(tools).toContainEqual(expect.objectContaining({ tool: "constructor", calls: 1 }));
    expect(models.map(({ model, asOpencode }) => [model, asOpencode.messages])).toEqual([["mock/__proto__", 14]]);
  });

  test("a title, a folder and a version that are blobs", async () => {
    const path = changed(EXAMPLE, "UPDATE session SET title = x'41ff00', directory = x'41ff00', version = x'00'");
    expect((await statsOf("--db", path)).asOpencode.sessions).toBe(1);
  });
});
