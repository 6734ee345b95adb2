import type { Share } from "../model/units.js";
import type { Paint, Tone } from "./palette.js";

/**
 * How much more or less something took: reds, and hatched blues, the heavier the more; grey where there is next to no
 * difference. `test/flame/difference-paints.test.ts` says what the colours must fulfil.
 */
export const DIFFERENCE_PAINTS = {
  more3: solid("more3", tone("#8c1d12", "#fff"), tone("#ffb59e", "#0f1216")),
  more2: solid("more2", tone("#b8432a", "#fff"), tone("#e57f5f", "#0f1216")),
  more1: solid("more1", tone("#d07350", "#0f1216"), tone("#a85a44", "#fff")),
  same: solid("same", tone("#868c95", "#0f1216"), tone("#696e76", "#fff")),
  less1: hatched("less1", tone("#5890c6", "#0f1216", "#87b6e2"), tone("#3d74a8", "#fff", "#274f77")),
  less2: hatched("less2", tone("#2e6aac", "#fff", "#1a487c"), tone("#6aa5dd", "#0f1216", "#a3cdf5")),
  less3: hatched("less3", tone("#1d4684", "#fff", "#0a2450"), tone("#b3d6fb", "#0f1216", "#76a9dd")),
} satisfies Record<string, Paint>;

/** From which part of all work on a difference has its colour; under the last one it is grey. */
export const DIFFERENCE_STEPS: readonly (readonly [share: Share, more: Paint, less: Paint])[] = [
  [0.1, DIFFERENCE_PAINTS.more3, DIFFERENCE_PAINTS.less3],
  [0.02, DIFFERENCE_PAINTS.more2, DIFFERENCE_PAINTS.less2],
  [0.005, DIFFERENCE_PAINTS.more1, DIFFERENCE_PAINTS.less1],
];

/** The colour of a difference that is such a part of all work, negative for less. */
export function differencePaint(share: Share): Paint {
  const [, more, less] = DIFFERENCE_STEPS.find(([from]) => Math.abs(share) >= from) ?? [];
  return (share > 0 ? more : less) ?? DIFFERENCE_PAINTS.same;
}

function tone(fill: string, ink: string, line: string | null = null): Tone {
  return { fill, ink, line };
}

function solid(className: string, light: Tone, dark: Tone): Paint {
  return { className, light, dark, pattern: null, isHollow: false };
}

function hatched(className: string, light: Tone, dark: Tone): Paint {
  return { ...solid(className, light, dark), pattern: "falling" };
}
