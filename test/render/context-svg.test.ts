import { JSDOM } from "jsdom";
import { describe, expect, test } from "vitest";
import { PAGE } from "../../src/flame/palette.js";
import { CONTEXT_BANDS, usedBands } from "../../src/render/context-bands.js";
import { contextSvg, type PicturedCall } from "../../src/render/context-svg.js";
import { compositionRow } from "../support/compositions.js";

type Fields = Parameters<typeof compositionRow>[1];
const call = (i: number, tokens: number, event = "", fields: Fields = {}): PicturedCall => ({
  ...{ row: compositionRow({ base: tokens }, fields), name: `#${i + 1}`, event },
});
const svgOf = (calls: readonly PicturedCall[], title = "Context") =>
  new JSDOM(contextSvg(calls, title).svg).window.document.querySelector("svg") as Element;
const textsOf = (svg: Element, selector: string) =>
  [...svg.querySelectorAll(selector)].map(({ textContent }) => textContent);

describe("what a prompt is made of, as it is drawn", () => {
  const row = compositionRow(
    {
      ...{ base: 1, user: 2, "task-prompt": 4, "attached-file": 8, assistant: 16, reasoning: 32, "tool-call": 64 },
      ...{ "tool-result": 1_000, "compaction-summary": 128, "compaction-input": 256, unattributed: 512 },
    },
    { fileResultTokens: 300 },
  );

  test("every kind is in exactly one band: together they are the prompt", () => {
    expect(Object.fromEntries(CONTEXT_BANDS.map(({ id, tokens }) => [id, tokens(row)]))).toEqual({
      ...{ base: 1, summary: 128, prompts: 6, answers: 112, files: 308, results: 700, compaction: 256 },
      unattributed: 512,
    });
    expect(CONTEXT_BANDS.reduce((sum, { tokens }) => sum + tokens(row), 0)).toBe(row.promptTokens);
  });

  test("bands that hold nothing in any call are left out", () => {
    const rows = [compositionRow({ base: 5 }), compositionRow({ base: 5, user: 1 })];
    expect(usedBands(rows).map(({ id }) => id)).toEqual(["base", "prompts"]);
  });
});

describe("the context's limit", () => {
  const limitIn = (contextLimit: number | null) =>
    textsOf(svgOf([call(0, 1_000, "", { contextLimit })]), ".limit-label");

  test("is drawn where it is known and not far above the largest prompt", () => {
    expect(limitIn(2_000)).toEqual(["context limit 2,000"]);
    expect(limitIn(3_000)).toEqual(["context limit 3,000"]);
    expect(limitIn(3_001)).toEqual([]);
    expect(limitIn(null)).toEqual([]);
  });

  test("is drawn below prompts that went beyond it, inside the picture", () => {
    const svg = svgOf([call(0, 1_000, "", { contextLimit: 500 })]);
    const at = Number(/^M0 (\d+)/.exec(svg.querySelector(".limit")?.getAttribute("d") ?? "")?.[1]);
    expect(at).toBeGreaterThan(0);
    expect(at).toBeLessThan(170);
  });
});

describe("marks", () => {
  test("say by a letter what happened to the context, and by a title how much", () => {
    const events = ["", "compaction took out 900", "pruned 7 of old results", "smaller by 5, nothing says why"];
    const svg = svgOf(events.map((event, i) => call(i, 1_000, event)));
    expect(textsOf(svg, ".event-label")).toEqual(["C", "P", "S"]);
    expect(textsOf(svg, "g:has(> .event) > title")).toEqual(events.slice(1));
  });

  test("of neighbours in narrow columns have one letter, but each its line", () => {
    const svg = svgOf(Array.from({ length: 360 }, (_, i) => call(i, 1_000, i < 4 ? "pruned 7" : "")));
    expect(svg.querySelectorAll(".event")).toHaveLength(4);
    expect(textsOf(svg, ".event-label")).toEqual(["P"]);
  });

  test("none stands where nothing happened", () => {
    expect(svgOf([call(0, 5), call(1, 6)]).querySelectorAll(".event, .event-label")).toHaveLength(0);
  });
});

test("a line in the page's colour lies between bands", () => {
  const bands = [...svgOf([call(0, 5), call(1, 6)]).querySelectorAll("path.band")];
  expect(bands.map((band) => band.getAttribute("stroke"))).toEqual(bands.map(() => PAGE.light));
});

describe("columns", () => {
  const many = (count: number) => Array.from({ length: count }, (_, i) => call(i, 100 + ((i * 7) % 50)));

  test("are one a call up to 360", () => {
    expect(contextSvg(many(360), "").callsPerColumn).toBe(1);
    expect(svgOf(many(360)).querySelectorAll("rect")).toHaveLength(360);
  });

  test("of more calls hold several, drawn by the one with the largest prompt, and lose no mark", () => {
    const calls = many(1_000).map((each, i) => (i === 500 ? { ...each, event: "pruned 7 of old results" } : each));
    const svg = svgOf(calls);
    expect(contextSvg(calls, "").callsPerColumn).toBe(3);
    expect(svg.querySelectorAll("rect")).toHaveLength(334);
    expect(textsOf(svg, "rect > title")[0]).toMatch(/^#3: 114 tokens/);
    expect(textsOf(svg, ".event-label")).toEqual(["P"]);
  });

  test("have names below them that stand apart", () => {
    const at = [...svgOf(many(360)).querySelectorAll("text.tick[text-anchor=middle]")].map((tick) =>
      Number(tick.getAttribute("x")),
    );
    expect(at.length).toBeGreaterThan(5);
    for (const [i, x] of at.entries()) if (i > 0) expect(x - (at[i - 1] as number)).toBeGreaterThanOrEqual(60);
  });
});

test("titles are text, whatever stands in them", () => {
  const title = `</title><script>alert(1)</script>" onload="x`;
  const svg = svgOf([{ ...call(0, 5), name: title, event: title }], title);
  expect(svg.querySelectorAll("script")).toHaveLength(0);
  expect(svg.getAttribute("onload")).toBeNull();
  expect(svg.getAttribute("aria-label")).toContain(title);
  expect(textsOf(svg, "rect > title")[0]).toContain(title);
});

test("a tiny prompt has an axis of whole tokens", () => {
  for (const tokens of [1, 2, 3, 5])
    for (const text of textsOf(svgOf([call(0, tokens)]), "text.tick[text-anchor=end]")) expect(text).toMatch(/^\d+$/);
});
