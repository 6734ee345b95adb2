import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { packageFile } from "../../src/cli/package-files.js";
import { budgetSettings } from "../../src/load/budget-settings.js";

const read = (written: unknown) => budgetSettings(written);

test.each([
  ["maxActive", "850ms", 850],
  ["maxActive", "30s", 30_000],
  ["maxActive", "1.5s", 1_500],
  ["maxActive", "10m", 600_000],
  ["maxActive", "1h30m", 5_400_000],
  ["maxActive", "1h2m3s4ms", 3_723_004],
  ["maxActive", "0s", 0],
  ["maxCost", "1.50", 1.5],
  ["maxCost", "$0.1", 0.1],
  ["maxCost", 1.5, 1.5],
  ["maxTokens", "2M", 2_000_000],
  ["maxTokens", "1.5k", 1_500],
  ["maxTokens", "500000", 500_000],
  ["maxTokens", 2e6, 2_000_000],
  ["maxToolErrors", "5%", 0.05],
  ["maxRegression", "150%", 1.5],
])("%s %j is read as %d", (name, written, value) => {
  expect(read({ [name]: written })).toEqual({ settings: { [name]: value } });
});

test("a percentage is the very share that so many of a thousand are", () => {
  fc.assert(
    fc.property(fc.nat(1_000), (count) => {
      expect(read({ maxToolErrors: `${count / 10}%` })).toEqual({ settings: { maxToolErrors: count / 1_000 } });
    }),
  );
});

test("the limit of a tool's p95 stands behind its last equals sign", () => {
  expect(read({ maxP95: ["bash=30s", "a=b=1m", "constructor=1s"] })).toEqual({
    settings: {
      maxP95: [
        ["bash", 30_000],
        ["a=b", 60_000],
        ["constructor", 1_000],
      ],
    },
  });
});

test.each([
  [{ maxActive: "10" }, ["maxActive"], '"10" is no length of time'],
  [{ maxActive: 10 }, ["maxActive"], "10 is no length of time"],
  [{ maxActive: "" }, ["maxActive"], '"" is no length of time'],
  [{ maxActive: "5m1h" }, ["maxActive"], '"5m1h" is no length of time'],
  [{ maxActive: "-1s" }, ["maxActive"], '"-1s" is no length of time'],
  [{ maxActive: "9999999999h" }, ["maxActive"], "is too large"],
  [{ maxCost: "1,50" }, ["maxCost"], '"1,50" is no cost'],
  [{ maxCost: -1 }, ["maxCost"], "-1 is no cost"],
  [{ maxCost: null }, ["maxCost"], "null is no cost"],
  [{ maxCost: {} }, ["maxCost"], "is no cost"],
  [{ maxTokens: "2G" }, ["maxTokens"], '"2G" is no count of tokens'],
  [{ maxToolErrors: "5" }, ["maxToolErrors"], '"5" is no share such as 5%'],
  [{ maxToolErrors: 0.05 }, ["maxToolErrors"], "0.05 is no share"],
  [{ maxP95: "bash=3s" }, ["maxP95"], "must be a list"],
  [{ maxP95: ["bash"] }, ["maxP95", "0"], '"bash" is no tool with a length of time'],
  [{ maxP95: ["=3s"] }, ["maxP95", "0"], '"=3s" is no tool with a length of time'],
  [{ baseline: "" }, ["baseline"], "is no path"],
  [{ allowUnknown: "yes" }, ["allowUnknown"], '"yes" is neither true nor false'],
  [{ allowUnknown: [1] }, ["allowUnknown", "0"], "1 is no budget such as cost"],
  [{ allowUnknown: ["cost", "tool-p95:"] }, ["allowUnknown", "1"], '"tool-p95:" is no budget such as cost'],
  [{ allowUnknown: ["regression:context"] }, ["allowUnknown", "0"], '"regression:context" is no budget'],
  [{ maxCosts: 1 }, ["maxCosts"], "there is no such setting"],
  [[], [], "must be an object"],
  [3, [], "must be an object"],
])("%j is refused", (written, path, problem) => {
  expect(read(written)).toEqual({ path, problem: expect.stringContaining(problem) });
});

test("schema/config-1.json says the same (npm run schema makes it anew)", () => {
  const { stdout } = spawnSync(process.execPath, ["scripts/schema.mjs", "config-1"], {
    cwd: packageFile("."),
    encoding: "utf8",
  });
  expect(stdout.length).toBeGreaterThan(1_000);
  expect(stdout === readFileSync(packageFile("schema", "config-1.json"), "utf8")).toBe(true);
});
