import fc from "fast-check";
import { JSDOM } from "jsdom";
import { expect, test } from "vitest";
import type { Check } from "../../../src/model/check.js";
import { checkJunit } from "../../../src/render/check/junit.js";
import { visibleLine } from "../../../src/report/visible.js";
import { checkOf } from "../../support/check-text.js";
import { hostileTexts } from "../../support/hostile-report.js";

const { DOMParser } = new JSDOM("").window;

function parsed(check: Check): Element {
  const root = new DOMParser().parseFromString(checkJunit(check), "application/xml").documentElement;
  expect(root.getElementsByTagName("parsererror")).toHaveLength(0);
  return root;
}

const shape = ({ children }: Element): unknown[] => [...children].map((child) => [child.tagName, shape(child)]);
const attributes = (element: Element | null) =>
  Object.fromEntries(
    [...(element?.attributes ?? [])].map(({ name, value }) => [name, value.replaceAll("\u00a0", " ")]),
  );

const MIXED = [
  { label: "Cost", status: "failed" as const },
  { label: "Largest prompt", status: "unknown" as const, actual: null },
  { label: "Active time", status: "passed" as const },
];

test("is one suite with one case a budget, and what is unknown failed", () => {
  const root = parsed(checkOf(MIXED));
  expect(attributes(root.querySelector("testsuite"))).toEqual({
    ...{ name: "Sessionflame: Mend it", tests: "3", failures: "2", errors: "0", skipped: "0" },
  });
  expect([...root.querySelectorAll("testcase")].map((one) => one.getAttribute("name"))).toEqual(
    MIXED.map(({ label }) => label),
  );
  expect([...root.querySelectorAll("failure")].map(attributes)).toEqual([
    { type: "failed", message: "$2.00, at most $1.00" },
    { type: "unknown", message: "not known, at most $1.00" },
  ]);
});

test("what is unknown was skipped where that is allowed", () => {
  const root = parsed(checkOf(MIXED, { allowsUnknown: true }));
  expect(attributes(root.querySelector("testsuite"))).toMatchObject({ failures: "1", skipped: "1" });
  expect(attributes(root.querySelector("skipped"))).toEqual({ message: "not known, at most $1.00" });
});

test("of two that are unknown one may be allowed", () => {
  const unknown = { status: "unknown", actual: null } as const;
  const root = parsed(checkOf([unknown, { ...unknown, allowsUnknown: true }]));
  expect(attributes(root.querySelector("testsuite"))).toMatchObject({ failures: "1", skipped: "1" });
  expect(shape(root)).toEqual([
    [
      "testsuite",
      [
        ["testcase", [["failure", []]]],
        ["testcase", [["skipped", []]]],
      ],
    ],
  ]);
});

test("whatever a session holds stays text in its place", () => {
  const harmless = shape(parsed(checkOf(MIXED)));
  fc.assert(
    fc.property(hostileTexts, (text) => {
      const root = parsed(
        checkOf(
          MIXED.map((one) => ({ ...one, label: `p95 of ${text}`, remark: text })),
          { title: text },
        ),
      );
      expect(shape(root)).toEqual(harmless);
      const name = root.querySelector("testcase")?.getAttribute("name");
      expect(name).toBe(visibleLine(`p95 of ${text}`));
    }),
  );
});
