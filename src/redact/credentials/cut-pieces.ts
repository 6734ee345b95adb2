import type { CredentialFinding } from "./finding.js";

/**
 * Texts are cut before anything looks at them, and a token that is cut has no form any more. So a piece just before an
 * ellipsis counts as one where it could be: what begins like one, or has letters and digits in a row. Longer than that
 * is no line that was cut.
 */
const PIECE = /[^\s"'`,;()[\]{}<>|]{4,400}(?= ?…)/g;
const CUT_HEADER = /(?<=\b(?:bearer|basic) )\S{1,400}?(?= ?…)/gi;
const BEGINS_LIKE_ONE =
  /(?:^|[=:@/])(?:sk|pk|rk|gh[pousr]|github_pat|xox[a-z]|xapp|AKIA|ASIA|AIza|ya29|GOCSPX|npm|pypi|gl[a-z]{2,5}|hf|eyJ|SG|shp[a-z]{2}|do[opr]|hv[sbr]|dapi|dckr|xai|gsk|lin|ntn|secret|whsec|AGE|SK)[-_.A-Z0-9]|:\/\/[^/@]*:/;
const RANDOM_PIECE = /(?=[\w+=-]*\d)(?=[\w+=-]*[A-Za-z])[\w+=-]{8,}$/;

/** What may be the beginning of a credential whose rest was cut off. */
export function cutPieceFindings(text: string): CredentialFinding[] {
  const headers = [...text.matchAll(CUT_HEADER)].map(({ index, 0: piece }) => [index, index + piece.length] as const);
  const pieces = [...text.matchAll(PIECE)].flatMap(({ index, 0: piece }) => {
    const found = BEGINS_LIKE_ONE.exec(piece) ?? RANDOM_PIECE.exec(piece);
    return found ? [[index + found.index, index + piece.length] as const] : [];
  });
  return [...headers, ...pieces].map(([from, to]) => ({ from, to, kind: null }));
}
