import type { Check } from "../model/check.js";
import { checkGithub } from "../render/check/github.js";
import { checkJunit } from "../render/check/junit.js";
import type { CheckFormat } from "./check-options.js";
import { checkText } from "./check-text.js";

/** What a check can be written as, and what the name of its file ends in. One line each. */
const WRITINGS: Readonly<Record<CheckFormat, { readonly text: (check: Check) => string; readonly extension: string }>> =
  {
    text: { text: checkText, extension: ".txt" },
    json: { text: (check) => `${JSON.stringify(check)}\n`, extension: ".json" },
    junit: { text: checkJunit, extension: ".xml" },
    github: { text: checkGithub, extension: ".txt" },
  };

export function checkAs(format: CheckFormat, check: Check): string {
  return WRITINGS[format].text(check);
}

/** Where it is written if only a folder is named. */
export function checkFileName(format: CheckFormat): string {
  return `sessionflame-check${WRITINGS[format].extension}`;
}
