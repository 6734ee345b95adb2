import { PAINTS, type Paint, patternId } from "../flame/palette.js";
import { FOLD_ID } from "./pattern-svg.js";

/**
 * The dark theme of everything painted, made from the palette itself. Not for paper, nor where the reader's system
 * chooses the colours.
 */
export function paletteCss(paints: readonly Paint[] = Object.values(PAINTS)): string {
  const rules = [...paints.map(darkRules), `#${FOLD_ID}{stroke:${PAINTS.user.dark.line}}`];
  return `@media screen and (prefers-color-scheme:dark) and (forced-colors:none){${rules.join("")}}`;
}

function darkRules(paint: Paint): string {
  const { className, light, dark, pattern, isHollow } = paint;
  const line = dark.line ? `;stroke:${dark.line}` : "";
  const bar = `${pattern ? `#${patternId(paint)}` : `.${className}`}{fill:${dark.fill}${line}}`;
  // A pattern's outline is on the bar, not on the pattern.
  const outline = isHollow && pattern ? `.${className}{stroke:${dark.line}}` : "";
  const ink = light.ink === dark.ink ? "" : `.on-${className}{fill:${dark.ink}}`;
  return bar + outline + ink;
}
