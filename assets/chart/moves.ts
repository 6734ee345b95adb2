import type { Action } from "./keys.js";
import type { SceneIndex } from "./scene.js";

/** Where an arrow leads from a thing: up and down as it is drawn, left and right to those beside it; the thing itself where there is nothing. */
export function moveFrom(index: SceneIndex, id: number | null, action: Action): number {
  const { scene } = index;
  if (id === null) return scene.root;
  const siblings = index.siblings(id).filter((sibling) => index.has(sibling));
  const at = siblings.indexOf(id);
  const beside: Partial<Record<Action, number | undefined>> = {
    up: next(index, id, (row, own) => row < own) ?? sameRowParent(index, id),
    down: next(index, id, (row, own) => row > own) ?? sameRowChild(index, id),
    left: siblings[at - 1],
    right: siblings[at + 1],
    first: siblings[0],
    last: siblings.at(-1),
  };
  const found = beside[action];
  return found === undefined || found < 0 ? id : found;
}

/** What it lies in or the first thing in it, whichever is drawn on that side: callers stand above what they call. */
function next(index: SceneIndex, id: number, isThere: (row: number, own: number) => boolean): number | undefined {
  const { parents } = index.scene;
  const own = index.box(id)?.row ?? 0;
  const near = [parents[id] ?? -1, ...(index.children[id] ?? [])];
  return near.find((other) => other >= 0 && index.has(other) && isThere(index.box(other)?.row ?? 0, own));
}

/** A wait is drawn in the row of its call. */
function sameRowParent(index: SceneIndex, id: number): number | undefined {
  const parent = index.scene.parents[id] ?? -1;
  return index.box(parent)?.row === index.box(id)?.row ? parent : undefined;
}

function sameRowChild(index: SceneIndex, id: number): number | undefined {
  return index.children[id]?.find((child) => index.box(child)?.row === index.box(id)?.row);
}
