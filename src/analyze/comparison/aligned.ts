/** Which of the first list goes with which of the second: indexes, -1 for none. */
export type Pair = readonly [a: number, b: number];

/** Lists that are longer are paired by place alone: texts are compared each with each. */
const MOST_COMPARED = 2_000;

/**
 * Pairs two lists in order: the longest run of equal texts first, and what lies between two of those by its place. What is
 * left over of a longer one stands alone.
 */
export function alignedPairs(a: readonly string[], b: readonly string[]): Pair[] {
  const anchors = Math.max(a.length, b.length) > MOST_COMPARED ? [] : equalPairs(a, b);
  const pairs: Pair[] = [];
  let [fromA, fromB] = [0, 0];
  for (const [toA, toB] of [...anchors, [a.length, b.length] as const]) {
    pairs.push(...byPlace(fromA, toA, fromB, toB));
    if (toA < a.length) pairs.push([toA, toB]);
    [fromA, fromB] = [toA + 1, toB + 1];
  }
  return pairs;
}

function byPlace(fromA: number, toA: number, fromB: number, toB: number): Pair[] {
  const length = Math.max(toA - fromA, toB - fromB, 0);
  return Array.from(
    { length },
    (_, i) => [fromA + i < toA ? fromA + i : -1, fromB + i < toB ? fromB + i : -1] as const,
  );
}

/** A longest common subsequence, of several the earliest. */
function equalPairs(a: readonly string[], b: readonly string[]): Pair[] {
  const width = b.length + 1;
  const lengths = new Uint16Array((a.length + 1) * width);
  const at = (i: number, j: number) => lengths[i * width + j] as number;
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      lengths[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const pairs: Pair[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) pairs.push([i++, j++]);
    else if (at(i + 1, j) >= at(i, j + 1)) i++;
    else j++;
  }
  return pairs;
}
