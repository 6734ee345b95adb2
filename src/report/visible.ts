/**
 * Characters that would not show or would change how their neighbours show: controls (but for tab and line ends),
 * text direction marks and overrides, invisible separators, hyphens and tags, what is no character, surrogates without
 * their other half. Joiners stay: scripts and emoji are written with them.
 */
const UNSHOWN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff]|\udb40[\udc00-\udc7f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Writes what would not show as `\u202e`, `\u{e0041}`. */
export function visible(text: string): string {
  return text.replace(UNSHOWN, (char) => {
    const digits = (char.codePointAt(0) as number).toString(16);
    return digits.length > 4 ? `\\u{${digits}}` : `\\u${digits.padStart(4, "0")}`;
  });
}

/** The same on one line: for a terminal, a table, a heading. */
export function visibleLine(text: string): string {
  return visible(text.replace(/\s+/g, (space) => (space === "\u00a0" ? space : " ")));
}

const TITLE_CHARS = 120;

/** A session's title as it is shown: on one line, not too long, never empty. */
export function displayTitle(title: string): string {
  return shortened(visibleLine(title).trim(), TITLE_CHARS) || "Untitled session";
}

/** Cut with an ellipsis where it has more characters than that. */
export function shortened(text: string, maxChars: number): string {
  const points = [...text];
  if (points.length <= maxChars) return text;
  const kept = points.slice(0, maxChars - 1).join("");
  return `${kept.trimEnd()}…`;
}
