import fc from "fast-check";
import { PAINTS } from "../../src/flame/palette.js";
import { type Frame, frame, type Stack } from "../../src/flame/stack.js";

const path = fc.array(fc.constantFrom("a", "b", "c", "d"), { minLength: 1, maxLength: 6 });

const stacksOf = (weight: fc.Arbitrary<number>): fc.Arbitrary<Stack[]> =>
  fc.array(fc.tuple(path, weight, fc.option(fc.nat(50))), { maxLength: 30 }).map((random) =>
    random.map(([names, size, spanId]) => {
      const leaf = names.reduce<Frame | null>((above, name) => frame(name, PAINTS.tool, above), null) as Frame;
      return { leaf, weight: size, spanId };
    }),
  );

/** Few names, so that stacks share their beginnings and names recur; weights as of time and tokens. */
export const wholeStacks = stacksOf(fc.nat(10_000));
/** The same with weights as of costs. */
export const costStacks = stacksOf(fc.nat(1_000_000_000).map((nano) => nano / 1e9));

/** Each frame beneath the one before it, every one with a weight of its own, called by turns. */
export function chainOfStacks(length: number, names: readonly string[]): Stack[] {
  const stacks: Stack[] = [];
  let leaf: Frame | null = null;
  for (let i = 0; i < length; i++) {
    leaf = frame(names[i % names.length] as string, PAINTS.step, leaf);
    stacks.push({ leaf, weight: 1, spanId: i });
  }
  return stacks;
}
