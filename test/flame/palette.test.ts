import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { packageFile } from "../../src/cli/package-files.js";
import { fillOf, outlineOf, PAGE, PAINTS, type Paint } from "../../src/flame/palette.js";
import { CONTEXT_BANDS } from "../../src/render/context-bands.js";
import { paletteCss } from "../../src/render/palette-css.js";
import { patternsSvg } from "../../src/render/pattern-svg.js";
import { ALL_VISIONS, contrast, leastContrast } from "../support/colour-vision.js";

/** What must be seen beside the page (WCAG 2, 1.4.11), and what must be read (1.4.3). */
const SHAPE = 3;
const TEXT = 4.5;
/** Ours, for two things that need only be told apart: a stroke from its fill, a kind from another by its luminance. */
const APART = 1.5;

const paints: readonly Paint[] = Object.values(PAINTS);
/** What can stand at the bottom of the chart side by side, too narrow for a label. */
const LEAVES: readonly Paint[] = [
  ...[PAINTS.generating, PAINTS.waiting, PAINTS.retrying, PAINTS.tool, PAINTS.read, PAINTS.write],
  ...[PAINTS.overhead, PAINTS.user, PAINTS.unknown],
];

test("contrast is that of WCAG 2; greys look the same to everyone, red is dark to whom red cones are missing", () => {
  for (const vision of ALL_VISIONS) expect(contrast("#000", "#fff", vision)).toBeCloseTo(21, 2);
  expect(contrast("#777777", "#fff", "normal")).toBeCloseTo(4.48, 2);
  expect(contrast("#f00", "#000", "normal")).toBeCloseTo(5.25, 2);
  expect(contrast("#f00", "#000", "protanopia")).toBeLessThan(3.5);
});

describe.each(["light", "dark"] as const)("in the %s theme, for every kind of colour vision", (theme) => {
  const page = PAGE[theme];
  const toneOf = (paint: Paint) => paint[theme];

  test.each(paints)("$className stands out from the page, by its outline where it is hollow", (paint) => {
    const { fill, line } = toneOf(paint);
    if (paint.isHollow) expect(fill).toBe(page);
    expect(leastContrast(paint.isHollow ? (line as string) : fill, page)).toBeGreaterThanOrEqual(SHAPE);
  });

  test.each(paints)("a label on $className can be read, across the strokes of its pattern too", (paint) => {
    const { fill, ink, line } = toneOf(paint);
    expect(leastContrast(ink, fill)).toBeGreaterThanOrEqual(TEXT);
    if (line) expect(leastContrast(ink, line)).toBeGreaterThanOrEqual(TEXT);
  });

  test.each(paints.filter(({ pattern }) => pattern))("the pattern of $className can be seen", (paint) => {
    const { fill, line } = toneOf(paint);
    expect(leastContrast(line as string, fill)).toBeGreaterThanOrEqual(APART);
  });

  test.each([
    ["bars", LEAVES],
    ["bands of the context", CONTEXT_BANDS.map(({ paint }) => paint)],
  ])("two kinds of %s differ by their pattern, by being hollow, or by their luminance", (_, kinds) => {
    const alike = pairs(kinds).filter(
      ([a, b]) =>
        a.pattern === b.pattern && a.isHollow === b.isHollow && leastContrast(toneOf(a).fill, toneOf(b).fill) < APART,
    );
    expect(alike.map(([a, b]) => `${a.className} ${b.className}`)).toEqual([]);
  });
});

describe("the page's parts that are made from the palette", () => {
  test("the page is coloured as the palette says", () => {
    const theme = readFileSync(packageFile("assets", "css", "theme.css"), "utf8");
    expect([...theme.matchAll(/--bg: (#\w+)/g)].map((match) => match[1])).toEqual([PAGE.light, PAGE.dark]);
  });

  test("every fill by a pattern has its pattern, and its plain colour for where there is none", () => {
    for (const paint of paints.filter(({ pattern }) => pattern)) {
      const [, id, plain] = /^url\(#(.+)\) (#\w+)$/.exec(fillOf(paint)) ?? [];
      expect(patternsSvg()).toContain(`<pattern id="${id}"`);
      expect(plain).toBe(paint.light.fill);
    }
  });

  test("the dark theme has every colour that is not the light one's", () => {
    for (const paint of paints) {
      expect(paletteCss()).toContain(`${paint.pattern ? "#p-" : "."}${paint.className}{fill:${paint.dark.fill}`);
      expect(paletteCss().includes(`.on-${paint.className}{fill:${paint.dark.ink}}`)).toBe(
        paint.dark.ink !== paint.light.ink,
      );
      if (outlineOf(paint))
        expect(paletteCss()).toMatch(new RegExp(`\\.${paint.className}{[^}]*stroke:${paint.dark.line}}`));
    }
  });
});

function pairs(kinds: readonly Paint[]): (readonly [Paint, Paint])[] {
  return kinds.flatMap((a, i) => kinds.slice(i + 1).map((b) => [a, b] as const));
}
