import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Action } from "../../assets/chart/keys.js";
import { mergedScene } from "../../assets/chart/merged-scene.js";
import { moveFrom } from "../../assets/chart/moves.js";
import { SceneIndex } from "../../assets/chart/scene.js";
import { spanScene } from "../../assets/chart/span-scene.js";
import { analyze } from "../../src/analyze/index.js";
import { spanDrafts } from "../support/random-spans.js";
import { sessionFromDrafts, sessionFromText } from "../support/session-text.js";

const TEXT = `
  session 0..1000
    turn 0..400
      step 0..400
        model 0..200 first 50
        read 200..300
        bash 250..400 ask 260..300
    turn 500..1000
      step 500..1000
        model 500..1000 first 600`;
const report = analyze(sessionFromText(TEXT), "test");
const index = new SceneIndex(spanScene(report, 1_000, "never"));
const nameOf = (id: number) => `${report.spans[id]?.kind} ${report.spans[id]?.startMs}`;
const idOf = (name: string) => report.spans.findIndex((_, id) => nameOf(id) === name);
const to = (name: string, action: Action) => nameOf(moveFrom(index, idOf(name), action));
const ARROWS = ["up", "down", "left", "right", "first", "last"] as const;

test.each([
  ["session 0", "down", "turn 0"],
  ["session 0", "up", "session 0"],
  ["turn 0", "up", "session 0"],
  ["turn 0", "right", "user 400"],
  ["user 400", "right", "turn 500"],
  ["turn 500", "right", "turn 500"],
  ["turn 500", "left", "user 400"],
  ["turn 0", "left", "turn 0"],
  ["turn 0", "last", "turn 500"],
  ["turn 500", "first", "turn 0"],
  ["turn 500", "down", "step 500"],
  ["step 0", "down", "model 0"],
  ["step 0", "right", "step 0"],
  ["model 0", "right", "tool 200"],
  ["tool 200", "right", "tool 250"],
  ["tool 200", "up", "step 0"],
  ["tool 200", "down", "tool 200"],
] as const)("from %s, %s leads to %s", (from, action, expected) => {
  expect(to(from, action)).toBe(expected);
});

test("a wait, which is drawn in the row of its call, lies beneath it all the same", () => {
  expect(to("model 0", "down")).toBe("wait 0");
  expect(to("wait 0", "up")).toBe("model 0");
  expect(to("tool 250", "down")).toBe("wait 260");
  expect(to("wait 260", "up")).toBe("tool 250");
});

test("where nothing is selected, every arrow begins at the root", () => {
  for (const action of ARROWS) expect(moveFrom(index, null, action)).toBe(0);
});

test("in a sandwich, up leads to what is drawn above: from the middle to its callers", () => {
  const { scene } = mergedScene(report, 1_000, "sandwich", "tool", "time", "bash");
  const sandwich = new SceneIndex(scene);
  for (const [id] of scene.parents.entries()) {
    if (!sandwich.has(id)) continue;
    const row = (other: number) => sandwich.box(other)?.row ?? -1;
    expect(row(moveFrom(sandwich, id, "up"))).toBeLessThanOrEqual(row(id));
    expect(row(moveFrom(sandwich, id, "down"))).toBeGreaterThanOrEqual(row(id));
  }
});

describe("in any session", () => {
  const indexes = spanDrafts.map((drafts) => {
    const made = analyze(sessionFromDrafts(drafts), "test");
    return new SceneIndex(spanScene(made, 1_000, "auto"));
  });
  const drawn = (some: SceneIndex) => some.scene.parents.flatMap((_, id) => (some.has(id) ? [id] : []));

  test("an arrow leads to what is drawn", () => {
    fc.assert(
      fc.property(indexes, fc.constantFrom(...ARROWS), (some, action) => {
        for (const id of drawn(some)) expect(some.has(moveFrom(some, id, action))).toBe(true);
      }),
    );
  });

  test("up leads to the root, and right undoes left", () => {
    fc.assert(
      fc.property(indexes, (some) => {
        for (const id of drawn(some)) {
          let at = id;
          for (let steps = 0; steps < some.scene.parents.length && at !== 0; steps++) at = moveFrom(some, at, "up");
          expect(at).toBe(0);
          const left = moveFrom(some, id, "left");
          if (left !== id) expect(moveFrom(some, left, "right")).toBe(id);
        }
      }),
    );
  });
});
