import { Eta } from "eta";
import type { SkillsOverview } from "../model/skills-overview.js";
import { escapeMarkup } from "./escape.js";
import { packRows } from "./pack.js";
import type { PageAssets } from "./page-assets.js";
import { skillsOverviewView } from "./view/skills-overview.js";

/** The skills of one session or of many as one self-contained HTML page, without a script. Pure. */
export function renderSkillsPage(overview: SkillsOverview, { templates, css, cssHash }: PageAssets): string {
  const eta = new Eta({ escapeFunction: escapeMarkup, debug: true });
  for (const [name, source] of Object.entries(templates)) eta.loadTemplate(`@${name}`, source);
  return eta.render("@skills-page", { css, cssHash, pack: packRows, ...skillsOverviewView(overview) });
}
