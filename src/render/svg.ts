import { PAGE, statePaint } from "../flame/palette.js";
import type { Report } from "../model/report.js";
import type { Bytes, Pixels } from "../model/units.js";
import { formatDuration, plural } from "../report/format.js";
import { displayTitle } from "../report/visible.js";
import { escapeMarkup } from "./escape.js";
import { type FlamePicture, flameSvg, WIDTH_PX } from "./flame-svg.js";
import { patternsSvg } from "./pattern-svg.js";
import { legendBlock } from "./svg-legend.js";
import { type Block, stacked, textBlock } from "./svg-text.js";
import { answer } from "./view/answer.js";
import { STATE_LABELS } from "./view/labels.js";
import { metaLine } from "./view/meta-line.js";
import { flameHint, ledgerBar, paintLabels } from "./view/overview.js";
import { statePercents } from "./view/percents.js";

/** What a picture may weigh, so that it can be shown wherever pictures are. */
export const SVG_BYTES: Bytes = 1_000_000;

const MARGIN_PX: Pixels = 24;
const INK = "#1b1f24";
const QUIET_INK = "#59636e";

/**
 * The Overview's answer, time ledger and flame chart as one picture: an SVG document that needs nothing else, on a ground
 * of its own. Where it would be larger than that, the narrowest bars are left out, and it says so. Pure.
 */
export function renderSvg(report: Report, mostBytes = SVG_BYTES): string {
  for (let narrowestPx = 0; ; narrowestPx = Math.max(2, 2 * narrowestPx)) {
    const svg = picture(report, flameSvg(report, { hasAnchors: false, hasTables: false, narrowestPx }));
    if (narrowestPx > WIDTH_PX || new TextEncoder().encode(svg).length <= mostBytes) return svg;
  }
}

function picture(report: Report, flame: FlamePicture): string {
  const title = displayTitle(report.session.title);
  const { lead, rest } = answer(report, statePercents(report));
  const words = (text: string, mostLines: number) => textBlock(text, WIDTH_PX, { sizePx: 14, color: INK, mostLines });
  const body = stacked(
    [
      textBlock(title, WIDTH_PX, { sizePx: 22, color: INK, isBold: true }),
      quietBlock(metaLine(report)),
      words(lead + rest, 3),
      ...(report.summary.wallMs > 0 ? [ledgerBlock(report), flameBlock(flame, report)] : []),
    ],
    14,
  );
  const width = WIDTH_PX + 2 * MARGIN_PX;
  const height = body.heightPx + 2 * MARGIN_PX;
  const about = `<title>${escapeMarkup(title)}</title><desc>${escapeMarkup((lead + rest).slice(0, 1_000))}</desc>`;
  const ground = `<path d="M0 0h${width}v${height}H0z" fill="${PAGE.light}"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="system-ui,sans-serif">${about}${patternsSvg()}${ground}<g transform="translate(${MARGIN_PX} ${MARGIN_PX})">${body.svg}</g></svg>\n`;
}

function quietBlock(text: string): Block {
  return textBlock(text, WIDTH_PX, { sizePx: 12, color: QUIET_INK, mostLines: 2 });
}

function headingBlock(text: string): Block {
  return textBlock(text, WIDTH_PX, { sizePx: 15, color: INK, isBold: true });
}

function ledgerBlock(report: Report): Block {
  const percents = statePercents(report);
  const held = report.time.ledger.filter(({ ms }) => ms > 0);
  const entries = held.map(({ state, ms, share }) => ({
    paint: statePaint(state),
    label: `${STATE_LABELS[state]} ${formatDuration(ms)}${share === null ? "" : ` ${percents[state]}`}`,
  }));
  const bar = { svg: `<svg width="${WIDTH_PX}" height="28">${ledgerBar(report, percents)}</svg>`, heightPx: 28 };
  const hasWork = report.summary.activeMs > 0;
  return stacked(
    [headingBlock("Where the time went"), ...(hasWork ? [bar] : []), legendBlock(entries, WIDTH_PX, INK)],
    6,
  );
}

function flameBlock(flame: FlamePicture, report: Report): Block {
  const { narrowSpans } = flame;
  const left =
    narrowSpans > 0 ? `; the narrowest ${plural(narrowSpans, "span")} left out, to keep the picture small` : "";
  return stacked(
    [
      headingBlock("Flame chart"),
      quietBlock(flameHint(flame, report) + left),
      { svg: flame.svg, heightPx: flame.heightPx },
      legendBlock(paintLabels(flame.paints), WIDTH_PX, INK),
    ],
    6,
  );
}
