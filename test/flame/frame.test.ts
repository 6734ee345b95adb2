import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Box, Boxes } from "../../src/flame/boxes.js";
import { frame } from "../../src/flame/frame.js";

/** Boxes of one row, drawn as `x+width`. */
function picture(text: string, widthPx = 1000): Boxes {
  const boxes = text.split(" ").map((word, id): Box => {
    const [x = 0, width = 0] = word.split("+").map(Number);
    return { id, row: 0, x, width, size: width * 10 };
  });
  return { widthPx, rows: [boxes] };
}

const drawn = (boxes: Boxes, from: number, to: number, widthPx = 1000) => {
  const { bars, marks } = frame(boxes, { from, to }, widthPx);
  return {
    bars: bars.map(({ box, x, width }) => `${box.id}: ${x}+${width}`),
    marks: marks.map(({ x, width, count, longest }) => `${count} from ${longest.id}: ${x}+${width}`),
  };
};

test("the whole picture at its own width is the picture", () => {
  expect(drawn(picture("0+100 100+900"), 0, 1000).bars).toEqual(["0: 0+100", "1: 100+900"]);
});

describe("zoomed in", () => {
  test("boxes are wider, and what is not in the view is left out", () => {
    expect(drawn(picture("0+100 100+50 200+100 600+10"), 100, 300).bars).toEqual(["0: -4+4", "1: 0+250", "2: 500+500"]);
  });

  test("a box that goes beyond the edges is cut a little outside them", () => {
    expect(drawn(picture("0+1000"), 400, 500).bars).toEqual(["0: -4+1008"]);
  });

  test("what was a mark becomes a bar", () => {
    const tiny = picture("500+0.5 502+0.5");
    expect(drawn(tiny, 0, 1000).bars).toEqual([]);
    expect(drawn(tiny, 500, 510).bars).toEqual(["0: 0+50", "1: 200+50"]);
  });
});

describe("boxes under a pixel", () => {
  test("are joined to one mark where less than a pixel lies between them, named after the longest", () => {
    expect(drawn(picture("10+0.2 10.4+0.3 500+0.1"), 0, 1000).marks).toEqual(["2 from 1: 10+1", "1 from 2: 500+1"]);
  });

  test("at the very end stay inside", () => {
    expect(drawn(picture("1000+0"), 0, 1000).marks).toEqual(["1 from 0: 999+1"]);
  });

  test("lose neither their number nor their size", () => {
    const parts = fc.array(fc.double({ min: 0, max: 3, noNaN: true }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(parts, fc.integer({ min: 20, max: 2000 }), (widths, widthPx) => {
        let x = 0;
        const boxes = widths.map((width, id) => {
          const box = { id, row: 0, x, width, size: width };
          x += width;
          return box;
        });
        const whole = { widthPx: x, rows: [boxes] };
        const { bars, marks } = frame(whole, { from: 0, to: x || 1 }, widthPx);
        expect(bars.length + marks.reduce((sum, { count }) => sum + count, 0)).toBe(boxes.length);
        const size = bars.reduce((sum, { box }) => sum + box.size, 0) + marks.reduce((sum, mark) => sum + mark.size, 0);
        expect(size).toBeCloseTo(x, 6);
        // A pixel at least lies between two marks of a row, so a row never has more things in it than pixels.
        expect(bars.length + marks.length).toBeLessThanOrEqual(widthPx * 2 + 2);
      }),
      { numRuns: 1_000 },
    );
  });
});

test("a view that shows nothing is empty, not broken", () => {
  expect(frame(picture("0+10"), { from: 5, to: 5 }, 1000).bars).toEqual([]);
  expect(frame({ widthPx: 0, rows: [] }, { from: 0, to: 0 }, 1000)).toEqual({ bars: [], marks: [] });
});
