import type { ReportSpan, State } from "../model/report.js";

/**
 * How things are coloured. `className` is what report.css colours; `fill` is the same in the light theme, for viewers
 * that drop the style sheet.
 */
export interface Paint {
  readonly className: string;
  readonly fill: string;
  /** The colour of a label on it. */
  readonly ink: "light" | "dark";
}

export const PAINTS = {
  session: { className: "session", fill: "#33415c", ink: "light" },
  turn: { className: "turn", fill: "#c5d0e0", ink: "dark" },
  step: { className: "step", fill: "#dfe6ef", ink: "dark" },
  subagent: { className: "subagent", fill: "#c9bfe8", ink: "dark" },
  generating: { className: "generating", fill: "#5b4fc7", ink: "light" },
  waiting: { className: "waiting", fill: "#8fd3e8", ink: "dark" },
  retrying: { className: "retrying", fill: "#2d7a92", ink: "light" },
  tool: { className: "tool", fill: "#f0a63a", ink: "dark" },
  read: { className: "read", fill: "#8fd0a0", ink: "dark" },
  write: { className: "write", fill: "#c94f43", ink: "light" },
  overhead: { className: "overhead", fill: "#b9bfc7", ink: "dark" },
  user: { className: "user", fill: "#e8ebef", ink: "dark" },
  unknown: { className: "unknown", fill: "#f4f0d8", ink: "dark" },
} as const satisfies Record<string, Paint>;

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
