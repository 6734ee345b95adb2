import { describe, expect, test } from "vitest";
import { DATABASES, loadRoots, RECORDED, SCENARIOS } from "../support/fixtures.js";
import { expectInvariants } from "../support/invariants.js";
import { countsReasoningInside, printedStats, statsOf } from "../support/opencode-stats.js";

test.each(RECORDED)("$name: every invariant holds, also under a name that says nothing", expectInvariants);

describe.each(DATABASES.filter(({ stats }) => stats !== null))("$name", ({ version, path, stats }) => {
  test("equals what `opencode stats` printed, in its own format", async () => {
    const printed = printedStats(stats ?? "");
    const own = statsOf(await loadRoots(path), countsReasoningInside(version));
    expect(printed.overview).toMatchObject(own.overview);
    expect([own.models, own.tools]).toEqual([printed.models, printed.tools]);
  });
});

test("the sessions of the scenarios equal what `opencode stats` printed of them", async () => {
  const { overview, models, tools } = statsOf(await loadRoots(SCENARIOS), false);
  expect(overview).toMatchObject({
    ...{
      Sessions: "13",
      Messages: "44",
      "Total Cost": "$0.17",
      Input: "38.0K",
      Output: "1.2K",
      "Cache Read": "105.5K",
    },
    ...{ "Avg Tokens/Session": "11.1K", "Median Tokens/Session": "320" },
  });
  expect(models).toMatchObject({ "mock/m1": { Messages: "27", "Output Tokens": "1.3K", Cost: "$0.1656" } });
  expect(tools).toEqual({ read: 7, bash: 7, glob: 3, edit: 3, grep: 3, task: 3, write: 3, todowrite: 3, skill: 3 });
});
