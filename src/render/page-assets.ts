/** What the page of a comparison is made of: it has no script. */
export type ComparisonAssets = Pick<PageAssets, "templates" | "css" | "cssHash">;

/** What the page is made of besides the report. Read from disk by the command line, so that rendering stays pure. */
export interface PageAssets {
  /** Template sources by name: `page`, `overview`, ... */
  readonly templates: Readonly<Record<string, string>>;
  readonly css: string;
  /** `sha256-...` of the style sheet, as of the script below, for the content security policy. */
  readonly cssHash: string;
  /** The page's one script: with the chart, and without for a page that has none. They hold no end tag of a script. */
  readonly js: string;
  readonly jsHash: string;
  readonly plainJs: string;
  readonly plainJsHash: string;
}
