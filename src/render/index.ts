import { Eta } from "eta";
import type { Report } from "../model/report.js";
import { encodedReport } from "../report/codec.js";
import { shownReport } from "../report/shown-report.js";
import { suggestionCount } from "../report/suggestion-cards.js";
import { displayTitle } from "../report/visible.js";
import { escapeMarkup } from "./escape.js";
import { flameSvg } from "./flame-svg.js";
import { packedText, packRows } from "./pack.js";
import type { PageAssets } from "./page-assets.js";
import { patternsSvg } from "./pattern-svg.js";
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

/** The report as one self-contained HTML page. Pure: the same report, assets and options give the same bytes. */
export function renderHtml(recorded: Report, assets: PageAssets, { fullTables = false }: RenderOptions = {}): string {
  const report = shownReport(recorded);
  const eta = new Eta({ escapeFunction: escapeMarkup, debug: true });
  for (const [name, source] of Object.entries(assets.templates)) eta.loadTemplate(`@${name}`, source);
  const limit = fullTables ? Number.POSITIVE_INFINITY : STATIC_ROWS;
  const messages = cutTable(report.tokens.byMessage, (row) => row.tokens?.total ?? 0, limit);
  const hasChart = report.summary.wallMs > 0;
  const flame = flameSvg(report);
  const links = spanLinks(report.spans, flame.anchors);
  return eta.render("@page", {
    ...pageView(report),
    css: assets.css,
    cssHash: assets.cssHash,
    js: hasChart ? assets.js : assets.plainJs,
    jsHash: hasChart ? assets.jsHash : assets.plainJsHash,
    pack: packRows,
    data: packedText(encodedReport(recorded)),
    overview: overviewView(report, flame, links),
    timeline: timelineView(report, links, limit),
    tokens: tokensView(report, messages, links, limit),
    patterns: { svg: patternsSvg() },
    tools: toolsView(report, links, limit),
    suggestions: suggestionsView(report, links),
    notes: notesView(report),
  });
}

function pageView(report: Report) {
  return {
    title: displayTitle(report.session.title),
    meta: metaLine(report),
    suggestionCount: String(suggestionCount(report)),
    noteCount: String(report.notes.length),
  };
}
