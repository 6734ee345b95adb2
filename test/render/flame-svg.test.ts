import { JSDOM } from "jsdom";
import { expect, test } from "vitest";
import { analyze } from "../../src/analyze/index.js";
import type { Report } from "../../src/model/report.js";
import { flameSvg } from "../../src/render/flame-svg.js";
import { recordedReport } from "../support/compared.js";
import { sessionFromText } from "../support/session-text.js";

/** The bars and marks of a picture: the paint and the outline of each. */
function formsIn(picture: DocumentFragment): string[] {
  const groups = [...picture.querySelectorAll("svg > g[class]")];
  return groups.flatMap((group) => [...group.querySelectorAll("rect, path")].flatMap((form) => formsOf(form, group)));
}

function formsOf(form: Element, group: Element): string[] {
  const words = (element: Element, ...names: string[]) => names.map((name) => element.getAttribute(name)).join(" ");
  const outlines =
    form.localName === "path" ? words(form, "d").split(/(?<=z)/) : [words(form, "x", "y", "width", "height")];
  return outlines.map((outline) => `${words(group, "class", "fill", "stroke")}: ${outline}`);
}

const labelsIn = (picture: DocumentFragment) =>
  [...picture.querySelectorAll("text")].map(({ textContent }) => textContent).sort();
const countIn = (picture: DocumentFragment) => picture.querySelectorAll("*").length;

/** The picture of a page that needs no script, and that for a script. */
function picturesOf(report: Report) {
  const [whole, joined] = [flameSvg(report), flameSvg(report, { hasAnchors: false, hasTitles: false })];
  return { whole, joined, wholeDom: JSDOM.fragment(whole.svg), joinedDom: JSDOM.fragment(joined.svg) };
}

test("without ids and titles a picture has the same bars and labels, and knows the same spans", async () => {
  const { whole, joined, wholeDom, joinedDom } = picturesOf(await recordedReport("1.18.34 thrash"));
  expect(formsIn(joinedDom).sort()).toEqual(formsIn(wholeDom).sort());
  expect(labelsIn(joinedDom)).toEqual(labelsIn(wholeDom));
  expect(joinedDom.querySelectorAll("[id], g[class] title").length).toBe(0);
  expect(joined.anchors).toEqual(whole.anchors);
});

test("then bars without a label take no element each", () => {
  const calls = Array.from({ length: 300 }, (_, i) => `    model ${i}..${i + 1}`);
  const text = ["session 0..300", "  turn 0..300", ...calls].join("\n");
  const { wholeDom, joinedDom } = picturesOf(analyze(sessionFromText(text), "test"));
  expect(countIn(wholeDom)).toBeGreaterThan(300);
  expect(countIn(joinedDom)).toBeLessThan(30);
});
