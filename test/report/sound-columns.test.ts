import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { columnsOf, type Json, jsonOf } from "../../src/report/columns.js";
import { plainTexts } from "../../src/report/packed-texts.js";
import { isSound } from "../../src/report/sound-columns.js";

const parsed = (value: unknown) => JSON.parse(JSON.stringify(value));

test("whatever was made into columns is sound", () => {
  const json = fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<Json>;
  fc.assert(
    fc.property(json, (value) => {
      expect(isSound(parsed(columnsOf(value)))).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});

describe("what would give more than it holds is not sound", () => {
  const items = ["r", [1, 2, 3]];
  const of = (values: unknown, texts: unknown = plainTexts([])) => ({ texts, values });
  const inList = (column: unknown, count = 1) => of(["a", ["r", [count]], column]);

  test.each<[string, unknown]>([
    ["lists that hold the same items again", of(["a", ["r", [2]], ["a", ["r", [3, 3]], items]])],
    ["lists of negative length", of(["a", ["r", [3]], ["a", ["r", [3, -3, 3]], items]])],
    ["lists of half an item", of(["a", ["r", [2]], ["a", ["r", [1.5, 1.5]], items]])],
    ["objects without values", inList(["o", [["a"]], ["r", [0, 0]], { a: ["r", [1]] }], 2)],
    ["objects with a key twice", inList(["o", [["a", "a"]], ["r", [0]], { a: ["r", [1, 2]] }])],
    ["objects of no shape", inList(["o", [["a"]], ["r", [1]], { a: ["r", [1]] }])],
    ["columns of no key", inList(["o", [[]], ["r", [0]], { hidden: ["a", ["r", [9]], items] }])],
    ["kinds that are not there", inList(["m", ["r", [1]], [["r", [1]]]])],
    ["texts that are not there", inList(["t", [0]])],
    ["new texts that are not there", inList(["n", [0]])],
    ["texts that are none", of(["t", [0]], { ...plainTexts([]), texts: [{}] })],
    ["texts as pages no longer have them", of(["t", [0]], ["a"])],
    [
      "ids of no kind",
      of(["t", [0]], { ...plainTexts([]), texts: [0], steps: [1], counts: [1], ends: "x".repeat(14) }),
    ],
    ["ids without ends", of(["t", [0]], { texts: [0], kinds: ["msg_"], steps: [1], counts: [1], ends: "" })],
    ["ids without times", of(["t", [0]], { texts: [0], kinds: ["msg_"], steps: [], counts: [], ends: "x".repeat(14) })],
    ["differences of texts", inList(["d", ["a"]])],
    ["an unknown kind of column", of(["x", []])],
    ["no column", of(null)],
    ["several values", of(items)],
    ["nothing", null],
  ])("%s", (_, columns) => {
    expect(isSound(columns)).toBe(false);
  });

  test("and what is sound gives no more values than it holds", () => {
    const count = (value: unknown): number =>
      typeof value === "object" && value !== null
        ? Object.values(value).reduce((sum: number, inner) => sum + count(inner), 1)
        : 1;
    const anyColumn = fc.letrec((tie) => ({
      numbers: fc.tuple(fc.constantFrom("r", "d"), fc.array(fc.integer({ min: -1, max: 3 }), { maxLength: 5 })),
      column: fc.oneof(
        { depthSize: "small" },
        tie("numbers"),
        fc.tuple(fc.constant("a"), tie("numbers"), tie("column")),
        fc.tuple(
          fc.constant("o"),
          fc.constant([["a"], ["a", "b"]]),
          tie("numbers"),
          fc.record({ a: tie("column"), b: tie("column") }),
        ),
        fc.tuple(fc.constant("m"), tie("numbers"), fc.array(tie("column"), { maxLength: 2 })),
      ),
    })).column;
    let sound = 0;
    fc.assert(
      fc.property(anyColumn, (values) => {
        const columns = { texts: plainTexts([]), values: ["a", ["r", [2]], values] };
        if (!isSound(columns)) return;
        sound++;
        expect(count(jsonOf(columns))).toBeLessThanOrEqual(count(columns));
      }),
      { numRuns: 20_000, seed: 1 },
    );
    expect(sound).toBeGreaterThan(20);
  });
});
