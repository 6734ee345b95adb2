import type { ComparisonNote, Presence } from "../../model/comparison.js";
import type { Report } from "../../model/report.js";
import { recordedBy } from "../../report/comparison-words.js";
import { listed, plural } from "../../report/format.js";
import { FEWEST_SESSIONS } from "./rank-test.js";
import { repeatNotes } from "./repeats.js";

type Reports = readonly Report[];

/** What is to be known of the comparison, then the notes of its reports. `given`: those of both sides, repeats included. */
export function comparisonNotes(a: Reports, b: Reports, given: readonly [Reports, Reports]): ComparisonNote[] {
  const own = [
    ...numberNotes(a, b),
    ...originNotes(a, b),
    ...repeatNotes(given[0], "A"),
    ...repeatNotes(given[1], "B"),
    ...costNotes(a, b),
    ...promptNotes(a, b),
  ];
  return [
    ...own.map((text) => ({ of: "both" as const, sessionId: null, kind: "info" as const, text })),
    ...reportNotes(a, "a"),
    ...reportNotes(b, "b"),
  ];
}

function reportNotes(reports: Reports, of: Presence): ComparisonNote[] {
  return reports.flatMap(({ notes, session }) => notes.map((note) => ({ of, sessionId: session.id, ...note })));
}

function numberNotes(a: Reports, b: Reports): string[] {
  if (a.length === 1 && b.length === 1)
    return [
      "One session stands on each side: the same prompt takes another time and other tokens each time, so what differs may be chance. Groups of 5 sessions or more are tested.",
    ];
  const tested = `Figures are medians of the sessions in which they are known. Each is tested by itself, by Mann-Whitney's rank test, two-sided at 5 %: of 20 figures that do not differ, one is expected to look as if it did.`;
  const fewest = Math.min(a.length, b.length);
  const few =
    fewest < FEWEST_SESSIONS
      ? [`No verdict: one side has ${plural(fewest, "session")}, under ${FEWEST_SESSIONS}.`]
      : [];
  return [tested, ...few];
}

function originNotes(a: Reports, b: Reports): string[] {
  const [from, to] = [versionsOf(a), versionsOf(b)];
  const differ = `A was recorded by ${from}, B by ${to}: releases record times and tokens differently.`;
  const ids = new Set(a.map(({ session }) => session.id));
  const same = b.filter(({ session }) => ids.has(session.id)).length;
  return [
    ...(from === to ? [] : [differ]),
    ...(same > 0 ? [`${plural(same, "session")} of B ${same === 1 ? "is" : "are"} in A too.`] : []),
  ];
}

function versionsOf(reports: Reports): string {
  const names = reports.map(({ session }) => recordedBy(session));
  return listed([...new Set(names)].sort());
}

function costNotes(a: Reports, b: Reports): string[] {
  const isEstimated = ({ summary }: Report) => summary.costBasis === "estimated";
  const sides = [a, b].map((side) => side.some(isEstimated));
  if (!sides.includes(true)) return [];
  return sides[0] === sides[1]
    ? ["Costs are estimated by list prices, in part at least."]
    : [
        `Of ${sides[0] ? "A" : "B"} alone costs are estimated by list prices: they differ from recorded ones by that too.`,
      ];
}

function promptNotes(a: Reports, b: Reports): string[] {
  const [first, second] = [a[0], b[0]];
  if (a.length !== 1 || b.length !== 1 || !first || !second) return [];
  const prompts = ({ spans }: Report) => spans.flatMap(({ kind, name }) => (kind === "turn" ? [name] : [])).join("\n");
  return prompts(first) === prompts(second)
    ? []
    : ["The prompts of the sessions are not the same: turns are paired by equal prompts, and what is left by place."];
}
