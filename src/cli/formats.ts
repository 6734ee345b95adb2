import type { Report } from "../model/report.js";
import { type RenderOptions, renderHtml } from "../render/index.js";
import { readPageAssets } from "./package-files.js";

/** What a report can be written as: one line each. */
const RENDERERS = {
  html: (report, options) => renderHtml(report, readPageAssets(), options),
  json: (report) => `${JSON.stringify(report)}\n`,
} satisfies Readonly<Record<string, (report: Report, options: RenderOptions) => string>>;

export type Format = keyof typeof RENDERERS;
export const FORMATS = Object.keys(RENDERERS) as readonly Format[];

/** The report as one text. */
export function renderedAs(format: Format, report: Report, options: RenderOptions): string {
  return RENDERERS[format](report, options);
}
