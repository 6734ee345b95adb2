import type { Report } from "../model/report.js";
import { encodedReport } from "../report/codec.js";
import { packedText } from "./pack.js";
import type { PageAssets } from "./page-assets.js";
import { patternsSvg } from "./pattern-svg.js";
import { pageTemplates, type RenderOptions, sessionView } from "./session-view.js";

export type { RenderOptions } from "./session-view.js";

/** The report as one self-contained HTML page. Pure: the same report, assets and options give the same bytes. */
export function renderHtml(report: Report, assets: PageAssets, options: RenderOptions = {}): string {
  const hasChart = report.summary.wallMs > 0;
  return pageTemplates(assets.templates).render("@page", {
    session: sessionView(report, options),
    css: assets.css,
    cssHash: assets.cssHash,
    js: hasChart ? assets.js : assets.plainJs,
    jsHash: hasChart ? assets.jsHash : assets.plainJsHash,
    data: packedText(encodedReport(report)),
    patterns: { svg: patternsSvg() },
  });
}
