import { describe, expect, test } from "vitest";
import { analyze } from "../../../src/analyze/index.js";
import type { Report } from "../../../src/model/report.js";
import { ganttText } from "../../../src/render/markdown/gantt.js";
import { sessionFromStory } from "../../support/story-text.js";

const reportOf = (story: string): Report => analyze(sessionFromStory(story), "1.0.0");
const lines = (story: string) => ganttText(reportOf(story)).split("\n");
const bars = (story: string) =>
  lines(story)
    .filter((line) => /^ {5}\S/.test(line))
    .map((line) => line.trim());

test("bars lie where their operations lie, turn by turn, with the duration first", () => {
  const story = `
    turn 0..9000 asks:5
      step 0..4000 first:800 until:1500
        read src/a.ts 1600..3600
      step 4000..9000 first:5000 error:APIError
    turn 9000..12000 asks:5
      step 9000..12000 first:9500`;
  expect(ganttText(reportOf(story))).toBe(
    [
      "### Timeline\n",
      "<sub>4 operations; tools are grey, what failed is red</sub>\n",
      " ```mermaid",
      " gantt",
      "   accTitle: Timeline of what took longest",
      "   dateFormat x",
      "   axisFormat %s s",
      "   todayMarker off",
      "   section Turn 1",
      "     1.5 s Response 2 :0, 1500",
      "     2.0 s read a.ts :done, 1600, 3600",
      "     5.0 s Response 3 :4000, 9000",
      "   section Turn 2",
      "     3.0 s Response 5 :9000, 12000",
      " ```",
    ].join("\n"),
  );
});

describe("the axis counts from the session's start", () => {
  test.each([
    [9_000, "%Q ms", ":0, 9000"],
    [60_000, "%s s", ":0, 60000"],
    [3_600_000, "%s min", ":0, 60000"],
    [180_000_000, "%s h", ":0, 50000"],
  ])("of %d ms with %s", (ms, format, place) => {
    const story = `
      turn 0..${ms} asks:5
        step 0..${ms} first:${ms}`;
    expect(lines(story)).toContain(`   axisFormat ${format}`);
    expect(bars(story)[0]).toMatch(new RegExp(`${place}$`));
  });
});

test("idle time that the page folds is left out, and that is said", () => {
  const story = `
    turn 0..5000 asks:5
      step 0..5000 first:1000
    turn 3605000..3610000 asks:5
      step 3605000..3610000 first:3606000`;
  expect(bars(story)).toEqual(["5.0 s Response 2 :0, 5000", "5.0 s Response 4 :5000, 10000"]);
  expect(lines(story)[2]).toContain("1\u00a0h 00\u00a0min without work left out");
});

test("of many operations the longest are shown", () => {
  const steps = Array.from(
    { length: 40 },
    (_, i) => `  step ${i * 1000}..${i * 1000 + 500 + i} first:${i * 1000 + 400}`,
  );
  const story = ["turn 0..40000 asks:5", ...steps].join("\n");
  expect(bars(story)).toHaveLength(20);
  expect(bars(story)[0]).toBe("520 ms Response 22 :20000, 20520");
  expect(lines(story)[2]).toContain("the 20 longest of 40 operations");
});

test("where no operation takes a hundredth of the time, the turns are shown", () => {
  const turn = (i: number) =>
    `turn ${i * 100_000}..${(i + 1) * 100_000} asks:5\n  step ${i * 100_000}..${i * 100_000 + 700}`;
  const story = [0, 1].map(turn).join("\n");
  expect(bars(story)).toEqual(["1 min 40 s turn :0, 100000", "1 min 40 s turn :100000, 200000"]);
  expect(lines(story)[2]).toBe("<sub>2 turns; what failed is red</sub>");
});

test("a session without an operation has no timeline", () => {
  expect(ganttText(reportOf("turn 0..9000 asks:5"))).toBe("");
});
