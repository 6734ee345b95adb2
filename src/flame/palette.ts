import type { FileRow, ReportSpan, State } from "../model/report.js";
import type { Pixels } from "../model/units.js";

/** One theme's colours of a paint. */
export interface Tone {
  readonly fill: string;
  /** Of a label on it. */
  readonly ink: string;
  /** Of the pattern's strokes, and of the outline where it is hollow. */
  readonly line: string | null;
}

/** What is drawn over a fill, so that no two kinds differ by their colour alone. */
export type Pattern = "rising" | "falling" | "crossed" | "level" | "upright" | "dotted";

/**
 * How a kind of thing is coloured. The light tone stands in the SVG itself, for viewers that drop the style sheet;
 * `className` is what the dark one goes by. `test/flame/palette.test.ts` says what the colours must fulfil.
 */
export interface Paint {
  readonly className: string;
  readonly light: Tone;
  readonly dark: Tone;
  readonly pattern: Pattern | null;
  /** Page-coloured within an outline: time in which nothing happened, or nothing is known to have, stays quiet. */
  readonly isHollow: boolean;
}

/** The colour of the page beneath, as in assets/css/theme.css. */
export const PAGE = { light: "#fff", dark: "#0f1216" } as const;

const WHITE = "#fff";
const BLACK = "#0f1216";

export const PAINTS = {
  session: solid("session", tone("#33415c", WHITE), tone("#4a6495", WHITE)),
  turn: solid("turn", tone("#5e7195", WHITE), tone("#617190", WHITE)),
  step: solid("step", tone("#8090ab", BLACK), tone("#596479", WHITE)),
  subagent: solid("subagent", tone("#9682c4", BLACK), tone("#796999", WHITE)),
  generating: solid("generating", tone("#5a4bc4", WHITE), tone("#b9b3fa", BLACK)),
  waiting: patterned("rising", "waiting", tone("#4895af", BLACK, "#7bbed4"), tone("#32768b", WHITE, "#234a58")),
  retrying: patterned("crossed", "retrying", tone("#0e767b", WHITE, "#1c4a4d"), tone("#6ebab9", BLACK, "#488d91")),
  tool: solid("tool", tone("#cb791f", BLACK), tone("#c68132", BLACK)),
  read: patterned("level", "read", tone("#5b9b6a", BLACK, "#89c495"), tone("#437a54", WHITE, "#2f4b36")),
  write: patterned("upright", "write", tone("#b8453e", WHITE, "#622420"), tone("#cf746b", BLACK, "#f1aea6")),
  overhead: patterned("dotted", "overhead", tone("#868c95", BLACK, "#b1b5bb"), tone("#696e76", WHITE, "#42454b")),
  user: hollow(null, "user", tone(PAGE.light, BLACK, "#81878f"), tone(PAGE.dark, WHITE, "#676c74")),
  unknown: hollow("falling", "unknown", tone(PAGE.light, BLACK, "#978e6b"), tone(PAGE.dark, WHITE, "#726a4d")),
} satisfies Record<string, Paint>;

const STATE_PAINTS: Readonly<Record<State, Paint>> = {
  generating: PAINTS.generating,
  "running-tools": PAINTS.tool,
  retrying: PAINTS.retrying,
  "waiting-for-model": PAINTS.waiting,
  "waiting-for-user": PAINTS.user,
  overhead: PAINTS.overhead,
  unknown: PAINTS.unknown,
};

const READING_TOOLS: ReadonlySet<string> = new Set(["read", "grep", "glob", "list", "lsp"]);
const WRITING_TOOLS: ReadonlySet<string> = new Set(["write", "edit", "multiedit", "patch", "apply_patch"]);

export function statePaint(state: State): Paint {
  return STATE_PAINTS[state];
}

export function spanPaint({ kind, state, tool = "" }: ReportSpan): Paint {
  if (kind === "session" || kind === "turn" || kind === "step" || kind === "subagent") return PAINTS[kind];
  return kind !== "tool" || state === "waiting-for-user" ? statePaint(state) : toolPaint(tool);
}

export function toolPaint(tool: string): Paint {
  if (READING_TOOLS.has(tool)) return PAINTS.read;
  return WRITING_TOOLS.has(tool) ? PAINTS.write : PAINTS.tool;
}

/** The id of the page's `<pattern>` for a patterned paint (`src/render/pattern-svg.ts`). */
export function patternId({ className }: Paint): string {
  return `p-${className}`;
}

/** The value of `fill`: a pattern is followed by the plain colour, for a picture that was taken out of its page. */
export function fillOf(paint: Paint): string {
  return paint.pattern ? `url(#${patternId(paint)}) ${paint.light.fill}` : paint.light.fill;
}

/** The value of `stroke`, one pixel wide; none where it is not hollow. */
export function outlineOf({ isHollow, light }: Paint): string | null {
  return isHollow ? light.line : null;
}

/** How much smaller on each side a bar is drawn, so that its outline lies within its bounds; 0 where it has none. */
export function insetOf(paint: Paint, widthPx: Pixels): Pixels {
  return outlineOf(paint) ? Math.min(0.5, widthPx / 4) : 0;
}

/** What of the input is what: the same colour in tables and pictures. */
export const INPUT_PAINTS: Readonly<Record<FileRow["kind"], Paint>> = {
  file: PAINTS.read,
  media: PAINTS.read,
  search: PAINTS.tool,
  tools: PAINTS.tool,
  history: PAINTS.generating,
  base: PAINTS.overhead,
  "compaction-input": PAINTS.retrying,
  unattributed: PAINTS.unknown,
};

function tone(fill: string, ink: string, line: string | null = null): Tone {
  return { fill, ink, line };
}

function solid(className: string, light: Tone, dark: Tone): Paint {
  return { className, light, dark, pattern: null, isHollow: false };
}

function patterned(pattern: Pattern, className: string, light: Tone, dark: Tone): Paint {
  return { ...solid(className, light, dark), pattern };
}

function hollow(pattern: Pattern | null, className: string, light: Tone, dark: Tone): Paint {
  return { ...solid(className, light, dark), pattern, isHollow: true };
}
