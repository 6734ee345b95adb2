import { Eta } from "eta";
import type { Report } from "../model/report.js";
import { shownReport } from "../report/shown-report.js";
import { suggestionCount } from "../report/suggestion-cards.js";
import { displayTitle } from "../report/visible.js";
import { escapeMarkup } from "./escape.js";
import { flameSvg } from "./flame-svg.js";
import { packRows } from "./pack.js";
import { metaLine } from "./view/meta-line.js";
import { notesView } from "./view/notes.js";
import { type FlamePictures, overviewView } from "./view/overview.js";
import { spanLinks } from "./view/span-links.js";
import { suggestionsView } from "./view/suggestions.js";
import { cutTable, STATIC_ROWS } from "./view/table.js";
import { timelineView } from "./view/timeline.js";
import { tokensView } from "./view/tokens.js";
import { toolsView } from "./view/tools.js";

export interface RenderOptions {
  /** Every row of every table instead of the 200 largest. */
  readonly fullTables?: boolean;
}

/** Templates by name, compiled when they are first used: who renders several pages keeps them. */
export function pageTemplates(templates: Readonly<Record<string, string>>): Eta {
  const eta = new Eta({ escapeFunction: escapeMarkup, debug: true });
  for (const [name, source] of Object.entries(templates)) eta.loadTemplate(`@${name}`, source);
  return eta;
}

interface ViewOptions extends RenderOptions {
  /** A script puts it into the page. */
  readonly isUnfolded?: boolean;
}

/** Strings for the templates `session-top` and `session-rest`: everything that is said of one session. */
export function sessionView(recorded: Report, { fullTables = false, isUnfolded = false }: ViewOptions) {
  const report = shownReport(recorded);
  const limit = fullTables ? Number.POSITIVE_INFINITY : STATIC_ROWS;
  const messages = cutTable(report.tokens.byMessage, (row) => row.tokens?.total ?? 0, limit);
  const pictures = flamePictures(report, isUnfolded);
  const links = spanLinks(report.spans, pictures.flame.anchors);
  return {
    title: displayTitle(report.session.title),
    meta: metaLine(report),
    suggestionCount: String(suggestionCount(report)),
    noteCount: String(report.notes.length),
    pack: packRows,
    overview: overviewView(report, pictures, links),
    timeline: timelineView(report, links, limit),
    tokens: tokensView(report, messages, links, limit),
    tools: toolsView(report, links, limit),
    suggestions: suggestionsView(report, links),
    notes: notesView(report),
  };
}

/**
 * Of what a script unfolds, the pictures are seen for a moment, and on paper: nobody points at them, and links lead into
 * the chart. Without ids and titles most of their bars need no element each, so that the Overview is there sooner.
 */
function flamePictures(report: Report, isUnfolded: boolean): FlamePictures {
  const hasTitles = !isUnfolded;
  const flame = flameSvg(report, { hasAnchors: !isUnfolded, hasTitles });
  const isFolded = flame.foldedMs > 0;
  return {
    flame,
    trueScale: isFolded ? flameSvg(report, { folding: "never", hasAnchors: false, hasTitles }) : null,
  };
}
