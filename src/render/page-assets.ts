/** What the page is made of besides the report. Read from disk by the command line, so that rendering stays pure. */
export interface PageAssets {
  /** Template sources by name: `page`, `overview`, ... */
  readonly templates: Readonly<Record<string, string>>;
  readonly css: string;
  /** `sha256-...` of the style sheet, for the content security policy. */
  readonly cssHash: string;
}
