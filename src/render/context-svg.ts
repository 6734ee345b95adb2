import { fillOf } from "../flame/palette.js";
import { roundSteps, type StackedSteps, stackedSteps } from "../flame/stacked-steps.js";
import type { CompositionRow } from "../model/report.js";
import type { Tokens } from "../model/units.js";
import { formatCount } from "../report/format.js";
import { type ContextBand, usedBands } from "./context-bands.js";
import { escapeMarkup } from "./escape.js";

const WIDTH_PX = 1136;
const PLOT_PX = 1080;
const HEIGHT_PX = 170;
const TOP_PX = 16;
const FOOT_PX = 18;
/** Room for the words on the limit's line, below the letters of events. */
const LIMIT_LABEL_PX = 12;
/** More calls than this are drawn several to a column, by the one with the largest prompt. */
const MOST_COLUMNS = 360;
/** Wider columns are told apart by a hairline. */
const WIDE_COLUMN_PX = 12;
const FONT = `font-family="system-ui,sans-serif" font-size="11"`;

export interface ContextPicture {
  readonly svg: string;
  readonly bands: readonly ContextBand[];
  /** How many calls stand in one column; 1 as a rule. */
  readonly callsPerColumn: number;
}

/** One call in the picture, as the reader knows it. */
export interface PicturedCall {
  readonly row: CompositionRow;
  /** `#12`. */
  readonly name: string;
  /** What happened to the context just before it; empty as a rule. */
  readonly event: string;
}

/** How the prompts of one session grew and shrank, call by call, as SVG that needs neither script nor style sheet. */
export function contextSvg(calls: readonly PicturedCall[], title: string): ContextPicture {
  const callsPerColumn = Math.ceil(calls.length / MOST_COLUMNS);
  const columns = columnsOf(calls, callsPerColumn);
  const rows = columns.map(({ row }) => row);
  const bands = usedBands(rows);
  const largest = Math.max(...rows.map(({ promptTokens }) => promptTokens));
  const limit = limitIn(rows, largest);
  const most = Math.max(largest, limit ?? 0) * 1.02;
  const steps = stackedSteps(
    rows.map((row) => bands.map(({ tokens }) => tokens(row))),
    most,
    PLOT_PX,
    HEIGHT_PX,
  );
  const parts = [
    grid(most, steps),
    areas(steps, bands),
    ...(limit === null ? [] : [limitLine(limit, steps)]),
    events(columns, steps, limit),
    hovers(columns, steps, bands),
    callTicks(columns, steps),
  ];
  const top = TOP_PX + (limit === null ? 0 : LIMIT_LABEL_PX);
  const height = top + HEIGHT_PX + FOOT_PX;
  const label = `${title}: the prompt grew to ${formatCount(largest)} tokens in ${formatCount(calls.length)} calls. The table below has the same figures.`;
  return {
    svg: `<svg class="context" viewBox="0 0 ${WIDTH_PX} ${height}" width="${WIDTH_PX}" height="${height}" role="img" aria-label="${escapeMarkup(label)}"><g transform="translate(${WIDTH_PX - PLOT_PX} ${top})">${parts.join("")}</g></svg>`,
    bands,
    callsPerColumn,
  };
}

function columnsOf(calls: readonly PicturedCall[], callsPerColumn: number): PicturedCall[] {
  const columns: PicturedCall[] = [];
  for (let i = 0; i < calls.length; i += callsPerColumn) {
    const some = calls.slice(i, i + callsPerColumn);
    const largest = some.reduce((a, b) => (b.row.promptTokens > a.row.promptTokens ? b : a));
    columns.push({ ...largest, event: some.map(({ event }) => event).find(Boolean) ?? "" });
  }
  return columns;
}

/** A limit far above everything would leave nothing of the picture; several could not be told apart in it. */
function limitIn(rows: readonly CompositionRow[], largest: Tokens): Tokens | null {
  const limits = new Set(rows.flatMap(({ contextLimit }) => contextLimit ?? []));
  const [limit = null] = limits;
  return limits.size === 1 && limit !== null && limit <= largest * 3 ? limit : null;
}

function grid(most: Tokens, { y }: StackedSteps): string {
  return roundSteps(most)
    .map((tokens) => {
      const at = y(tokens);
      const text = `<text class="tick" x="-6" y="${at + 4}" text-anchor="end" fill="#59636e" ${FONT}>${axisText(tokens)}</text>`;
      return `<path class="grid" d="M0 ${at}.5H${PLOT_PX}" stroke="#d8dee4" fill="none"/>${text}`;
    })
    .join("");
}

/** Round values need no digits after the point. */
function axisText(tokens: Tokens): string {
  const [size, unit] = tokens >= 1_000_000 ? [1_000_000, "\u00a0M"] : tokens >= 1_000 ? [1_000, "\u00a0K"] : [1, ""];
  return `${tokens / size}${unit}`;
}

function areas({ paths }: StackedSteps, bands: readonly ContextBand[]): string {
  return bands
    .map(
      ({ paint }, i) =>
        `<path class="${paint.className} band" d="${paths[i]}" fill="${fillOf(paint)}" stroke="#fff" stroke-width=".75"/>`,
    )
    .join("");
}

function limitLine(limit: Tokens, { y }: StackedSteps): string {
  const at = y(limit);
  return `<path class="limit" d="M0 ${at}H${PLOT_PX}" stroke="#b3261e" stroke-width="1.5" stroke-dasharray="6 4" fill="none"/><text class="limit-label" x="4" y="${at - 4}" fill="#b3261e" ${FONT}>context limit ${formatCount(limit)}</text>`;
}

const LETTER_PX = 10;

/** A line where the context was cut, with a letter at its top where there is room for one. */
function events(columns: readonly PicturedCall[], { columns: places }: StackedSteps, limit: Tokens | null): string {
  const top = limit === null ? 0 : -LIMIT_LABEL_PX;
  let last = Number.NEGATIVE_INFINITY;
  return columns
    .map(({ event }, i) => {
      if (event === "") return "";
      const { x } = places[i] as StackedSteps["columns"][number];
      const middle = Math.min(x, PLOT_PX - LETTER_PX / 2);
      const hasRoom = middle - last >= LETTER_PX;
      if (hasRoom) last = middle;
      const letter = hasRoom
        ? `<text class="event-label" x="${middle}" y="${top - 5}" text-anchor="middle" fill="#1b1f24" font-weight="600" ${FONT}>${(event[0] as string).toUpperCase()}</text>`
        : "";
      return `<g><title>${escapeMarkup(event)}</title><path class="event" d="M${x} ${top - 2}V${HEIGHT_PX}" stroke="#1b1f24" stroke-dasharray="2 3" fill="none"/>${letter}</g>`;
    })
    .join("");
}

/** A column that shows nothing by itself, for the pointer. */
function hovers(
  columns: readonly PicturedCall[],
  { columns: places }: StackedSteps,
  bands: readonly ContextBand[],
): string {
  return columns
    .map(({ row, name, event }, i) => {
      const { x, width } = places[i] as StackedSteps["columns"][number];
      const parts = bands
        .filter(({ tokens }) => tokens(row) > 0)
        .map(({ label, tokens }) => `${label.toLowerCase()} ${formatCount(tokens(row))}`);
      const title = [`${name}: ${formatCount(row.promptTokens)} tokens`, ...parts, event].filter(Boolean).join(" · ");
      const hairline =
        width >= WIDE_COLUMN_PX && i > 0
          ? `<path class="hairline" d="M${x}.5 0V${HEIGHT_PX}" stroke="#fff" stroke-opacity=".5" fill="none"/>`
          : "";
      return `${hairline}<rect x="${x}" width="${width}" height="${HEIGHT_PX}" fill="transparent"><title>${escapeMarkup(title)}</title></rect>`;
    })
    .join("");
}

const TICK_PX = 60;

function callTicks(columns: readonly PicturedCall[], { columns: places }: StackedSteps): string {
  let last = Number.NEGATIVE_INFINITY;
  return columns
    .map(({ name }, i) => {
      const { x, width } = places[i] as StackedSteps["columns"][number];
      const middle = x + width / 2;
      if (middle - last < TICK_PX || middle > PLOT_PX - TICK_PX / 3) return "";
      last = middle;
      return `<text class="tick" x="${middle}" y="${HEIGHT_PX + 14}" text-anchor="middle" fill="#59636e" ${FONT}>${escapeMarkup(name)}</text>`;
    })
    .join("");
}
