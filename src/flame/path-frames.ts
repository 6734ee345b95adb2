import type { ReportSpan } from "../model/report.js";
import { relativePath } from "../report/format.js";
import { PAINTS, type Paint, toolPaint } from "./palette.js";
import { type Frame, frame } from "./stack.js";
import { toolName } from "./tool-target.js";

/** A file beneath its folders, one frame each: `src/`, `auth/`, `session.ts`. A path from elsewhere begins with `/`. */
export function pathFrame(path: string, paint: Paint, calls = 1): Frame {
  const parts = path.split(/[/\\]/).filter(Boolean);
  const file = parts.pop() ?? path;
  const root = /^[/\\]/.test(path) ? frame("/", PAINTS.step, null, calls) : null;
  const folder = parts.reduce<Frame | null>((above, part) => frame(`${part}/`, PAINTS.step, above, calls), root);
  return frame(file, paint, folder, calls);
}

/** A tool beneath the file that it was called on; of several files the first, which is the most telling. */
export function fileFrame(span: ReportSpan, directory: string): Frame {
  const path = span.files?.[0]?.path;
  const file =
    path === undefined
      ? frame("(no file)", PAINTS.overhead, null)
      : pathFrame(relativePath(path, directory), PAINTS.turn);
  return frame(toolName(span), toolPaint(toolName(span)), file);
}
