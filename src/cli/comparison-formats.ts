import type { ComparisonReport } from "../model/comparison.js";
import { renderComparisonPage } from "../render/comparison-page.js";
import { renderComparisonMarkdown } from "../render/markdown/comparison.js";
import { readComparisonAssets } from "./package-files.js";

/** What a comparison can be written as: one line each. */
const WRITINGS = {
  html: { render: (compared) => renderComparisonPage(compared, readComparisonAssets()), extension: ".html" },
  json: { render: (compared) => `${JSON.stringify(compared)}\n`, extension: ".json" },
  markdown: { render: (compared) => renderComparisonMarkdown(compared), extension: ".md" },
} satisfies Readonly<Record<string, Writing>>;

interface Writing {
  readonly render: (compared: ComparisonReport) => string;
  readonly extension: `.${string}`;
}

export type ComparisonFormat = keyof typeof WRITINGS;

/** The comparison as one text. */
export function comparisonAs(format: ComparisonFormat, compared: ComparisonReport): string {
  return WRITINGS[format].render(compared);
}

/** What the name of a file of that format ends in. */
export function comparisonExtension(format: ComparisonFormat): string {
  return WRITINGS[format].extension;
}
