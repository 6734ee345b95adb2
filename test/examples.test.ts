import { readdirSync, readFileSync, statSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { EXAMPLES } from "../scripts/example-pages.mjs";
import { packageFile } from "../src/cli/package-files.js";
import type { Report } from "../src/model/report.js";
import { printed } from "./support/in-process.js";

const names = Object.keys(EXAMPLES);
const fileOf = (name: string, ending: string) => packageFile("examples", `${name}${ending}`);

function made(name: string, ...options: readonly string[]): Promise<string> {
  const args = (EXAMPLES[name] ?? []).map((word) => (word.includes("/") ? packageFile(word) : word));
  return printed(...args, ...options);
}

test("every page in examples/ can be made anew", () => {
  const pages = readdirSync(packageFile("examples")).filter((file) => file.endsWith(".html"));
  expect(pages).toEqual(names.map((name) => `${name}.html`).sort());
});

test.each(names)("examples/%s.html is what the program makes (npm run examples makes it anew)", async (name) => {
  expect((await made(name)) === readFileSync(fileOf(name, ".html"), "utf8")).toBe(true);
});

test.each(names)("examples/%s.html names no folder of the machine that it was recorded or made on", async (name) => {
  const said = `${readFileSync(fileOf(name, ".html"), "utf8")} ${await made(name, "--json")}`;
  for (const folder of [packageFile("examples"), packageFile("test"), "/home/", "/root/", "/Users/"])
    expect(said).not.toContain(folder);
});

test.each(names)("examples/%s.html is small enough to look at: under 400 KB", (name) => {
  expect(statSync(fileOf(name, ".html")).size).toBeLessThan(400_000);
});

describe("the example with telemetry", () => {
  const lines = readFileSync(fileOf("parcels", ".telemetry.jsonl"), "utf8").trim().split("\n");
  const records = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  const ofKind = (kind: string) => records.filter((record) => record.kind === kind);

  test("has lines of every kind, and all of them are in the report", async () => {
    const { skills, edits, chunks, intents, notes } = JSON.parse(await made("parcels", "--json")) as Report;
    expect(notes.filter(({ kind }) => kind === "skipped")).toEqual([]);
    expect(skills.map(({ name, metrics }) => [name, metrics?.records])).toEqual([
      ["intake", 1],
      ["tests", 1],
    ]);
    expect([chunks.length, intents.length]).toEqual([ofKind("rlm").length, ofKind("intent").length]);
    expect(ofKind("edit")).toHaveLength(6);
    // What the plugin wrote of each edit is about a call of the session.
    expect(edits.map(({ format, model, basis, attempts }) => [format, model, basis, attempts])).toEqual([
      ["search-replace", "mock/mock-large", "derived", 3],
      ["search-replace", "mock/mock-small", "derived", 3],
      ["write", "mock/mock-small", "derived", 1],
    ]);
  });

  test("tells what the plugin itself counted: one retry, three tests, given up as the limit says", async () => {
    const { skills, iterations } = JSON.parse(await made("parcels", "--json")) as Report;
    const tests = skills.find(({ name }) => name === "tests");
    expect(tests?.metrics).toMatchObject({
      succeeded: 1,
      retries: 1,
      verificationAttempts: 3,
      maxIterationsReached: 1,
    });
    expect(tests?.uses[0]).toMatchObject({ checks: 3, lastCheck: "passed", success: true });
    expect(iterations.find(({ by, name }) => by === "skill" && name === "tests")).toMatchObject({
      ...{ retries: 1, recovered: 1, verificationLoops: 1, maxIterationsReached: 1 },
    });
  });
});
