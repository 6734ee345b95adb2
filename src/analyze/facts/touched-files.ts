import type { ReportSpan } from "../../model/report.js";
import { isEdit } from "../../report/tool-names.js";
import type { SessionFacts } from "./session-facts.js";

/** Spans that are looked at in all: of tasks in tasks in tasks each is looked at with all that lies beneath it. */
const MOST_SPANS = 2_000_000;

/** The files that tool calls named, and those of them that were edited. What a shell changed is not known. */
export interface TouchedFiles {
  readonly all: readonly string[];
  readonly edited: readonly string[];
}

/** The files that the calls inside a span touched; null where there are too many to look at. */
export function touchedFiles({ spans, endOf }: SessionFacts): (id: number) => TouchedFiles | null {
  let left = MOST_SPANS;
  return (id) => {
    const end = endOf[id] ?? id;
    left -= end - id;
    if (left < 0) return null;
    const all: string[] = [];
    const edited: string[] = [];
    for (let at = id; at < end; at++) {
      const { tool = "", files = [] } = spans[at] as ReportSpan;
      for (const { path } of files) {
        all.push(path);
        if (isEdit(tool)) edited.push(path);
      }
    }
    return { all, edited };
  };
}
