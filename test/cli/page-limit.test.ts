import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { Failure } from "../../src/cli/failure.js";
import { refuseLarge } from "../../src/cli/page-limit.js";
import { temporaryFolder } from "../support/fixtures.js";
import { fileOf, printed, sessionflame } from "../support/in-process.js";

test("a page is refused by its bytes, from one above the limit", () => {
  expect(() => refuseLarge("öö", "html", 4)).not.toThrow();
  expect(() => refuseLarge("ööo", "html", 4)).toThrow(Failure);
});

test("figures are never too large", () => {
  expect(() => refuseLarge("ööo", "json", 4)).not.toThrow();
});

test("a page above 25 MB is not written, unless that is asked for", async () => {
  const report = JSON.parse(await printed("demo", "--json"));
  const long = { ...report, notes: [{ kind: "info", text: "long ".repeat(5_000_000) }] };
  const args = ["report", "--from", fileOf(JSON.stringify(long))];
  for (const output of [[], ["-o", "-"]]) {
    const cwd = temporaryFolder();
    const { exitCode, stdout, stderr } = await sessionflame([...args, ...output], { cwd });
    expect([exitCode, stdout, readdirSync(cwd)]).toEqual([5, "", []]);
    expect(stderr).toBe(
      "sessionflame: the page would have 25.2\u00a0MB, more than 25.0\u00a0MB\nWrite it all the same with --allow-large, or the figures alone with --format json.\n",
    );
  }
  const { exitCode, cwd } = await sessionflame([...args, "--allow-large"]);
  expect([exitCode, readdirSync(cwd)]).toEqual([0, ["sessionflame-debug-auth-L0UEND.html"]]);
});
