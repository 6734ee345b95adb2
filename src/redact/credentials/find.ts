import { assignmentFindings } from "./assignments.js";
import { commandLineFindings } from "./command-lines.js";
import { cutPieceFindings } from "./cut-pieces.js";
import type { FindCredentials } from "./finding.js";
import { secretlintFindings } from "./secretlint.js";
import { tokenFindings } from "./token-forms.js";

/**
 * Finds what looks like a credential: secretlint's recommended rules, forms of tokens that those leave out, values of
 * names that say "secret" and of programs that take a password, and beginnings of what was cut. It takes some milliseconds to load: import it where it is used.
 */
export const findCredentials: FindCredentials = (text) => [
  ...secretlintFindings(text),
  ...tokenFindings(text),
  ...assignmentFindings(text),
  ...commandLineFindings(text),
  ...cutPieceFindings(text),
];
