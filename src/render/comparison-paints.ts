import { DIFFERENCE_PAINTS } from "../flame/difference-paints.js";
import { PAINTS, type Paint } from "../flame/palette.js";

/** Everything that is painted in the page of a comparison. */
export const COMPARISON_PAINTS: readonly Paint[] = [...Object.values(PAINTS), ...Object.values(DIFFERENCE_PAINTS)];
