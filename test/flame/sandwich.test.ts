import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mergedNodes } from "../../src/flame/merge.js";
import { PAINTS } from "../../src/flame/palette.js";
import { names, sandwich } from "../../src/flame/sandwich.js";
import { frame } from "../../src/flame/stack.js";
import { expectTidyBoxes } from "../support/boxes.js";
import { chainOfStacks, costStacks, wholeStacks } from "../support/random-stacks.js";
import { stacksFromText } from "../support/stack-text.js";

const merged = (text: string) => mergedNodes(stacksFromText(text), "session");

/** The rows of a sandwich as text, from the top. */
function drawn(text: string, name: string): string[] {
  const { nodes, picture } = sandwich(merged(text), name, 1000);
  const nameOf = (id: number) => nodes[id]?.name;
  return picture.rows.map((row) => row.map(({ id, x, size }) => `${nameOf(id)} ${size} at ${x}`).join(", "));
}

describe("a sandwich", () => {
  test("has the callers above, the nearest next to the name, and the callees beneath", () => {
    const calls = `
      turn;step;bash;npm test 30
      turn;step;bash;git 10
      turn;task;step;bash;npm test 40
      turn;step;bash 20
      turn;step;read 500`;
    expect(drawn(calls, "bash")).toEqual([
      "turn 40 at 600",
      "turn 60 at 0, task 40 at 600",
      "step 100 at 0",
      "bash 100 at 0",
      "npm test 70 at 0, git 10 at 700",
    ]);
  });

  test("leaves free above the name what the session itself called", () => {
    expect(drawn("bash 60\nstep;bash 40", "bash")).toEqual(["step 40 at 0", "bash 100 at 0"]);
  });

  test("counts what is within another of the same name once: callers are those of the outer one", () => {
    const calls = `
      turn;task;step;task;step;bash 15
      turn;task;bash 5`;
    expect(drawn(calls, "task")).toEqual([
      "turn 20 at 0",
      "task 20 at 0",
      "step 15 at 0, bash 5 at 750",
      "task 15 at 0",
      "step 15 at 0",
      "bash 15 at 0",
    ]);
  });

  test("of a name that is not there is empty", () => {
    expect(drawn("turn;bash 5", "read")).toEqual([]);
    expect(drawn("turn;bash 5", "session")).toEqual([]);
  });

  test("lists the name, its callees, then its callers with negative depths, each with what it hangs on", () => {
    const { nodes } = sandwich(merged("turn;step;bash;git 10 span:4"), "bash", 1000);
    expect(nodes.map(({ name, depth, parent, longestSpanId }) => [name, depth, parent, longestSpanId])).toEqual([
      ["bash", 0, -1, 4],
      ["git", 1, 0, 4],
      ["step", -1, 0, 4],
      ["turn", -2, 2, 4],
    ]);
  });

  test("counts the calls that came from each caller", () => {
    const { nodes } = sandwich(merged("turn;step;bash 1\nturn;step;bash 1\ntask;bash 1"), "bash", 1000);
    expect(nodes.map(({ name, count }) => [name, count])).toEqual([
      ["bash", 3],
      ["step", 2],
      ["turn", 2],
      ["task", 1],
    ]);
  });
});

describe("the list of names", () => {
  test("has each name once, the heaviest first; calls within another of the same name are counted, their weight is not", () => {
    const nodes = merged(`
      turn;task;step;task;step;bash 10
      turn;task;bash 5
      turn;task 1`);
    expect(names(nodes).map(({ name, total, self, count }) => [name, total, self, count])).toEqual([
      ["task", 16, 1, 4],
      ["turn", 16, 0, 3],
      ["bash", 15, 15, 2],
      ["step", 10, 0, 2],
    ]);
  });

  test("leaves out the root, but not a call of the same name", () => {
    expect(names(merged("session;bash 5")).map(({ name, total }) => [name, total])).toEqual([
      ["bash", 5],
      ["session", 5],
    ]);
  });
});

test("a name's total and count are those of its sandwich, whose boxes never overlap", () => {
  fc.assert(
    fc.property(fc.oneof(wholeStacks, costStacks), (stacks) => {
      const nodes = mergedNodes(stacks, "session");
      for (const { name, total, count } of names(nodes)) {
        const { nodes: own, picture } = sandwich(nodes, name, 777);
        expect(own[0]?.total).toBeCloseTo(total, 9);
        expect([own[0]?.name, own[0]?.count]).toEqual([name, count]);
        expectTidyBoxes(picture);
        for (const { id, size } of picture.rows.flat()) expect(own[id]?.total).toBe(size);
        const nearest = own.filter(({ depth }) => depth === -1);
        const called = nearest.reduce((sum, node) => sum + node.total, 0);
        expect(called).toBeLessThanOrEqual(total + 1e-9);
      }
    }),
    { numRuns: 500 },
  );
});

test("selves of all names are everything, however names recur", () => {
  fc.assert(
    fc.property(wholeStacks, (stacks) => {
      const selves = names(mergedNodes(stacks, "session")).reduce((sum, { self }) => sum + self, 0);
      expect(selves).toBe(stacks.reduce((sum, { weight }) => sum + weight, 0));
    }),
  );
});

test("a chain 50,000 deep has its names, and a sandwich of each; callers far out are left out", () => {
  const nodes = mergedNodes(chainOfStacks(50_000, ["task", "step"]), "session");
  expect(names(nodes).map(({ name, total, count }) => [name, total, count])).toEqual([
    ["task", 50_000, 25_000],
    ["step", 49_999, 25_000],
  ]);
  expect(sandwich(nodes, "task", 1000).picture.rows).toHaveLength(50_000);
  const beside = chainOfStacks(20_000, ["task"]).map((stack) => ({
    ...stack,
    leaf: frame("bash", PAINTS.tool, stack.leaf),
  }));
  expect(sandwich(mergedNodes(beside, "session"), "bash", 1000).picture.rows).toHaveLength(101);
});
