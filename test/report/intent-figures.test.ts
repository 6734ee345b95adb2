import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { IntentRow } from "../../src/model/report.js";
import { confusionMatrix, intentFigures } from "../../src/report/intent-figures.js";
import { intentRow } from "../support/skill-report.js";

/** `fix 0.9 fix`: what was said, how surely, what was right; `-` for what is not known, `!` behind it for handed on. */
function rowsOf(...lines: readonly string[]): IntentRow[] {
  return lines.map((line) => {
    const [label = "", confidence, correct = "-", mark] = line.split(" ");
    const known = (text: string | undefined) => (text === "-" ? null : (text ?? null));
    const sure = known(confidence);
    return intentRow(label, known(correct), sure === null ? null : Number(sure), { escalated: mark === "!" });
  });
}

describe("accuracy, confidence and escalation", () => {
  test("are each of those that say it", () => {
    const rows = [
      ...rowsOf("fix 0.9 fix", "fix 0.5 ask !", "ask - -"),
      intentRow("ask", null, 0.7, { escalated: null }),
    ];
    const figures = intentFigures(rows);
    expect(figures).toMatchObject({ count: 4, labelled: 2, accuracy: 0.5, confident: 3, mayEscalate: 3 });
    expect(figures.escalationRate).toBeCloseTo(1 / 3);
    expect(figures.meanConfidence).toBeCloseTo(0.7);
  });

  test("are unknown where nothing says them, not 0", () => {
    expect(intentFigures([intentRow("fix", null, null, { escalated: null })])).toEqual({
      ...{ count: 1, labelled: 0, accuracy: null, confident: 0, meanConfidence: null },
      ...{ mayEscalate: 0, escalationRate: null, bins: [], calibrationError: null },
    });
  });
});

describe("bins of confidence", () => {
  test("hold their lower edge, and the last one also 1", () => {
    const { bins } = intentFigures(rowsOf("a 0 -", "a 0.1 -", "a 0.3 -", "a 0.7 -", "a 0.999 -", "a 1 -"));
    expect(bins.map(({ count }) => count)).toEqual([1, 1, 0, 1, 0, 0, 0, 1, 0, 2]);
  });

  test("tell right, wrong and unknown apart", () => {
    const { bins } = intentFigures(rowsOf("a 0.91 a", "a 0.95 b", "a 0.99 -"));
    expect(bins[9]).toMatchObject({ count: 3, right: 1, wrong: 1, unknown: 1, accuracy: 0.5 });
    expect(bins[9]?.meanConfidence).toBeCloseTo(0.93);
    expect(bins[0]).toMatchObject({ count: 0, meanConfidence: null, accuracy: null });
  });

  test("hold every classification that has a confidence once, whatever it is", () => {
    const confidences = fc.array(fc.option(fc.double({ min: -2, max: 2, noNaN: true })));
    fc.assert(
      fc.property(confidences, (all) => {
        const { bins, confident } = intentFigures(all.map((confidence) => intentRow("a", "a", confidence)));
        expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(confident);
      }),
    );
  });
});

test("the calibration error is the mean gap between confidence and accuracy, by what is labelled", () => {
  // 0.95 and right, right, wrong: a gap of 0.2833; 0.25 and wrong: 0.25.
  const rows = rowsOf("a 0.95 a", "a 0.95 a", "a 0.95 b", "a 0.25 b", "a 0.55 -");
  expect(intentFigures(rows).calibrationError).toBeCloseTo((3 * (0.95 - 2 / 3) + 0.25) / 4);
  expect(intentFigures(rowsOf("a 1 a", "a 0 b")).calibrationError).toBe(0);
  expect(intentFigures(rowsOf("a 0.5 -")).calibrationError).toBeNull();
});

describe("the confusion matrix", () => {
  test("counts what was said by row and what was right by column", () => {
    expect(confusionMatrix(rowsOf("fix 1 fix", "fix 1 fix", "ask 1 fix", "ask 1 ask", "fix 1 -"), 9)).toEqual({
      labels: ["fix", "ask"],
      counts: [
        [2, 0],
        [1, 1],
      ],
      leftOut: 0,
    });
  });

  test("has the most frequent labels, and says how many are in no cell", () => {
    const { labels, counts, leftOut } = confusionMatrix(rowsOf("a 1 a", "a 1 b", "c 1 a", "b 1 b", "d 1 d"), 2);
    expect([labels, counts, leftOut]).toEqual([
      ["a", "b"],
      [
        [1, 1],
        [0, 1],
      ],
      2,
    ]);
  });

  test("is empty where nobody said what was right", () => {
    expect(confusionMatrix(rowsOf("a 1 -"), 9)).toEqual({ labels: [], counts: [], leftOut: 0 });
  });
});
