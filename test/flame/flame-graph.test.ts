import fc from "fast-check";
import { expect, test } from "vitest";
import { flameGraph } from "../../src/flame/flame-graph.js";
import { mergedNodes } from "../../src/flame/merge.js";
import { expectTidyBoxes } from "../support/boxes.js";
import { chainOfStacks, costStacks, wholeStacks } from "../support/random-stacks.js";
import { stacksFromText } from "../support/stack-text.js";

const graphOf = (text: string, widthPx = 1000) => flameGraph(mergedNodes(stacksFromText(text), "session"), widthPx);

test("a row for each depth, widths by totals, children from the left, own time free at the right", () => {
  const { nodes, picture } = graphOf(`
    turn;model 30
    turn;bash 50
    turn 15
    task 5`);
  const drawn = picture.rows.map((row) => row.map(({ id, x, width }) => [nodes[id]?.name, x, width]));
  expect(drawn).toEqual([
    [["session", 0, 1000]],
    [
      ["turn", 0, 950],
      ["task", 950, 50],
    ],
    [
      ["bash", 0, 500],
      ["model", 500, 300],
    ],
  ]);
});

test("a box says the row it is in and what its width stands for", () => {
  expect(graphOf("turn 5 span:1").picture.rows[1]).toEqual([{ id: 1, row: 1, x: 0, width: 1000, size: 5 }]);
});

test("what took nothing has no box, but is a node", () => {
  const { nodes, picture } = graphOf("turn;bash 10\nturn;read 0");
  expect(nodes.map(({ name }) => name)).toEqual(["session", "turn", "bash", "read"]);
  expect(picture.rows.map((row) => row.length)).toEqual([1, 1, 1]);
  expect(flameGraph(mergedNodes([], "session"), 1000).picture.rows).toEqual([]);
});

test("boxes never overlap, and none reaches out of its parent, by not the smallest fraction", () => {
  const widths = fc.double({ min: 50, max: 5_000, noNaN: true });
  fc.assert(
    fc.property(fc.oneof(wholeStacks, costStacks), widths, (stacks, widthPx) => {
      const { nodes, picture } = flameGraph(mergedNodes(stacks, "session"), widthPx);
      expectTidyBoxes(picture);
      const boxes = new Map(picture.rows.flat().map((box) => [box.id, box]));
      for (const { id, x, width, size, row } of boxes.values()) {
        const { parent, total, depth } = nodes[id] as (typeof nodes)[number];
        expect([size, row]).toEqual([total, depth]);
        expect(width).toBeCloseTo((total / (nodes[0]?.total ?? 1)) * widthPx, 3);
        const around = boxes.get(parent);
        if (around) expect(x >= around.x && x + width <= around.x + around.width).toBe(true);
      }
    }),
    { numRuns: 500 },
  );
});

test("a chain 50,000 deep is drawn", () => {
  const { picture } = flameGraph(mergedNodes(chainOfStacks(50_000, ["task", "step"]), "session"), 1000);
  expect(picture.rows.length).toBe(50_001);
});
