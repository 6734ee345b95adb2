import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  FIRST_STATE,
  GROUPINGS,
  hashOf,
  type PageState,
  PICTURES,
  stateOf,
  WEIGHTS,
} from "../../assets/page/page-state.js";

/** A page with its sections, rows of messages in one of them and bars in another. */
function sectionOf(id: string): string | null {
  if (["overview", "timeline", "tokens", "tools", "suggestions", "notes"].includes(id)) return id;
  if (/^m\d+$/.test(id)) return "tokens";
  if (id.startsWith("suggestion-")) return "suggestions";
  return /^s\d{1,2}$/.test(id) ? "overview" : null;
}
const read = (hash: string) => stateOf(hash, sectionOf);
const differing = (hash: string) => {
  const state = read(hash);
  const keys = (Object.keys(state) as (keyof PageState)[]).filter((key) => state[key] !== FIRST_STATE[key]);
  return Object.fromEntries(keys.map((key) => [key, state[key]]));
};

test.each([
  ["", {}],
  ["#", {}],
  ["#overview", {}],
  ["#timeline", { tab: "timeline" }],
  ["#timeline&zoom=1200-5300&span=45", { tab: "timeline", zoom: [1_200, 5_300], span: 45 }],
  ["#m12", { tab: "tokens", row: "m12" }],
  ["#suggestion-failed-edit-2", { tab: "suggestions", row: "suggestion-failed-edit-2" }],
  ["#m12&span=3", { tab: "tokens", row: "m12", span: 3 }],
  ["#s12", { span: 12 }],
  ["#s1234", { span: 1_234 }],
  ["#s12&span=7", { span: 7 }],
  [
    "#timeline&picture=sandwich&by=file&weight=cost&name=a.ts",
    { ...{ tab: "timeline", picture: "sandwich" }, by: "file", weight: "cost", name: "a.ts" },
  ],
  ["#timeline&picture=graph&zoom=0.25-0.5&node=9", { tab: "timeline", picture: "graph", zoom: [0.25, 0.5], node: 9 }],
  ["#timeline&find=npm+test", { tab: "timeline", find: "npm test" }],
  ["#timeline&regex=%5Enpm", { tab: "timeline", find: "^npm", isRegex: true }],
  ["#timeline&find=a&regex=b", { tab: "timeline", find: "b", isRegex: true }],
  ["#timeline&fold=never&path=1", { tab: "timeline", folding: "never", isPathLit: true }],
])("%s means %j and else the first state", (hash, expected) => {
  expect(differing(hash)).toEqual(expected);
});

test.each([
  "#nowhere",
  "#x12",
  "#overview&picture=film&by=colour&weight=grams&fold=twice&colour=red",
  "#overview&picture=CHART&picture=&by=toString",
  "#overview&span=-1&node=1.5",
  "#overview&span=&node=1e3",
  "#overview&zoom=5-5",
  "#overview&zoom=7-5",
  "#overview&zoom=-5",
  "#overview&zoom=5",
  "#overview&zoom=NaN-1",
  "#overview&zoom=0-Infinity",
  "#overview&zoom=1e2-1e3",
  "#overview&zoom=0x1-0x2",
  "#overview&zoom=1-2-3",
  "#%",
  "#%&zoom=%",
  "#a&zoom=NaN-1",
  "#&&&",
  "#=&=&==",
  "#__proto__",
])("%s means nothing: it is the first state", (hash) => {
  expect(differing(hash)).toEqual({});
});

test("the first state is a short address", () => {
  expect(hashOf(FIRST_STATE)).toBe("#overview");
  expect(hashOf({ ...FIRST_STATE, tab: "timeline", zoom: [1_200, 5_300], span: 45 })).toBe(
    "#timeline&zoom=1200-5300&span=45",
  );
  expect(hashOf({ ...FIRST_STATE, tab: "tokens", row: "m12" })).toBe("#m12");
});

describe("any state", () => {
  const id = fc.option(fc.nat(), { nil: null });
  const words = fc.string({ unit: "grapheme" });
  /** In hundredths, which an address holds exactly. */
  const zoom = fc
    .tuple(fc.nat(1e9), fc.integer({ min: 1, max: 1e9 }))
    .map(([from, length]) => [from / 100, (from + length) / 100] as const);
  const place = fc.oneof(
    fc.constantFrom("overview", "timeline", "notes").map((tab) => ({ tab, row: "" })),
    fc.nat().map((row) => ({ tab: "tokens", row: `m${row}` })),
  );
  const rest = fc.record({
    picture: fc.constantFrom(...PICTURES),
    by: fc.constantFrom(...GROUPINGS),
    weight: fc.constantFrom(...WEIGHTS),
    folding: fc.constantFrom("auto", "always", "never"),
    ...{ zoom: fc.option(zoom, { nil: null }), span: id, node: id },
    ...{ name: words, find: words, isRegex: fc.boolean(), isPathLit: fc.boolean() },
  });
  const states = fc.tuple(place, rest).map(([where, what]): PageState => ({ ...where, ...what }));

  test("is read from its address as it was", () => {
    fc.assert(fc.property(states, (state) => void expect(read(hashOf(state))).toEqual(state)));
  });

  test("has an address that a browser leaves as it is", () => {
    fc.assert(
      fc.property(states, (state) => {
        expect(new URL(hashOf(state), "file:///report.html").hash).toBe(hashOf(state));
      }),
    );
  });

  test("of a zoom keeps what can be seen, however small the part or odd the figure", () => {
    const part = fc.double({ min: 0, max: 1, noNaN: true });
    const view = fc.tuple(part, part).filter(([a, b]) => Math.abs(a - b) > 1e-6);
    fc.assert(
      fc.property(view, fc.constantFrom(1, 1e4, 1e9), ([a, b], scale) => {
        const zoom = [Math.min(a, b) * scale, Math.max(a, b) * scale] as const;
        const [from = -1, to = -1] = read(hashOf({ ...FIRST_STATE, zoom })).zoom ?? [];
        const pixel = (zoom[1] - zoom[0]) / 1_000;
        expect(Math.abs(from - zoom[0])).toBeLessThan(pixel);
        expect(Math.abs(to - zoom[1])).toBeLessThan(pixel);
      }),
    );
    expect(read(hashOf({ ...FIRST_STATE, zoom: [1e-17, 0.5] })).zoom).toEqual([0, 0.5]);
  });
});

test("no address stops the page, and what is read is an address again", () => {
  const piece = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom("&", "=", "%", "zoom=", "span=", "-", "regex="),
  );
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const state = read(`#${pieces.join("")}`);
      expect(PICTURES).toContain(state.picture);
      expect(read(hashOf(state))).toEqual(state);
    }),
  );
});
