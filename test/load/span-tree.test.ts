import fc from "fast-check";
import { expect, test } from "vitest";
import { spanTree } from "../../src/load/span-tree.js";
import { chainOfDrafts, spanDrafts } from "../support/random-spans.js";
import { draftsFromText, spansAsText } from "../support/session-text.js";

const treeOf = (text: string) => spanTree(draftsFromText(text));

test("siblings are put in start order, equal starts keep theirs", () => {
  const { spans, indexOf } = treeOf(`
    session 0..100
      second 50..60
      first 0..10
      third 50..55`);
  expect(spansAsText(spans)).toEqual(["session 0..100", "  first 0..10", "  second 50..60", "  third 50..55"]);
  expect(indexOf).toEqual([0, 2, 1, 3]);
});

test("a missing end becomes the last end inside the span, never later", () => {
  const { spans } = treeOf(`
    session 0..?
      turn 0..?
        step 0..?
          bash 5..?
          read 6..30`);
  expect(spansAsText(spans)).toEqual([
    "session 0..30",
    "  turn 0..30",
    "    step 0..30",
    "      bash 5..5",
    "      read 6..30",
  ]);
});

test("an end before its start gives length 0 and a note", () => {
  const { spans, notes } = treeOf(`
    session 0..100
      bash 50..40`);
  expect(spansAsText(spans)).toEqual(["session 0..100", "  bash 50..50"]);
  expect(notes.map((note) => note.text)).toEqual(["1 span ended before the start; shown with length 0."]);
});

test("what lies outside its parent is cut off, with a note", () => {
  const { spans, notes } = treeOf(`
    session 0..100
      turn 10..50
        bash 5..60
        read 70..80`);
  expect(spansAsText(spans)).toEqual(["session 0..100", "  turn 10..50", "    bash 10..50", "    read 50..50"]);
  expect(spans.slice(2)).toMatchObject([{ calledAt: 10 }, { calledAt: 50 }]);
  expect(notes).toEqual([
    { kind: "repaired", text: "2 spans reached outside the enclosing span; the part outside was cut off." },
  ]);
});

test("times inside a call are cut to the call", () => {
  const { spans } = treeOf(`
    session 0..100
      model 10..50 first 60 retry 5..20
      question 60..70 ask 65..90`);
  expect(spans[1]).toMatchObject({ firstOutputAt: 50, retrying: { startAt: 10, endAt: 20 } });
  expect(spans[2]).toMatchObject({ userWaits: [{ startAt: 65, endAt: 70 }] });
});

test("any list of spans gives a tree: pre-order, children inside parents, siblings in order, frozen", () => {
  fc.assert(
    fc.property(spanDrafts, (drafts) => {
      const { spans, indexOf } = spanTree(drafts);
      expect([...indexOf].sort((a, b) => a - b)).toEqual(spans.map((_, i) => i));
      const lastStart = new Map<number, number>();
      for (const [i, span] of spans.entries()) {
        expect(span.endAt).toBeGreaterThanOrEqual(span.startAt);
        if (i === 0) continue;
        expect(span.parent).toBeLessThan(i);
        const parent = spans[span.parent] as (typeof spans)[number];
        expect(span.startAt >= parent.startAt && span.endAt <= parent.endAt).toBe(true);
        expect(span.startAt).toBeGreaterThanOrEqual(lastStart.get(span.parent) ?? Number.NEGATIVE_INFINITY);
        lastStart.set(span.parent, span.startAt);
      }
      expect(spans.every(Object.isFrozen)).toBe(true);
    }),
  );
});

test("a chain 50,000 deep needs no recursion", () => {
  const { spans } = spanTree(chainOfDrafts(50_000));
  expect(spans).toHaveLength(50_000);
  expect(spans.at(-1)?.parent).toBe(49_998);
});
