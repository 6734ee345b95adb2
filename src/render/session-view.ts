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
import { overviewView } from "./view/overview.js";
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

/** Strings for the templates `session-top` and `session-rest`: everything that is said of one session. */
export function sessionView(recorded: Report, { fullTables = false }: RenderOptions) {
  const report = shownReport(recorded);
  const limit = fullTables ? Number.POSITIVE_INFINITY : STATIC_ROWS;
  const messages = cutTable(report.tokens.byMessage, (row) => row.tokens?.total ?? 0, limit);
  const flame = flameSvg(report);
  const links = spanLinks(report.spans, flame.anchors);
  return {
    title: displayTitle(report.session.title),
    meta: metaLine(report),
    suggestionCount: String(suggestionCount(report)),
    noteCount: String(report.notes.length),
    pack: packRows,
    overview: overviewView(report, flame, links),
    timeline: timelineView(report, links, limit),
    tokens: tokensView(report, messages, links, limit),
    tools: toolsView(report, links, limit),
    suggestions: suggestionsView(report, links),
    notes: notesView(report),
  };
}
