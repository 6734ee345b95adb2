/** In pre-order what a span holds stands directly behind it: the index behind the last of it, by span. */
export function subtreeEnds(spans: readonly { readonly parent: number }[]): readonly number[] {
  const ends = spans.map((_, i) => i + 1);
  for (let i = spans.length - 1; i > 0; i--) {
    const { parent } = spans[i] as { readonly parent: number };
    ends[parent] = Math.max(ends[parent] as number, ends[i] as number);
  }
  return ends;
}
