import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { bigSession } from "../../scripts/bench/big-session.mjs";
import { reportSpans } from "../../src/analyze/report-spans.js";
import { loadRoots, temporaryFolder } from "../support/fixtures.js";

test("the same size and seed give the same session, another seed gives another", () => {
  expect(bigSession(300, 7)).toBe(bigSession(300, 7));
  expect(bigSession(300, 8)).not.toBe(bigSession(300, 7));
});

test("a made session is read without loss, and its report has about as many spans as were asked for, of every kind", async () => {
  const path = join(temporaryFolder(), "export.json");
  writeFileSync(path, bigSession(1_000));
  const [session] = await loadRoots(path);
  if (!session) throw new Error("no session");
  const { spans } = reportSpans(session);
  expect(Math.abs(spans.length - 1_000)).toBeLessThanOrEqual(10);
  expect(new Set(spans.map(({ kind }) => kind))).toEqual(
    new Set(["session", "turn", "step", "model", "wait", "tool", "user"]),
  );
  expect(spans.some(({ kind, status }) => kind === "tool" && status === "error")).toBe(true);
  expect(session.notes.filter(({ kind }) => kind === "skipped")).toEqual([]);
});
