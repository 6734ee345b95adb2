import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { analyze } from "../../src/analyze/index.js";
import { readPageAssets } from "../../src/cli/package-files.js";
import type { Session } from "../../src/model/session.js";
import { renderHtml } from "../../src/render/index.js";
import { misplaced } from "../../src/report/misplaced.js";
import { checkedReport } from "../../src/report/schema.js";
import { upgraded } from "../../src/report/upgrades.js";
import { EXAMPLE, loadRoots } from "../support/fixtures.js";

const assets = readPageAssets();
let json = "";
beforeAll(async () => {
  const [session] = await loadRoots(EXAMPLE);
  json = JSON.stringify(analyze(session as Session, "test"));
});

type Place = readonly (string | number)[];

/** Every place in a value, outer ones first. */
function placesIn(value: unknown, place: Place = []): Place[] {
  const inner = typeof value === "object" && value !== null ? Object.entries(value) : [];
  return [place, ...inner.flatMap(([key, item]) => placesIn(item, [...place, key]))];
}

function valueAt(root: unknown, place: Place): unknown {
  return place.reduce((inner, key) => (inner as Record<string, unknown> | null)?.[key], root);
}

function withChange(root: unknown, place: Place, value: unknown): void {
  const at = valueAt(root, place.slice(0, -1));
  if (typeof at === "object" && at !== null) (at as Record<string, unknown>)[place.at(-1) as string] = value;
}

const MARKUP = `"'><img src=x onerror=alert(1)><script>alert(1)</script>`;
/** What a figure, a text, a choice or a table may have been replaced by. */
const VALUES = [
  ...[0, -1, 0.5, 3, 40, Number.MAX_SAFE_INTEGER, -Number.MAX_SAFE_INTEGER, Number.MAX_VALUE],
  ...[MARKUP, "", "\u202e", "unknown", "wait", "model", "file", "estimated", "__proto__"],
  ...[null, true, [], {}],
];

test("a report from outside, whatever was changed in it, is refused or gives a page without markup or holes of its making", () => {
  const places = placesIn(JSON.parse(json)).slice(1);
  const root = JSON.parse(json);
  const change = fc.constantFrom(...places).chain((place) => {
    const same = VALUES.filter((value) => typeof value === typeof valueAt(root, place));
    const value = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...same) }, fc.constantFrom(...VALUES));
    return fc.tuple(fc.constant(place), value);
  });
  const seen = { refused: 0, rendered: 0 };
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
      const value = JSON.parse(json);
      for (const [place, changed] of changes) withChange(value, place, changed);
      const read = checkedReport(upgraded(value));
      if ("problem" in read || misplaced(read.report) !== null) {
        seen.refused++;
        return;
      }
      seen.rendered++;
      const page = renderHtml(read.report, assets).replace(/<style>[\s\S]*?<\/style>|<script[\s\S]*?<\/script>/g, "");
      expect(/<(img|script)|.{20}(undefined|NaN|Infinity|\[object).{20}/.exec(page)?.[0]).toBeUndefined();
    }),
    { numRuns: 400 },
  );
  expect(Math.min(seen.refused, seen.rendered)).toBeGreaterThan(40);
});
