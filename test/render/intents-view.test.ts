import { describe, expect, test } from "vitest";
import { documentOf, documentWith, footOf, headings, plain, rows, texts } from "../support/panels.js";
import { chunkRow, intentRow, skillReport } from "../support/skill-report.js";

const whole = documentOf(await skillReport());
const tiles = (document: Document) =>
  [...document.querySelectorAll("#tools .tile")].map((tile) => texts(tile, "dt, dd").join(" "));

describe("chunks", () => {
  test("compare sequential runs with parallel ones", () => {
    expect(rows(whole, "chunk-modes")).toEqual([
      ["Sequential", "1", "8", "911 ms", "1.1", "1,020", "88 %"],
      ["Parallel", "2", "20", "952 ms", "5.0", "1,020", "92 %"],
    ]);
    expect(texts(whole, "#chunks small")[0]).toContain("parallel ones got through 4.5 times as many chunks a second");
  });

  test("are told run by run, what is not known as such", () => {
    expect(rows(whole, "chunk-runs")[2]).toEqual([
      ...["3", "9.0 s", "Parallel", "8", "4,000", "911 ms", "1.4 s", "–", "–", "1,020", "–"],
    ]);
    const links = [...whole.querySelectorAll("table.chunk-runs a")].map((link) => link.getAttribute("href"));
    expect(links).toEqual(["#s21", "#s22"]);
  });

  test("without a figure have no column for it, and no comparison", async () => {
    const nothing = { chunkChars: null, meanChunkMs: null, maxChunkMs: null, durationMs: null, chunksPerSecond: null };
    const document = await documentWith({
      chunks: [chunkRow({ ...nothing, mode: null, tokensPerChunk: null, accuracy: null })],
    });
    expect(headings(document, "chunk-modes")).toEqual(["Chunks ran", "Runs", "Chunks"]);
    expect(texts(document, "#chunks small")).toEqual(["1 run over texts in chunks"]);
  });
});

describe("intents", () => {
  test("have accuracy, confidence, escalation and calibration as figures, each with what it is of", () => {
    expect(tiles(whole)).toEqual([
      "Classified 8 7 labelled",
      "Accuracy 71 % of 7 labelled",
      "Mean confidence 75 % of 7 that say it",
      "Handed on 29 % of 7 that say it",
      "Calibration error 25 % confidence against accuracy",
    ]);
  });

  test("that nobody labelled have neither accuracy nor calibration, and are not 0", async () => {
    const document = await documentWith({ intents: [intentRow("a", null, null, { escalated: null })] });
    expect(tiles(document)).toEqual([
      "Classified 1 0 labelled",
      ...["Accuracy", "Mean confidence", "Handed on"].map((label) => `${label} – not recorded`),
      "Calibration error – not known",
    ]);
    for (const part of ["table.calibration", "table.confusion", "#tools svg[role=img]"])
      expect(document.querySelector(part)).toBeNull();
  });

  test("stand in a histogram of confidence, its bars parted by what was right", () => {
    const svg = whole.querySelector("#tools svg[role=img]");
    expect(texts(svg as Element, "title")).toEqual([
      "30 % to 40 %: 1 wrong",
      "60 % to 70 %: 1 wrong",
      "70 % to 80 %: 1 right",
      "80 % to 90 %: 1 right, 1 not labelled",
      "90 % to 100 %: 2 right",
    ]);
    const heightOf = (title: string) =>
      [...(svg?.querySelectorAll("g") ?? [])]
        .filter((group) => plain(group.querySelector(":scope > title")?.textContent).startsWith(title))
        .flatMap((group) => [...group.querySelectorAll("rect")].map((rect) => Number(rect.getAttribute("height"))));
    expect(heightOf("30 %")).toEqual([55]);
    expect(heightOf("90 %")).toEqual([110]);
    expect(heightOf("80 %")).toEqual([55, 54]);
    expect(plain(svg?.getAttribute("aria-label"))).toContain("80 % to 90 %: 1 right, 1 not labelled");
  });

  test("say by steps of confidence how far it is from the accuracy", () => {
    expect(rows(whole, "calibration")).toEqual([
      ["30 to 40 %", "1", "", "1", "", "34 %", "0 %", "+34"],
      ["60 to 70 %", "1", "", "1", "", "62 %", "0 %", "+62"],
      ["70 to 80 %", "1", "1", "", "", "71 %", "100 %", "−29"],
      ["80 to 90 %", "2", "1", "", "1", "88 %", "100 %", "−12"],
      ["90 to 100 %", "2", "2", "", "", "93 %", "100 %", "−7"],
    ]);
  });

  test("are held against what was right, where they agree with a mark", () => {
    expect(headings(whole, "confusion")).toEqual(["Said", "bug-fix", "question", "refactoring"]);
    expect(rows(whole, "confusion")).toEqual([
      ["bug-fix", "✓ 3", "", ""],
      ["question", "1", "✓ 1", ""],
      ["refactoring", "1", "", "✓ 1"],
    ]);
  });

  test("of more labels than can stand side by side have the most frequent, and say what is left out", async () => {
    const intents = Array.from({ length: 15 }, (_, i) => intentRow(`label ${i}`, `label ${i}`, 0.5));
    const document = await documentWith({ intents });
    expect(rows(document, "confusion")).toHaveLength(12);
    expect(footOf(document, "intents").at(-1)).toMatch(/ 3 classifications with rarer labels are not in it\.$/);
  });

  test("are told one by one, with a link to where each was", () => {
    expect(rows(whole, "intents").slice(2, 5)).toEqual([
      ["question", "question", "yes", "88 %", "no", "–"],
      ["question", "bug-fix", "no", "62 %", "yes", "–"],
      ["refactoring", "bug-fix", "no", "34 %", "yes", "–"],
    ]);
    expect(rows(whole, "intents")[6]).toEqual(["question", "–", "–", "83 %", "–", "32.6 s"]);
    const links = [...whole.querySelectorAll("table.intents a")].map((link) => link.getAttribute("href"));
    expect(links).toEqual(["#s1", "#s28", "#s57"]);
  });
});
