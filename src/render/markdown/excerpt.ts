import { shortened, visibleLine } from "../../report/visible.js";

/** How many characters of a text are shown, by where it stands: a comment has no room for more. */
const MOST_CHARS = { cell: 120, heading: 200, paragraph: 1_000, block: 2_000 } as const;

/** The beginning of a text, on one line unless it is a block. */
export function excerpt(text: string, place: keyof typeof MOST_CHARS): string {
  const most = MOST_CHARS[place];
  // No character is longer than two units; what lies beyond need not be looked at.
  const begun = text.slice(0, 4 * most);
  return shortened(place === "block" ? begun : visibleLine(begun).trim(), most);
}
