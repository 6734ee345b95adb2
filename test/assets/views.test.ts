import fc from "fast-check";
import { expect, test } from "vitest";
import { eased, widened } from "../../assets/chart/views.js";

const view = (text: string) => {
  const [from = 0, to = 0] = text.split("..").map(Number);
  return { from, to };
};
const asText = ({ from, to }: { from: number; to: number }) => `${from}..${to}`;

test.each([
  ["100..300", "100..300"],
  ["0..1000", "0..1000"],
  ["-100..1200", "0..1000"],
  ["-100..100", "0..200"],
  ["900..1100", "800..1000"],
  ["500..500", "495..505"],
  ["501..499", "495..505"],
  ["0..2", "0..10"],
  ["999..1001", "990..1000"],
])("of a picture 1000 px wide, at least 10 px are shown: %s becomes %s", (wanted, shown) => {
  expect(asText(widened(view(wanted), 10, 1_000))).toBe(shown);
});

test("a view lies in the picture, is as wide as it has to be, and stays as it is", () => {
  const place = fc.double({ min: -5_000, max: 5_000, noNaN: true });
  fc.assert(
    fc.property(place, place, fc.double({ min: 1e-3, max: 2_000, noNaN: true }), (from, to, narrowest) => {
      const shown = widened({ from, to }, narrowest, 1_000);
      expect(shown.from).toBeGreaterThanOrEqual(0);
      expect(shown.to).toBeLessThanOrEqual(1_000 + 1e-9);
      expect(shown.to - shown.from).toBeGreaterThanOrEqual(Math.min(narrowest, 1_000) - 1e-9);
      const again = widened(shown, narrowest, 1_000);
      expect(again.from).toBeCloseTo(shown.from, 6);
      expect(again.to).toBeCloseTo(shown.to, 6);
    }),
  );
});

test("the way from one view to another begins at the one, ends at the other, and is quick at first", () => {
  const [a, b] = [view("0..1000"), view("400..500")];
  expect([eased(a, b, 0), eased(a, b, 1)]).toEqual([a, b]);
  const widths = [0, 0.25, 0.5, 0.75, 1].map((part) => {
    const { from, to } = eased(a, b, part);
    return to - from;
  });
  const steps = widths.slice(1).map((width, i) => (widths[i] as number) - width);
  expect(steps.every((step, i) => step > 0 && step < (steps[i - 1] ?? Number.POSITIVE_INFINITY))).toBe(true);
});
