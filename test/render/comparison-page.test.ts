import { createHash } from "node:crypto";
import fc from "fast-check";
import { JSDOM } from "jsdom";
import { describe, expect, test } from "vitest";
import { readComparisonAssets } from "../../src/cli/package-files.js";
import type { Report } from "../../src/model/report.js";
import { renderComparisonPage } from "../../src/render/comparison-page.js";
import { foreignElements, foreignMarkup } from "../security/skeleton.js";
import { compared, recordedReport, reportOf } from "../support/compared.js";
import { hostileTexts, reportWrittenAs } from "../support/hostile-report.js";

const assets = readComparisonAssets();
const before = await recordedReport("1.14.41 debug-auth");
const after = await recordedReport("1.18.34 debug-auth");
const busy = await recordedReport("1.18.34 parallel-agents");

const htmlOf = (a: readonly Report[], b: readonly Report[]) => renderComparisonPage(compared(a, b), assets);
const pageOf = (a: readonly Report[], b: readonly Report[]) => new JSDOM(htmlOf(a, b)).window.document;
const textOf = (element: Element | null | undefined) => element?.textContent?.replace(/\s+/g, " ").trim() ?? "";
const rowsOf = (page: Document, name: string) =>
  [...page.querySelectorAll(`table[data-table="${name}"] tbody tr`)].map((row) => [...row.children].map(textOf));

describe("two sessions", () => {
  const page = pageOf([before], [after]);

  test("the answer stands first: what changed most", () => {
    expect(textOf(page.querySelector(".answer"))).toBe(
      "B took 8.2 s more active time (+55 %), 44,113 fewer tokens (−21 %) and $0.0211 less cost (−16 %). In time waiting for the model (+4.5 s) and overhead (+3.4 s) differ most.",
    );
  });

  test("then its parts, in their order", () => {
    expect([...page.querySelectorAll("h2")].map((heading) => heading.firstChild?.textContent?.trim())).toEqual([
      ...["Largest differences", "Where the time went", "Differential flame graph", "Tools", "Models"],
      ...["What the prompts were made of", "Turns and steps", "Only on one side", "Notes"],
    ]);
  });

  test("a tile says both figures, and the difference with an arrow and a word", () => {
    expect([...page.querySelectorAll(".tile")].map(textOf)).toEqual([
      "Total time23.9 s → 35.7 s ▲ 11.8 s more (+50 %)",
      "Active time14.9 s → 23.1 s ▲ 8.2 s more (+55 %)",
      "Total tokens209.2 K → 165.1 K ▼ 44.1 K fewer (−21 %)",
      "Cost$0.1353 → $0.1143 ▼ $0.0211 less (−16 %)",
      "Tool calls13 → 13 = no change",
      "Failed tool calls1 → 1 = no change",
    ]);
  });

  test("the ledger has a row a state, and what is not recorded is unknown", () => {
    expect(rowsOf(page, "ledger")).toContainEqual(["Waiting for the model", "7.2 s", "11.7 s", "+4.5 s", "+63 %"]);
    expect(rowsOf(page, "ledger")).toContainEqual(["Retries", "–", "–", "–", ""]);
  });

  test("there are two bars of one scale", () => {
    const labels = [...page.querySelectorAll(".two-bars svg.ledger")].map((svg) => svg.getAttribute("aria-label"));
    expect(labels).toHaveLength(2);
    expect(labels[1]).toContain("Where the active time of B went: AI thinking · 4.6\u00a0s");
    const widthOf = (svg: Element) =>
      [...svg.querySelectorAll("g > rect:first-of-type")].reduce(
        (sum, rect) => sum + Number.parseFloat(rect.getAttribute("width") ?? ""),
        0,
      );
    const [widthA = 0, widthB = 0] = [...page.querySelectorAll(".two-bars svg.ledger")].map(widthOf);
    expect(widthB).toBeCloseTo(100, 0);
    expect(widthA / widthB).toBeCloseTo(before.summary.activeMs / after.summary.activeMs, 2);
  });

  test("turns and steps stand in their order", () => {
    expect(
      rowsOf(page, "compared-turns")
        .map(([number]) => number)
        .slice(0, 8),
    ).toEqual([...["1", "1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "2"]]);
  });

  test("nothing stands on one side alone, and that is said", () => {
    expect(textOf(page.querySelector(".empty"))).toBe(
      "Both sides have the same tools, files, commands, skills and suggestions.",
    );
  });

  test("runs no script and loads nothing, and the policy names the one style sheet", () => {
    expect(page.querySelectorAll("script, img, link, iframe, [style]")).toHaveLength(0);
    const hash = createHash("sha256")
      .update(page.querySelector("style")?.textContent ?? "")
      .digest("base64");
    expect(page.querySelector("meta[http-equiv]")?.getAttribute("content")).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`,
    );
  });

  test("the same reports give the same bytes", () => {
    const [once, again] = [htmlOf([before], [after]), htmlOf([before], [after])];
    expect(once === again).toBe(true);
  });
});

describe("the differential flame graph", () => {
  const pictures = (page: Document) => [...page.querySelectorAll("svg.flame")];
  const labelsIn = (svg: Element | undefined) => [...(svg?.querySelectorAll("text") ?? [])].map(textOf);

  test("is as wide as B's time, and again as A's; bars say by how much", () => {
    const [ofB, ofA] = pictures(pageOf([before], [after]));
    expect(labelsIn(ofB)).toEqual(
      expect.arrayContaining(["all work +8.2 s", "waiting for the model +4.5 s", "AI thinking +409 ms"]),
    );
    expect(textOf(ofA?.querySelector("title"))).toBe("all work · A 15.1 s, B 23.3 s · +8.2 s (+54 %)");
  });

  test("what is on one side alone is in that side's picture alone, and says so", () => {
    const [ofB, ofA] = pictures(pageOf([before], [busy]));
    const titles = (svg?: Element) => [...(svg?.querySelectorAll("title") ?? [])].map(textOf).join("\n");
    expect(titles(ofB)).toMatch(/^task · A 0 ms, B \d\.\d s · \+\d\.\d s · only in B$/m);
    expect(titles(ofA)).not.toContain("only in B");
    expect(titles(ofA)).not.toContain("task");
    expect(titles(pictures(pageOf([busy], [before]))[1])).toMatch(/^task · .* · only in A$/m);
  });

  test("no colour stands for two things, and each that is there is in the legend", () => {
    const page = pageOf([before], [busy]);
    const used = pictures(page).flatMap((svg) =>
      [...svg.querySelectorAll(":scope > g")].map((group) => group.getAttribute("class")),
    );
    const legends = [...page.querySelectorAll(".legend")].at(-1);
    const named = [...(legends?.querySelectorAll("rect") ?? [])].map((rect) => rect.getAttribute("class"));
    expect(new Set(named)).toEqual(new Set(used));
    expect(named).toHaveLength(new Set(named).size);
  });

  test("is left out where nobody worked", () => {
    const nothing = reportOf("turn 0..0");
    expect(pictures(pageOf([nothing], [nothing]))).toEqual([]);
    expect(pictures(pageOf([nothing], [after]))).toHaveLength(1);
  });
});

describe("groups", () => {
  const group = (...lengths: readonly number[]) =>
    lengths.map((ms) => reportOf(`turn 0..${ms}\n  step 0..${ms} prompt:100 out:10`));

  test("have n, p and a verdict in every table, and no turns", () => {
    const page = pageOf(group(1_000, 1_100, 1_200, 1_300, 1_400), group(2_000, 2_100, 2_200, 2_300, 2_400));
    expect(rowsOf(page, "largest")[0]?.slice(-5)).toEqual(["+1.0 s", "+83 %", "5 / 5", "0.008", "▲ more in B"]);
    expect(rowsOf(page, "compared-sessions")).toHaveLength(10);
    expect(page.querySelector('[data-table="compared-turns"]')).toBe(null);
  });

  test("under five have no verdict", () => {
    const page = pageOf(group(1_000, 1_100), group(2_000, 2_100));
    expect(rowsOf(page, "ledger")[0]?.slice(-3)).toEqual(["2 / 2", "–", "no verdict: n < 5"]);
  });
});

test("a long table ends with a row that says how many more there are", () => {
  const steps = Array.from({ length: 300 }, (_, i) => `  step ${i * 10}..${i * 10 + 9} prompt:100 out:10`).join("\n");
  const long = reportOf(`turn 0..3000\n${steps}`);
  const rows = rowsOf(pageOf([long], [long]), "compared-turns");
  expect([rows.length, rows.at(-1)?.[0]]).toEqual([201, "101 further rows"]);
});

test("whatever was written is text: no element and no attribute but those of every page", () => {
  const script = "/* none */";
  const own = { ...assets, js: script, jsHash: "", plainJs: script, plainJsHash: "" };
  let run = 0;
  fc.assert(
    fc.property(hostileTexts, (text) => {
      const html = htmlOf([reportWrittenAs(before, text)], [reportWrittenAs(busy, text)]);
      // The page has no script: one is put there for the test of pages that have.
      expect(
        foreignMarkup(
          html.replace("</body>", () => `<script>${script}</script></body>`),
          own,
        ),
      ).toEqual([]);
      if (run++ % 20 === 0) expect(foreignElements(html)).toEqual([]);
    }),
    { numRuns: 100 },
  );
});
