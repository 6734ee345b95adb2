import type { Panel, Report } from "../../model/report.js";
import { plural } from "../../report/format.js";
import { suggestionCards } from "../../report/suggestion-cards.js";
import { codeParts, shortCodeParts, type TextPart } from "./code-parts.js";

/** Lines under a panel; one more says how many there are besides. */
const SHOWN = 3;

/** A suggestion in one line, under the part of the page that it is about. */
export interface Remark {
  readonly message: readonly TextPart[];
  readonly title: readonly TextPart[];
  readonly href: string;
}

export function panelRemarks(report: Report, panel: Panel): Remark[] {
  const cards = suggestionCards(report).filter(({ suggestion }) => suggestion.panel === panel);
  const remarks = cards.map(({ id, suggestion: { message, title } }) => ({
    message: shortCodeParts(message),
    title: codeParts(title),
    href: `#${id}`,
  }));
  if (remarks.length <= SHOWN) return remarks;
  const more = plural(remarks.length - SHOWN, "further suggestion");
  return [...remarks.slice(0, SHOWN), { message: [], title: codeParts(more), href: "#suggestions" }];
}
