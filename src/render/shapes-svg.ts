import { LABEL_PADDING_PX } from "../flame/flame-chart.js";
import { outlineOf, type Paint } from "../flame/palette.js";
import type { Pixels } from "../model/units.js";
import { escapeMarkup } from "./escape.js";
import { paintAttributes, px, rectAttributes, rectPath } from "./painted-rect.js";

/** A bar or a mark of the flame chart, and what goes with it: each of the texts is empty where there is none. */
export interface Shape {
  readonly paint: Paint;
  readonly x: Pixels;
  readonly y: Pixels;
  readonly width: Pixels;
  readonly isRound: boolean;
  readonly id: string;
  /** Said when it is pointed at. */
  readonly title: string;
  /** Written on it. */
  readonly label: string;
}

const BAR_PX: Pixels = 20;
const ROUNDING_PX: Pixels = 2;
const BASELINE_PX: Pixels = 14;

/** Shapes that never overlap. There may be thousands: each paint is named once, and what is nothing but a bar is part of one path. */
export function shapesSvg(shapes: readonly Shape[]): string {
  const paints = [...new Set(shapes.map(({ paint }) => paint))];
  return paints
    .map((paint) =>
      groupSvg(
        shapes.filter((shape) => shape.paint === paint),
        paint,
      ),
    )
    .join("");
}

function groupSvg(shapes: readonly Shape[], paint: Paint): string {
  const bare = shapes.filter(isBare).map(pathOf).join("");
  const others = shapes.filter((shape) => !isBare(shape)).map(shapeSvg);
  return `<g ${paintAttributes(paint)}>${bare && `<path d="${bare}"/>`}${others.join("")}</g>`;
}

function isBare({ id, title, label, isRound }: Shape): boolean {
  return id + title + label === "" && !isRound;
}

/** A bar with its title and its label, in as few elements as that takes. */
function shapeSvg(shape: Shape): string {
  const { title, label, paint, x, y, width, isRound } = shape;
  const id = shape.id && ` id="${shape.id}"`;
  const words = title && `<title>${escapeMarkup(title)}</title>`;
  const form = isRound
    ? `rect ${rectAttributes(paint, x, y, width, BAR_PX, ROUNDING_PX)}`
    : `path d="${pathOf(shape)}"`;
  if (label !== "") return `<g${id}>${words}<${form}/>${labelSvg(shape)}</g>`;
  const [name = "", ...attributes] = form.split(" ");
  const opened = `<${name}${id} ${attributes.join(" ")}`;
  return words ? `${opened}>${words}</${name}>` : `${opened}/>`;
}

/** The outline of a hollow bar is none of its letters. */
function labelSvg({ paint, x, y, label }: Shape): string {
  const stroke = outlineOf(paint) ? ' stroke="none"' : "";
  return `<text class="on-${paint.className}" x="${px(x + LABEL_PADDING_PX)}" y="${y + BASELINE_PX}" fill="${paint.light.ink}"${stroke}>${escapeMarkup(label)}</text>`;
}

function pathOf({ paint, x, y, width }: Shape): string {
  return rectPath(paint, x, y, width, BAR_PX);
}
