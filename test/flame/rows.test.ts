import { expect, test } from "vitest";
import { reportSpans } from "../../src/analyze/report-spans.js";
import { rows } from "../../src/flame/rows.js";
import { sessionFromText } from "../support/session-text.js";

/** Rows drawn as text: the names in each, in start order. */
function drawn(text: string, extra: (name: string) => number = () => 0): string[] {
  const { spans } = reportSpans(sessionFromText(text));
  const { rowOf, rowCount } = rows(spans, (i) => extra(spans[i]?.name ?? ""));
  return Array.from({ length: rowCount }, (_, row) => {
    const inRow = spans.filter((span, i) => rowOf[i] === row && span.kind !== "wait");
    return inRow.map(({ name }) => name).join(" ");
  });
}

test("children stand beneath their parents, the model's lane above the tools'", () => {
  expect(
    drawn(`
      session 0..100
        turn 0..100
          step 0..50
            model 0..20 first 10
            bash 20..50
          step 50..100
            model 50..70 first 60
            read 70..80
            grep 80..90`),
  ).toEqual(["session", "turn", "step step", "model model", "bash read grep"]);
});

test("what overlaps goes to a lane of its own, back to back does not", () => {
  expect(
    drawn(`
      session 0..100
        turn 0..100
          bash 0..60
          read 10..20
          grep 20..30
          glob 25..70`),
  ).toEqual(["session", "turn", "bash", "read grep", "glob"]);
});

test("an overlapping sibling stands below the other's whole subtree", () => {
  expect(
    drawn(`
      session 0..100
        turn 0..100
          task 0..80
            subagent 0..80
              step 0..80
          bash 10..20`),
  ).toEqual(["session", "turn", "task", "subagent", "step", "bash"]);
});

test("idle time stands between the turns; a wait in the row of its call", () => {
  expect(
    drawn(`
      session 0..100
        turn 0..20
        turn 60..100`),
  ).toEqual(["session", "turn waiting for you turn"]);
});

test("rows are kept free for labels", () => {
  expect(
    drawn(
      `
      session 0..100
        read 0..50
        grep 10..50`,
      (name) => (name === "read" ? 1 : 0),
    ),
  ).toEqual(["session", "read", "", "grep"]);
});
