import type { ReportSpan } from "../model/report.js";
import type { Span, ToolSpan } from "../model/session.js";

/** All excerpts of a report together: 10,000 calls would make the page 4 MB larger. */
const BUDGET_CHARS = 200_000;

/** What calls were given and gave back, as far as a report has room for it. */
export interface ShownExcerpts {
  /** By the call's index in the session's spans. */
  readonly byCall: ReadonlyMap<number, Excerpt>;
  /** How many calls have an excerpt for which no room was left. */
  readonly leftOut: number;
}

type Excerpt = Pick<ReportSpan, "input" | "output">;

/** The excerpts of the calls that are looked at first: those that failed, then the longest. */
export function shownExcerpts(spans: readonly Span[], budgetChars = BUDGET_CHARS): ShownExcerpts {
  const calls = spans.flatMap((span, index) =>
    span.kind === "tool" ? [{ index, span, excerpt: excerptOf(span) }] : [],
  );
  const ranked = calls.filter(({ excerpt }) => charsOf(excerpt) > 0).sort((a, b) => byInterest(a.span, b.span));
  let chars = 0;
  const shown = ranked.filter(({ excerpt }) => {
    // What follows the first that does not fit is left out too: a short one is not worth more than a long one before it.
    chars += charsOf(excerpt);
    return chars <= budgetChars;
  });
  return {
    byCall: new Map(shown.map(({ index, excerpt }) => [index, excerpt])),
    leftOut: ranked.length - shown.length,
  };
}

/** What of a call is worth room: an output that is its error in the same words says nothing new. */
function excerptOf({ excerpts: { input, output }, error }: ToolSpan): Excerpt {
  const shown = output === error ? "" : output;
  if (input === "") return shown === "" ? {} : { output: shown };
  return shown === "" ? { input } : { input, output: shown };
}

function charsOf({ input = "", output = "" }: Excerpt): number {
  return input.length + output.length;
}

function byInterest(a: ToolSpan, b: ToolSpan): number {
  return Number(b.status === "error") - Number(a.status === "error") || b.endAt - b.startAt - (a.endAt - a.startAt);
}
