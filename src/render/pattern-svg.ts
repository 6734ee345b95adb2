import { PAINTS, type Paint, type Pattern, patternId } from "../flame/palette.js";

/** A tile that repeats. Every shape shows on a bar three pixels wide: it repeats at least that often, or crosses it. */
interface Tile {
  readonly size: number;
  readonly path: string;
  readonly strokeWidth: number;
}

const TILES: Readonly<Record<Pattern, Tile>> = {
  rising: { size: 8, path: "M-1 1 1-1M-1 9 9-1M7 9 9 7", strokeWidth: 1.2 },
  falling: { size: 8, path: "M-1 7 1 9M-1-1 9 9M7-1 9 1", strokeWidth: 1.2 },
  crossed: { size: 8, path: "M-1-1 9 9M-1 9 9-1", strokeWidth: 1.2 },
  level: { size: 4, path: "M0 1.5h4", strokeWidth: 1 },
  upright: { size: 3, path: "M1.5 0v3", strokeWidth: 1 },
  dotted: { size: 6, path: "M1 1.5h1.5M4 4.5h1.5", strokeWidth: 1.5 },
};

/** Hatches folded idle time beneath its bar. It has no ground of its own. */
export const FOLD_ID = "p-fold";

/** What patterned bars refer to by their `fill`. It takes no room, and stands once in a page, before the first picture. */
export function patternsSvg(paints: readonly Paint[] = Object.values(PAINTS)): string {
  const fold = `<pattern id="${FOLD_ID}" ${tiled(6)} stroke="${PAINTS.user.light.line}"><path d="M-1 1 1-1M-1 7 7-1M5 7 7 5"/></pattern>`;
  const patterns = paints.map((paint) => (paint.pattern ? patternOf(paint, TILES[paint.pattern]) : ""));
  return `<svg width="0" height="0" aria-hidden="true">${patterns.join("")}${fold}</svg>`;
}

/** Its shapes inherit the colours, which the style sheet changes by the id. */
function patternOf(paint: Paint, { size, path, strokeWidth }: Tile): string {
  const { fill, line } = paint.light;
  const ground = `<path d="M0 0h${size}v${size}H0z" stroke="none"/>`;
  return `<pattern id="${patternId(paint)}" ${tiled(size)} fill="${fill}" stroke="${line}" stroke-width="${strokeWidth}">${ground}<path d="${path}"/></pattern>`;
}

function tiled(size: number): string {
  return `width="${size}" height="${size}" patternUnits="userSpaceOnUse"`;
}
