import { DIFFERENCE_PAINTS, DIFFERENCE_STEPS } from "../../../flame/difference-paints.js";
import type { Paint } from "../../../flame/palette.js";
import type { ComparisonReport } from "../../../model/comparison.js";
import { plural } from "../../../report/format.js";
import { swatch } from "../../bar-svg.js";
import { differenceSvg } from "../../difference-svg.js";
import { isOfGroups } from "./tables.js";

/** The differential flame graph, as wide as B's time, and again as wide as A's; null where nobody worked. */
export function flameView(compared: ComparisonReport) {
  const { flame } = compared;
  const [root] = flame.nodes;
  if (!root || root.aMs + root.bMs === 0) return null;
  const [after, before] = [differenceSvg(flame, "b"), differenceSvg(flame, "a")];
  const paints = new Set([...after.paints, ...before.paints]);
  return {
    hint: [
      "merged by name; time that ran side by side counts in full, waiting for you is left out",
      isOfGroups(compared) ? "of a group the mean of its sessions" : "",
      flame.leftOut > 0 ? `${plural(flame.leftOut, "bar")} too narrow or too deep to be drawn` : "",
    ]
      .filter(Boolean)
      .join("; "),
    pictures: [
      { label: "As wide as the time of B", hint: "what is only in A is not in it", svg: root.bMs > 0 ? after.svg : "" },
      {
        label: "As wide as the time of A",
        hint: "what is only in B is not in it",
        svg: root.aMs > 0 ? before.svg : "",
      },
    ].filter(({ svg }) => svg !== ""),
    legend: LEGEND.filter(({ paint }) => paints.has(paint)).map(({ paint, label }) => ({
      swatch: swatch(paint),
      label,
    })),
  };
}

const LEGEND: readonly { readonly paint: Paint; readonly label: string }[] = [
  ...DIFFERENCE_STEPS.map(([share, paint]) => ({ paint, label: `▲ B took more, by ${stepWords(share)}` })),
  { paint: DIFFERENCE_PAINTS.same, label: "next to no difference" },
  ...DIFFERENCE_STEPS.toReversed().map(([share, , paint]) => ({
    paint,
    label: `▼ B took less, by ${stepWords(share)}`,
  })),
];

function stepWords(share: number): string {
  return `${share * 100}\u00a0% of all work or over`;
}
