import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { beforeAll, describe, expect, test } from "vitest";
import { recordedPath } from "../support/fixtures.js";
import { runCli } from "../support/run-cli.js";

const SESSION = recordedPath("1.18.34 parallel-agents");
const report = (format: string, env: Readonly<Record<string, string>>, cwd?: string) => {
  const args = ["report", SESSION, "--no-local", "--format", format, "-o", "-", "--quiet"];
  const { exitCode, stdout } = runCli(args, cwd === undefined ? { env } : { env, cwd });
  expect(exitCode).toBe(0);
  return stdout;
};

describe.each(["html", "json"])("the same session gives the same %s", (format) => {
  let expected = "";
  beforeAll(() => {
    expected = report(format, {}, tmpdir());
    expect(expected.length).toBeGreaterThan(10_000);
  });

  test.each<[string, Record<string, string>]>([
    ["again", {}],
    ["in St. John's", { TZ: "America/St_Johns" }],
    ["in Kathmandu", { TZ: "Asia/Kathmandu" }],
    ["for the C locale", { LANG: "C", LC_ALL: "C" }],
    ["in German", { LANG: "de_DE.UTF-8", LC_ALL: "de_DE.UTF-8" }],
    ["in Turkish, where I has no dot", { LANG: "tr_TR.UTF-8", LC_ALL: "tr_TR.UTF-8" }],
    ["in Arabic", { LANG: "ar", LC_ALL: "ar" }],
    ["in Egypt, with other digits", { LANG: "ar_EG.UTF-8", LC_ALL: "ar_EG.UTF-8" }],
  ])("%s", (_, env) => {
    expect(report(format, env) === expected).toBe(true);
  });
});

test("Node itself speaks differently there", () => {
  const shown = (env: Readonly<Record<string, string>>) =>
    spawnSync(process.execPath, ["-p", "[new Date(0).getHours(), (1e6).toLocaleString()].join(' ')"], {
      env: { TZ: "UTC", LC_ALL: "C", ...env },
      encoding: "utf8",
    }).stdout.trim();
  expect(shown({})).toBe("0 1,000,000");
  expect(shown({ TZ: "Asia/Kathmandu" })).toBe("5 1,000,000");
  expect(shown({ LC_ALL: "de_DE.UTF-8" })).toBe("0 1.000.000");
  expect(shown({ LC_ALL: "ar_EG.UTF-8" })).toBe("0 ١٬٠٠٠٬٠٠٠");
});
