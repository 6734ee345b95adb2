import type { Box } from "../../src/flame/boxes.js";
import { coveredLength } from "../../src/flame/covered-length.js";
import { matcher } from "./matcher.js";
import type { SceneIndex } from "./scene.js";

/** What a search found. */
export interface Hits {
  /** The things found, from left to right. */
  readonly ids: readonly number[];
  readonly boxes: readonly Box[];
  /** What part of the whole they cover, nothing counted twice. */
  readonly share: number;
  readonly isBroken: boolean;
}

export const NO_HITS: Hits = { ids: [], boxes: [], share: 0, isBroken: false };

/** All things of a scene that hold the words; the one that holds all others is not looked at. */
export function hitsOf(index: SceneIndex, words: string, isRegex: boolean): Hits {
  if (words === "") return NO_HITS;
  const matches = matcher(words, isRegex);
  if (!matches) return { ...NO_HITS, isBroken: true };
  const { scene } = index;
  const begin = (id: number) => index.box(id)?.x ?? 0;
  const ids = index.texts().flatMap((text, id) => (id !== scene.root && index.has(id) && matches(text) ? [id] : []));
  ids.sort((a, b) => begin(a) - begin(b) || a - b);
  const boxes = ids.flatMap((id) => index.boxesOf[id] ?? []);
  const covered = coveredLength(boxes.map((box) => scene.stretch(box)));
  return { ids, boxes, share: scene.whole > 0 ? covered / scene.whole : 0, isBroken: false };
}
