import { PAINTS, type Paint } from "../flame/palette.js";
import { formatCount } from "../report/format.js";
import type { ConfidenceBin } from "../report/intent-figures.js";
import { escapeMarkup } from "./escape.js";
import { paintedRect, px } from "./painted-rect.js";

/** As wide as a phone shows without scrolling. */
const BIN_PX = 32;
const BAR_PX = 24;
const HEIGHT_PX = 110;
/** Room for the count above a bar, and for the edges of bins below. */
const TOP_PX = 16;
const FOOT_PX = 18;
const MARGIN_PX = 18;
const FONT = `font-family="system-ui,sans-serif" font-size="11" fill="#59636e"`;

/** The parts of a bar from below, each in a colour and a pattern of its own. */
export const CONFIDENCE_PAINTS: readonly {
  readonly of: "right" | "wrong" | "unknown";
  readonly label: string;
  readonly paint: Paint;
}[] = [
  { of: "right", label: "right", paint: PAINTS.read },
  { of: "wrong", label: "wrong", paint: PAINTS.write },
  { of: "unknown", label: "not labelled", paint: PAINTS.unknown },
];

/** How many classifications were how sure, as SVG that needs neither script nor style sheet. Its figures stand in a table too. */
export function confidenceSvg(bins: readonly ConfidenceBin[]): string {
  const most = Math.max(1, ...bins.map(({ count }) => count));
  const width = bins.length * BIN_PX + 2 * MARGIN_PX;
  const height = TOP_PX + HEIGHT_PX + FOOT_PX;
  const bars = bins.map((bin, i) => bar(bin, i, HEIGHT_PX / most));
  const line = `<path class="grid" d="M0 ${HEIGHT_PX}.5H${bins.length * BIN_PX}" stroke="#d8dee4" fill="none"/>`;
  const label = `How sure the classifications were: ${bins
    .filter(({ count }) => count > 0)
    .map(binWords)
    .join("; ")}`;
  return `<svg width="${width}" height="${height}" role="img" aria-label="${escapeMarkup(label)}"><g transform="translate(${MARGIN_PX} ${TOP_PX})">${bars.join("")}${line}${ticks(bins)}</g></svg>`;
}

function bar(bin: ConfidenceBin, i: number, countPx: number): string {
  if (bin.count === 0) return "";
  const x = i * BIN_PX + (BIN_PX - BAR_PX) / 2;
  let y = HEIGHT_PX;
  const parts = CONFIDENCE_PAINTS.filter(({ of }) => bin[of] > 0).map(({ of, paint }) => {
    const height = bin[of] * countPx;
    y -= height;
    return paintedRect(paint, x, y, BAR_PX, height);
  });
  const count = `<text class="tick" x="${px(x + BAR_PX / 2)}" y="${px(y - 4)}" text-anchor="middle" ${FONT}>${formatCount(bin.count)}</text>`;
  return `<g><title>${escapeMarkup(binWords(bin))}</title>${parts.join("")}${count}</g>`;
}

function binWords(bin: ConfidenceBin): string {
  const parts = CONFIDENCE_PAINTS.filter(({ of }) => bin[of] > 0).map(
    ({ of, label }) => `${formatCount(bin[of])} ${label}`,
  );
  return `${percent(bin.from)} to ${percent(bin.to)}: ${parts.join(", ")}`;
}

/** Every second edge: more would not fit. */
function ticks(bins: readonly ConfidenceBin[]): string {
  const edges = [...bins.map(({ from }) => from), bins.at(-1)?.to ?? 1];
  return edges
    .map((edge, i) =>
      i % 2 === 0
        ? `<text class="tick" x="${i * BIN_PX}" y="${HEIGHT_PX + 14}" text-anchor="middle" ${FONT}>${percent(edge)}</text>`
        : "",
    )
    .join("");
}

function percent(share: number): string {
  return `${Math.round(share * 100)}\u00a0%`;
}
