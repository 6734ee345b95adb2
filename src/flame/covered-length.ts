/** How much of a line some stretches cover: what several cover counts once. A stretch is its begin and its end, in any unit. */
export function coveredLength(stretches: readonly (readonly [number, number])[]): number {
  const inOrder = [...stretches].sort((a, b) => a[0] - b[0]);
  let covered = 0;
  let reached = Number.NEGATIVE_INFINITY;
  for (const [begin, end] of inOrder) {
    covered += Math.max(0, end - Math.max(begin, reached));
    reached = Math.max(reached, end);
  }
  return covered;
}
