import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mergedNodes } from "../../src/flame/merge.js";
import { PAINTS } from "../../src/flame/palette.js";
import { frame } from "../../src/flame/stack.js";
import { chainOfStacks, costStacks, wholeStacks } from "../support/random-stacks.js";
import { nodesAsText, stacksFromText } from "../support/stack-text.js";

const merged = (text: string) => mergedNodes(stacksFromText(text), "session");

test("stacks that begin with the same names are one, the heaviest first, then by name", () => {
  const nodes = merged(`
    turn;step;model 10
    turn;step;read 5
    turn;step;bash 30
    turn;step;model 10
    turn;step;glob 5
    turn;step 2`);
  expect(nodesAsText(nodes, ({ self }) => (self > 0 ? `self ${self}` : ""))).toEqual([
    "session 62",
    "  turn 62",
    "    step 62 self 2",
    "      bash 30 self 30",
    "      model 20 self 20",
    "      glob 5 self 5",
    "      read 5 self 5",
  ]);
  expect(nodes.map(({ parent }) => parent)).toEqual([-1, 0, 1, 2, 2, 2, 2]);
});

test("the same name in two places is two nodes", () => {
  expect(nodesAsText(merged("a;b 1\nb 2"))).toEqual(["session 3", "  b 2", "  a 1", "    b 1"]);
});

describe("the count", () => {
  test("is that of calls, however many stacks run through one", () => {
    const call = frame("model call", PAINTS.generating, frame("step", PAINTS.step, null));
    const wait = frame("waiting for the model", PAINTS.waiting, call);
    const thinking = frame("AI thinking", PAINTS.generating, call);
    const nodes = mergedNodes(
      [
        { leaf: wait, weight: 5, spanId: 2 },
        { leaf: thinking, weight: 10, spanId: 1 },
        ...stacksFromText("step;model call;AI thinking 3"),
      ],
      "session",
    );
    expect(nodesAsText(nodes, ({ count }) => `x${count}`)).toEqual([
      "session 18 x1",
      "  step 18 x2",
      "    model call 18 x2",
      "      AI thinking 13 x2",
      "      waiting for the model 5 x1",
    ]);
  });

  test("is what a frame says that already is a sum", () => {
    const [, node] = mergedNodes([{ leaf: frame("bash", PAINTS.tool, null, 7), weight: 1, spanId: null }], "session");
    expect(node?.count).toBe(7);
  });
});

test("the longest span is the one beneath that took the most by itself, of equals the first", () => {
  const nodes = merged(`
    step;bash 5 span:7
    step;bash 9 span:9
    step;bash 9 span:8
    step;read 100
    step 1 span:1`);
  const longest = nodes.map(({ name, longestSpanId, longestWeight }) => [name, longestSpanId, longestWeight]);
  expect(longest).toEqual([
    ["session", 8, 9],
    ["step", 8, 9],
    ["read", null, 0],
    ["bash", 8, 9],
  ]);
});

test("costs that are equal are equal, in whatever order they were added up", () => {
  expect(nodesAsText(merged("b;x 0.1\nb;x 0.2\na;x 0.3"))).toEqual([
    "session 0.6",
    "  a 0.3",
    "    x 0.3",
    "  b 0.3",
    "    x 0.3",
  ]);
  fc.assert(
    fc.property(costStacks, (stacks) => {
      expect(mergedNodes(stacks.toReversed(), "session")).toEqual(mergedNodes(stacks, "session"));
    }),
  );
});

test("nothing merged is a root of nothing", () => {
  expect(mergedNodes([], "session")).toMatchObject([{ total: 0, self: 0, parent: -1, longestSpanId: null }]);
});

test("a total is the node's own and its children's; the root's is all", () => {
  fc.assert(
    fc.property(wholeStacks, (stacks) => {
      const nodes = mergedNodes(stacks, "session");
      const sums = nodes.map(({ self }) => self);
      for (const { parent, total } of nodes.slice(1)) sums[parent] = (sums[parent] as number) + total;
      expect(sums).toEqual(nodes.map(({ total }) => total));
      expect(nodes[0]?.total).toBe(stacks.reduce((sum, { weight }) => sum + weight, 0));
    }),
    { numRuns: 500 },
  );
});

test("nodes stand in pre-order, siblings by weight, none twice", () => {
  fc.assert(
    fc.property(wholeStacks, (stacks) => {
      const nodes = mergedNodes(stacks, "session");
      const last = new Map<number, (typeof nodes)[number]>();
      nodes.forEach((node, id) => {
        expect(node.parent).toBeLessThan(id);
        expect(node.depth).toBe(id === 0 ? 0 : (nodes[node.parent]?.depth ?? 0) + 1);
        const before = last.get(node.parent);
        const isBehind =
          !before || before.total > node.total || (before.total === node.total && before.name < node.name);
        expect(isBehind).toBe(true);
        last.set(node.parent, node);
      });
    }),
    { numRuns: 500 },
  );
});

test("a chain 50,000 deep is merged", () => {
  const nodes = mergedNodes(chainOfStacks(50_000, ["task", "step"]), "session");
  expect([nodes.length, nodes[0]?.total, nodes.at(-1)?.depth]).toEqual([50_001, 50_000, 50_000]);
});
