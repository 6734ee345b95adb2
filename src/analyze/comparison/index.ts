import type { ComparedSummary, ComparisonReport, Difference } from "../../model/comparison.js";
import type { LedgerRow, Report, State } from "../../model/report.js";
import { difference } from "./difference.js";
import { differenceGraph } from "./flame.js";
import { largestDifferences } from "./largest.js";
import { comparisonNotes } from "./notes.js";
import { onlyIn } from "./only-in.js";
import { withoutRepeats } from "./repeats.js";
import { comparedSession, ledgerMs, summaryFigures } from "./report-figures.js";
import { fileDifferences, modelDifferences, toolDifferences } from "./tables.js";
import { turnDifferences } from "./turns.js";

type Reports = readonly Report[];

/**
 * Two sessions side by side, or two groups: at least one report on each side, those that count redacted at the same level. Of
 * several reports of one session on a side the first one counts. Pure: the same reports give the same comparison.
 */
export function comparison(givenA: Reports, givenB: Reports, generator: Report["generator"]): ComparisonReport {
  const [a, b] = [withoutRepeats(givenA), withoutRepeats(givenB)];
  const compared = {
    summary: summaryDifferences(a, b),
    ledger: ledgerDifferences(a, b),
    tools: toolDifferences(a, b),
    models: modelDifferences(a, b),
    files: fileDifferences(a, b),
  };
  const { summary, ...tables } = compared;
  return {
    ...{ version: 1, kind: "comparison", generator },
    ...{ a: { sessions: a.map(comparedSession) }, b: { sessions: b.map(comparedSession) } },
    ...{ summary, largest: largestDifferences(compared), ...tables },
    turns: turnsOf(a, b),
    onlyIn: { a: onlyIn(a, b), b: onlyIn(b, a) },
    flame: differenceGraph(a, b),
    notes: comparisonNotes(a, b, [givenA, givenB]),
    redaction: levelOf([...a, ...b]),
  };
}

function summaryDifferences(a: Reports, b: Reports): ComparedSummary {
  const [ofA, ofB] = [a.map(summaryFigures), b.map(summaryFigures)];
  const names = Object.keys(ofA[0] as ReturnType<typeof summaryFigures>) as (keyof ComparedSummary)[];
  const differences = names.map((name): [string, Difference] => [
    name,
    difference(
      ofA.map((figures) => figures[name]),
      ofB.map((figures) => figures[name]),
    ),
  ]);
  return Object.fromEntries(differences) as unknown as ComparedSummary;
}

function ledgerDifferences(a: Reports, b: Reports): ComparisonReport["ledger"] {
  const states = a[0]?.time.ledger.map(({ state }) => state) ?? [];
  const timesIn = (reports: Reports, state: State) =>
    reports.map(({ time }) => ledgerMs(time.ledger.find((row) => row.state === state) as LedgerRow));
  return states.map((state) => ({ state, ms: difference(timesIn(a, state), timesIn(b, state)) }));
}

/** Turns of several sessions have no order in common. */
function turnsOf([a, ...othersA]: Reports, [b, ...othersB]: Reports): ComparisonReport["turns"] {
  return a && b && othersA.length + othersB.length === 0 ? turnDifferences(a, b) : null;
}

function levelOf(reports: Reports): ComparisonReport["redaction"] {
  const levels = new Set(reports.map(({ redaction }) => redaction?.level ?? null));
  return levels.size === 1 ? ([...levels][0] ?? null) : null;
}
