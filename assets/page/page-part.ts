/** The part of the page that one report is in: all of it, or the open one of several. */
export interface PagePart {
  readonly root: ParentNode;
  /** What the addresses in it begin with, behind the `#`: empty, or `ses_…`. */
  readonly name: string;
  /** Aborted when the part is left: every listener beyond it ends then. */
  readonly signal: AbortSignal;
}

/** A page of one report, which is never left. */
export const WHOLE_PAGE: PagePart = { root: document, name: "", signal: new AbortController().signal };

/** The address within the part, as a page of that report alone would have it: `#timeline` of `#ses_1/timeline`. */
export function partOf({ name }: PagePart): string {
  const { hash } = location;
  if (name === "") return hash;
  return hash.startsWith(`#${name}/`) ? `#${hash.slice(name.length + 2)}` : "#";
}

/** The address of the page for one within the part. */
export function addressIn({ name }: PagePart, hash: string): string {
  if (name === "") return hash;
  return hash === "#overview" ? `#${name}` : `#${name}/${hash.slice(1)}`;
}
