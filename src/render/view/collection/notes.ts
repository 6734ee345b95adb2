import type { CollectionIndex } from "../../../model/collection.js";
import { formatCount, formatInstant, plural } from "../../../report/format.js";
import { tokensOf } from "./sessions.js";

/** Under the index: what is to be known of its figures. */
export function collectionRemarks(index: CollectionIndex): string[] {
  return [copiesRemark(index), othersRemark(index), leftOutRemark(index)].filter(Boolean);
}

/** What is counted once, and what that leaves out. */
function copiesRemark({ totals, sessions }: CollectionIndex): string {
  const { copies, copiedMessages } = totals;
  const whole =
    copies === 0
      ? ""
      : `${formatCount(copies)} of ${plural(sessions.length, "session")} ${copies === 1 ? "is nothing but a copy of another: it is" : "are nothing but copies of others: they are"} listed and counted nowhere.`;
  const parts =
    copiedMessages === 0
      ? ""
      : `${plural(copiedMessages, "message")} that ${copiedMessages === 1 ? "was" : "were"} copied from another session ${copiedMessages === 1 ? "counts" : "count"} once, where ${copiedMessages === 1 ? "it was" : "they were"} made.`;
  return [whole, parts].filter(Boolean).join(" ");
}

/** A row is a whole session; the totals are those of `stats`, which looks at each subagent by its own date and folder. */
function othersRemark({ totals, sessions }: CollectionIndex): string {
  const { uncachedInput, cacheRead, cacheWrite, output, reasoning } = totals.counted.tokens;
  const counted = uncachedInput + cacheRead + cacheWrite + output + reasoning;
  const listed = sessions.reduce((sum, session) => sum + tokensOf(session), 0);
  return counted === listed
    ? ""
    : "The totals of tokens, messages and cost are those of `sessionflame stats`, which chooses each subagent by its own time and folder: the rows, which are whole sessions, do not sum to them.";
}

/** The page says what is not in it. */
export function leftOutRemark({ sessions }: CollectionIndex): string {
  const whole = sessions.filter(({ hasReport }) => hasReport).length;
  if (whole === sessions.length) return "";
  return `The full reports of ${formatCount(whole)} of ${plural(sessions.length, "session")} are in this page, those that changed last: with more it would be larger than can be passed on. The others have their summary under "Session by session".`;
}

/** What the page is, at its end. */
export function collectionNotes({ generator, totals }: CollectionIndex): string[] {
  return [
    "Tokens, messages and cost are what `sessionflame stats` counts without forks and copies; what `opencode stats` shows has copies in it.",
    "Times are those of the sessions' own reports: time in which sessions ran side by side counts in each of them.",
    totals.estimatedUsd === null
      ? ""
      : "≈: no cost was recorded for these calls; list prices make so much of their tokens, copied messages included.",
    `Made by ${generator.name} ${generator.version}${generator.madeAt === undefined ? "" : `, ${formatInstant(generator.madeAt)}`}.`,
  ].filter(Boolean);
}
