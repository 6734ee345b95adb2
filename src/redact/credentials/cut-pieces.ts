import type { CredentialFinding } from "./finding.js";

/** No line that was cut is longer. */
const MOST_CHARS = 400;

/** What ends a piece. */
const BETWEEN_PIECES = /[\s"'`,;()[\]{}<>|]/;
const BEGINS_LIKE_ONE =
  /(?:^|[=:@/])(?:sk|pk|rk|gh[pousr]|github_pat|xox[a-z]|xapp|AKIA|ASIA|AIza|ya29|GOCSPX|npm|pypi|gl[a-z]{2,5}|hf|eyJ|SG|shp[a-z]{2}|do[opr]|hv[sbr]|dapi|dckr|xai|gsk|lin|ntn|secret|whsec|AGE|SK)[-_.A-Z0-9]|:\/\/[^/@]*:|[?&](?:sig|token|key)=/;
const RANDOM_PIECE = /(?=[\w+=-]*\d)(?=[\w+=-]*[A-Za-z])[\w+=-]{8,}$/;
const HEADER = /\b(?:bearer|basic|token) $/i;

/**
 * What may be the beginning of a credential whose rest was cut off. Texts are cut before anything looks at them, and a
 * token that is cut has no form any more. So what stands just before an ellipsis counts as one where it could be: what
 * begins like one, has letters and digits in a row, or follows the word of a header.
 */
export function cutPieceFindings(text: string): CredentialFinding[] {
  const found: CredentialFinding[] = [];
  for (let cut = text.indexOf("…"), last = 0; cut >= 0; last = cut + 1, cut = text.indexOf("…", last)) {
    const start = Math.max(last, cut - MOST_CHARS);
    const from = cutPieceStart(text.slice(start, cut));
    if (from !== null) found.push({ from: start + from, to: cut, kind: null });
  }
  return found;
}

/** Where in what stands before a cut such a piece begins. */
function cutPieceStart(before: string): number | null {
  const line = before.endsWith(" ") ? before.slice(0, -1) : before;
  let start = line.length;
  while (start > 0 && !BETWEEN_PIECES.test(line[start - 1] as string)) start--;
  const piece = line.slice(start);
  if (piece !== "" && HEADER.test(line.slice(0, start))) return start;
  const found = piece.length < 4 ? null : (BEGINS_LIKE_ONE.exec(piece) ?? RANDOM_PIECE.exec(piece));
  return found && start + found.index;
}
