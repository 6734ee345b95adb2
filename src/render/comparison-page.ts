import { Eta } from "eta";
import type { ComparisonReport } from "../model/comparison.js";
import { COMPARISON_PAINTS } from "./comparison-paints.js";
import { escapeMarkup } from "./escape.js";
import { packRows } from "./pack.js";
import type { ComparisonAssets } from "./page-assets.js";
import { patternsSvg } from "./pattern-svg.js";
import { comparisonView } from "./view/comparison/index.js";

/** Two sessions, or two groups, as one self-contained HTML page, without a script. Pure. */
export function renderComparisonPage(
  compared: ComparisonReport,
  { templates, css, cssHash }: ComparisonAssets,
): string {
  const eta = new Eta({ escapeFunction: escapeMarkup, debug: true });
  for (const [name, source] of Object.entries(templates)) eta.loadTemplate(`@${name}`, source);
  const patterns = patternsSvg(COMPARISON_PAINTS);
  return eta.render("@comparison-page", { css, cssHash, pack: packRows, patterns, ...comparisonView(compared) });
}
