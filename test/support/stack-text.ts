import type { MergedNode } from "../../src/flame/merge.js";
import { PAINTS } from "../../src/flame/palette.js";
import { type Frame, frame, type Stack } from "../../src/flame/stack.js";

/**
 * Stacks drawn as text, one a line: names from the outermost inwards, then the weight, as collapsed stacks are written.
 * Every line is a call of its own in all its frames; `span:3` names its span.
 *
 *     turn;step;bash 5 span:3
 */
export function stacksFromText(text: string): Stack[] {
  const lines = text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
  return lines.map((line) => {
    const [, path = "", weight, spanId] = /^(.+) ([\d.]+)(?: span:(\d+))?$/.exec(line) ?? [];
    if (weight === undefined) throw new Error(`cannot read: ${line}`);
    const leaf = path.split(";").reduce<Frame | null>((above, name) => frame(name, PAINTS.tool, above), null) as Frame;
    return { leaf, weight: Number(weight), spanId: spanId === undefined ? null : Number(spanId) };
  });
}

/** A stack drawn as text. */
export function stackAsText({ leaf, weight }: Stack): string {
  const path: string[] = [];
  for (let frame: Frame | null = leaf; frame; frame = frame.above) path.push(frame.name);
  return `${path.reverse().join(";")} ${weight}`;
}

/** Nodes drawn as text, children indented: the name, the total, and what a test asks for. */
export function nodesAsText(
  nodes: readonly MergedNode[],
  more: (node: MergedNode) => string | number | null = () => "",
): string[] {
  return nodes.map((node) =>
    `${"  ".repeat(Math.max(0, node.depth))}${node.name} ${node.total} ${more(node)}`.trimEnd(),
  );
}
