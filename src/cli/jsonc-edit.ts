import { applyEdits, type Edit, type Node } from "jsonc-parser";

/**
 * JSON with comments, one child more in an object or a list, after the last one: all other bytes stay, and
 * `withoutChild` gives the text back as it was. A bracket that ends its line has each child on a line of its own.
 */
export function withLastChild(text: string, parent: Node, child: string): string {
  const last = parent.children?.at(-1);
  const start = isOnLines(text, parent) ? lineEnd(text) + indentOf(text, parent) : last ? " " : "";
  if (!last) return inserted(text, afterLineComments(text, parent.offset + 1), start + child);
  const comma = commaAfter(text, last);
  const from = afterLineComments(text, comma ?? endOf(last));
  if (comma !== null) return inserted(text, isOnLines(text, parent) ? from : comma, `${start}${child},`);
  if (!isOnLines(text, parent)) return inserted(text, endOf(last), `,${start}${child}`);
  return applyEdits(text, [insertion(endOf(last), ","), insertion(from, start + child)]);
}

/** Takes out one child of an object or a list, with its comma and, where it stood alone on it, its line. */
export function withoutChild(text: string, parent: Node, child: Node): string {
  const children = parent.children ?? [];
  const before = children[children.indexOf(child) - 1];
  const ownComma = commaAfter(text, child);
  const start = blanksBefore(text, child.offset);
  const isFirstOnLine = /[\r\n]/.test(text[start - 1] ?? "");
  const from = isFirstOnLine ? beforeLineEnd(text, start) : before ? start : child.offset;
  const edits = [removal(from, ownComma ?? endOf(child))];
  const otherComma = before && ownComma === null ? commaAfter(text, before) : null;
  if (otherComma !== null) edits.unshift(removal(otherComma - 1, otherComma));
  return applyEdits(text, edits);
}

/** Puts another text in a node's place. */
export function withReplaced(text: string, { offset, length }: Node, content: string): string {
  return applyEdits(text, [{ offset, length, content }]);
}

const endOf = ({ offset, length }: Node) => offset + length;
const insertion = (offset: number, content: string): Edit => ({ offset, length: 0, content });
const removal = (from: number, to: number): Edit => ({ offset: from, length: to - from, content: "" });
const inserted = (text: string, offset: number, content: string) => applyEdits(text, [insertion(offset, content)]);

/** Whether children stand on lines of their own: by the first one, else by where the bracket is closed. */
function isOnLines(text: string, parent: Node): boolean {
  const end = parent.children?.[0]?.offset ?? endOf(parent);
  return text.slice(parent.offset, end).includes("\n");
}

/** As the first child is indented, else one step more than the line of the bracket. */
export function indentOf(text: string, parent: Node): string {
  const first = parent.children?.[0];
  if (first && isOnLines(text, parent)) return indentAt(text, first.offset);
  return indentAt(text, parent.offset) + stepOf(text);
}

/** What one more level is indented by: as the first line of the file that is indented at all. */
export function stepOf(text: string): string {
  return /^(?:\t| {1,8})(?=\S)/m.exec(text)?.[0] ?? "  ";
}

export function lineEnd(text: string): string {
  return text.includes("\r\n") ? "\r\n" : "\n";
}

function indentAt(text: string, offset: number): string {
  const line = text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset);
  return /^[ \t]*/.exec(line)?.[0] ?? "";
}

const BLANKS_AND_COMMENTS = /(?:\s|\/\/[^\r\n]*|\/\*[\s\S]*?\*\/)*/y;
const COMMENTS_OF_LINE = /(?:[ \t]*(?:\/\/[^\r\n]*|\/\*[\s\S]*?\*\/))*/y;

/** Where the comma behind a child ends; null where it has none. */
function commaAfter(text: string, child: Node): number | null {
  const end = matchEnd(text, endOf(child), BLANKS_AND_COMMENTS);
  return text[end] === "," ? end + 1 : null;
}

/** Behind the comments that follow on the same line. */
function afterLineComments(text: string, from: number): number {
  return matchEnd(text, from, COMMENTS_OF_LINE);
}

function matchEnd(text: string, from: number, pattern: RegExp): number {
  pattern.lastIndex = from;
  return from + (pattern.exec(text)?.[0].length ?? 0);
}

function blanksBefore(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && /[ \t]/.test(text[start - 1] as string)) start--;
  return start;
}

function beforeLineEnd(text: string, start: number): number {
  return text.slice(start - 2, start) === "\r\n" ? start - 2 : start - 1;
}
