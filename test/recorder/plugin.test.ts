import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test, vi } from "vitest";
import { packageFile } from "../../src/cli/package-files.js";
import { temporaryFolder } from "../support/fixtures.js";

const PATH = packageFile("dist", "plugin.js");
const { Sessionflame, ...others } = await import(pathToFileURL(PATH).href);

/** A host with a data folder of its own, and what it was warned of. */
function host() {
  const data = temporaryFolder();
  vi.stubEnv("XDG_DATA_HOME", data);
  const warnings: string[] = [];
  const log = async ({ body }: { body: { message: string } }) => void warnings.push(body.message);
  return { data, warnings, input: { client: { app: { log } } } };
}

test("the plugin is one file that imports node: modules only", () => {
  const source = readFileSync(PATH, "utf8");
  const imports = [...source.matchAll(/(?:\bfrom|\bimport|\bimport\(|\brequire\()\s*["']([^"']+)["']/g)];
  expect(imports.length).toBeGreaterThan(3);
  expect(imports.map(([, name]) => name).filter((name) => !name?.startsWith("node:"))).toEqual([]);
});

test("it exports the plugin, and nothing else that OpenCode would call", () => {
  expect([typeof Sessionflame, others]).toEqual(["function", {}]);
});

test("it has no hooks, writes nothing and waits for nothing unless it is enabled", async () => {
  const { data, warnings, input } = host();
  const listeners = process.listenerCount("exit");
  for (const options of [undefined, {}, { performance: { enabled: false } }, { performance: { maxMetrics: 5 } }])
    expect(await Sessionflame(input, options)).toEqual({});
  expect([readdirSync(data), warnings, process.listenerCount("exit") - listeners]).toEqual([[], [], 0]);
});

test("it warns once of options that it cannot read", async () => {
  const { warnings, input } = host();
  expect(await Sessionflame(input, { performance: { enabled: "yes", maxMetrics: -1 } })).toEqual({});
  expect(warnings).toEqual([expect.stringContaining("performance.enabled, performance.maxMetrics")]);
});

test.each([undefined, {}, { client: { app: { log: () => Promise.reject(new Error("no")) } } }])(
  "it takes no harm from a host that is %j",
  async (input) => {
    expect(await Sessionflame(input, { performance: { enabled: 7 } })).toEqual({});
  },
);

test("enabled, it records, and says who wrote which version", async () => {
  const { data, input } = host();
  const hooks = await Sessionflame(input, { performance: { enabled: true } });
  await hooks.event({
    event: { type: "session.status", properties: { sessionID: "ses_a", status: { type: "busy" } } },
  });
  await hooks.dispose();
  const [name] = readdirSync(join(data, "opencode", "sessionflame"));
  const [start, status] = readFileSync(join(data, "opencode", "sessionflame", name as string), "utf8").split("\n");
  const { version } = JSON.parse(readFileSync(packageFile("package.json"), "utf8"));
  expect(name).toBe("ses_a.jsonl");
  expect(JSON.parse(start as string)).toMatchObject({
    kind: "start",
    sessionId: "ses_a",
    version: 1,
    recorder: `sessionflame ${version}`,
    pid: process.pid,
  });
  expect(JSON.parse(status as string)).toMatchObject({ kind: "status", status: "busy" });
});
