import { expect } from "vitest";
import type { Boxes } from "../../src/flame/boxes.js";

/** What must hold of every picture: boxes inside it, from left to right in each row without overlap, ids of their own. */
export function expectTidyBoxes({ widthPx, rows }: Boxes): void {
  const ids = rows.flat().map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  rows.forEach((boxes, i) => {
    let end = 0;
    for (const { row, x, width } of boxes) {
      expect([row, x >= end, width >= 0]).toEqual([i, true, true]);
      end = x + width;
    }
    expect(end).toBeLessThanOrEqual(widthPx);
  });
}
