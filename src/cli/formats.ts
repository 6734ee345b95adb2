import type { Report } from "../model/report.js";
import { type RenderOptions, renderHtml } from "../render/index.js";
import { renderMarkdown } from "../render/markdown/index.js";
import { renderSvg } from "../render/svg.js";
import { readPageAssets } from "./package-files.js";

/** What a report can be written as. */
interface Writing {
  readonly render: (report: Report, options: RenderOptions) => string;
  readonly extension: `.${string}`;
  /** What is mostly piped or read at once goes there unless a file is named. */
  readonly isForStdout: boolean;
}

/** One line each. */
const WRITINGS = {
  html: {
    render: (report, options) => renderHtml(report, readPageAssets(), options),
    ...{ extension: ".html", isForStdout: false },
  },
  json: { render: (report) => `${JSON.stringify(report)}\n`, extension: ".json", isForStdout: true },
  markdown: { render: (report) => renderMarkdown(report), extension: ".md", isForStdout: true },
  svg: { render: (report) => renderSvg(report), extension: ".svg", isForStdout: false },
} satisfies Readonly<Record<string, Writing>>;

export type Format = keyof typeof WRITINGS;
export const FORMATS = Object.keys(WRITINGS) as readonly Format[];

/** The report as one text. */
export function renderedAs(format: Format, report: Report, options: RenderOptions): string {
  return WRITINGS[format].render(report, options);
}

/** What the name of a file of that format ends in. */
export function extensionOf(format: Format): string {
  return WRITINGS[format].extension;
}

/** Where a format is written if nothing else is said: standard output, or a file in the current folder. */
export function defaultTarget(format: Format): "-" | "." {
  return WRITINGS[format].isForStdout ? "-" : ".";
}
