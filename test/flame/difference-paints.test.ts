import { describe, expect, test } from "vitest";
import { DIFFERENCE_PAINTS, DIFFERENCE_STEPS, differencePaint } from "../../src/flame/difference-paints.js";
import { PAGE, type Paint } from "../../src/flame/palette.js";
import { leastContrast } from "../support/colour-vision.js";

const paints: readonly Paint[] = Object.values(DIFFERENCE_PAINTS);
const [MORE, LESS] = [1, 2].map((i) => DIFFERENCE_STEPS.map((step) => step[i] as Paint)) as [Paint[], Paint[]];

describe.each(["light", "dark"] as const)("in the %s theme, for every kind of colour vision", (theme) => {
  test.each(paints)("$className stands out from the page, and its label can be read across its hatch", (paint) => {
    const { fill, ink, line } = paint[theme];
    expect(leastContrast(fill, PAGE[theme])).toBeGreaterThanOrEqual(3);
    expect(leastContrast(ink, fill)).toBeGreaterThanOrEqual(4.5);
    if (line === null) return;
    expect(leastContrast(ink, line)).toBeGreaterThanOrEqual(4.5);
    expect(leastContrast(line, fill)).toBeGreaterThanOrEqual(1.5);
  });

  test.each([
    ["more", MORE],
    ["less", LESS],
  ])("each step of %s differs from the next one, and the heaviest from the page most", (_, steps) => {
    const toPage = steps.map((paint) => leastContrast(paint[theme].fill, PAGE[theme]));
    expect(toPage).toEqual([...toPage].sort((a, b) => b - a));
    for (const [i, { [theme]: tone }] of steps.entries()) {
      const next = steps[i + 1];
      if (next) expect(leastContrast(tone.fill, next[theme].fill)).toBeGreaterThanOrEqual(1.5);
    }
  });
});

test("more and less differ by a hatch, not by their colour alone", () => {
  expect([MORE.map(({ pattern }) => pattern), LESS.map(({ pattern }) => pattern)]).toEqual([
    [null, null, null],
    ["falling", "falling", "falling"],
  ]);
});

test.each([
  [0.1, "more3"],
  [0.0999, "more2"],
  [0.005, "more1"],
  [0.0049, "same"],
  [0, "same"],
  [-0.0049, "same"],
  [-0.02, "less2"],
  [-1, "less3"],
])("a difference of %d of all work is %s", (share, className) => {
  expect(differencePaint(share).className).toBe(className);
});
