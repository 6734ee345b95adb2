import fc from "fast-check";
import { JSDOM } from "jsdom";
import { describe, expect, test } from "vitest";
import { analyze } from "../../src/analyze/index.js";
import type { Report, ReportSpan } from "../../src/model/report.js";
import { renderSvg, SVG_BYTES } from "../../src/render/svg.js";
import { EXAMPLE, loadRoots, RECORDED } from "../support/fixtures.js";
import { hostileTexts, reportWrittenAs } from "../support/hostile-report.js";
import { redacted } from "../support/redacted.js";

const reportsOf = async (path: string): Promise<Report[]> =>
  (await loadRoots(path)).map((session) => analyze(redacted(session, "paths"), "1.0.0"));
const exampleReport = async () => (await reportsOf(EXAMPLE))[0] as Report;

/** As an XML parser reads it; one that is not well-formed throws. */
const documentOf = (svg: string) => new JSDOM(svg, { contentType: "image/svg+xml" }).window.document;
const words = (svg: string) => [...documentOf(svg).querySelectorAll("text")].map(({ textContent }) => textContent);

function expectAlone(svg: string): void {
  const document = documentOf(svg);
  expect(document.documentElement.namespaceURI).toBe("http://www.w3.org/2000/svg");
  expect(document.querySelectorAll("script, style, image, use, a, foreignObject, animate, set")).toHaveLength(0);
  const attributes = [...document.querySelectorAll("*")].flatMap((element) => [...element.attributes]);
  expect(attributes.filter(({ name }) => /^on|href$|^style$/.test(name))).toEqual([]);
  const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const used = attributes.flatMap(({ value }) => [...value.matchAll(/url\(([^)]*)\)/g)].map((match) => match[1]));
  expect(used.filter((target) => !ids.includes(target?.replace("#", "") ?? ""))).toEqual([]);
}

test("the example's picture", async () => {
  await expect(renderSvg(await exampleReport())).toMatchFileSnapshot("../golden/debug-auth.svg");
});

test("it has the title, the answer, the ledger with its figures, the chart, and a title of its own", async () => {
  const svg = renderSvg(await exampleReport());
  expect(words(svg)).toEqual(
    expect.arrayContaining([
      "Debug Auth",
      "Where the time went",
      "Waiting for the model 11.7\u00a0s 50\u00a0%",
      "other tool",
    ]),
  );
  const document = documentOf(svg);
  expect(document.querySelector("svg > title")?.textContent).toBe("Debug Auth");
  expect(document.querySelector("svg > desc")?.textContent).toContain("23.1\u00a0s of work in 35.7\u00a0s");
  expect(document.querySelectorAll("svg.flame rect, svg.flame path").length).toBeGreaterThan(40);
});

test.each(RECORDED)("every session of $name gives a picture that stands alone", async ({ path }) => {
  for (const report of await reportsOf(path)) expectAlone(renderSvg(report));
});

test("whatever was written is text in a document that XML parsers read", async () => {
  const report = await exampleReport();
  fc.assert(
    fc.property(hostileTexts, (text) => expectAlone(renderSvg(reportWrittenAs(report, text)))),
    { numRuns: 40 },
  );
});

test.each(["$`", "$&", "$'", "\ufffe", "]]>"])("a command that holds %j is shown as it is", async (text) => {
  const titles = [...documentOf(renderSvg(reportWrittenAs(await exampleReport(), text))).querySelectorAll("title")];
  const shown = text === "\ufffe" ? "\\ufffe" : text;
  expect(titles.map(({ textContent }) => textContent?.split(" · ")[0])).toContain(`${shown} ${shown}`);
});

/** A session of many calls side by side, each four pixels wide. */
function crowdedReport(report: Report, lanes: number): Report {
  const calls = Array.from({ length: lanes * 300 }, (_, i): ReportSpan => {
    const startMs = Math.floor(i / lanes) * 1_000 + (i % lanes);
    return {
      ...{ parent: 0, kind: "tool", name: "bash", tool: "bash", args: `echo ${"long ".repeat(30)}${i}`, startMs },
      ...{ endMs: startMs + 990, selfMs: 990, state: "running-tools", status: "ok", basis: "measured" },
    };
  });
  const session = { ...(report.spans[0] as ReportSpan), endMs: 300_000 };
  return { ...report, summary: { ...report.summary, wallMs: 300_000 }, spans: [session, ...calls] };
}

describe("what would be too large", () => {
  test("is left out, the narrowest bars first, and that is said", async () => {
    const svg = renderSvg(crowdedReport(await exampleReport(), 90));
    expect(Buffer.byteLength(svg)).toBeLessThanOrEqual(SVG_BYTES);
    expect(words(svg).join(" ")).toContain("the narrowest 27,000 spans left out, to keep the picture small");
    expectAlone(svg);
  });

  test("is not left out where all fits", async () => {
    const svg = renderSvg(crowdedReport(await exampleReport(), 3));
    expect(documentOf(svg).querySelectorAll("svg.flame title")).toHaveLength(901);
    expect(words(svg).join(" ")).not.toContain("left out");
  });

  test("is no text of any length", async () => {
    const svg = renderSvg(reportWrittenAs(await exampleReport(), "<&\u202e ".repeat(200_000)));
    expect(Buffer.byteLength(svg)).toBeLessThanOrEqual(SVG_BYTES);
    expectAlone(svg);
  });
});
