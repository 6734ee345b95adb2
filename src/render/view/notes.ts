import { statePaint } from "../../flame/palette.js";
import type { LedgerRow, Report } from "../../model/report.js";
import { formatDuration, formatInstant, UNKNOWN } from "../../report/format.js";
import { swatch } from "../bar-svg.js";
import { contentsView } from "./contents.js";
import { BASIS_LABELS, STATE_LABELS, STATE_MEANINGS } from "./labels.js";
import { statePercents } from "./percents.js";
import { reconciliationView } from "./reconciliation.js";

const NOTE_LABELS = { skipped: "Skipped", repaired: "Repaired", guessed: "Guessed", info: "Note" } as const;

/** Strings for the template of the Notes section. */
export function notesView(report: Report) {
  const { notes, time, summary, session, generator } = report;
  const percents = statePercents(report);
  return {
    sums: reconciliationView(report),
    notes: notes.map(({ kind, text }) => ({ kind, label: NOTE_LABELS[kind], text })),
    ledger: time.ledger.map(({ state, ms, basis }) => ({
      swatch: swatch(statePaint(state)),
      label: STATE_LABELS[state],
      meaning: STATE_MEANINGS[state],
      // A zero says nothing about a state that the source never records.
      duration: isUnrecorded(state, ms, basis) ? UNKNOWN : formatDuration(ms),
      share: isUnrecorded(state, ms, basis) ? UNKNOWN : percents[state],
      basis: basisText(state, ms, basis),
    })),
    contents: contentsView(report),
    wall: formatDuration(summary.wallMs),
    facts: [
      ["Session", session.id],
      ["Folder", session.directory || UNKNOWN],
      ["Made by", `${generator.name} ${generator.version}`],
      ...(generator.madeAt === undefined ? [] : [["Report made", formatInstant(generator.madeAt)]]),
    ],
  };
}

function isUnrecorded(state: LedgerRow["state"], ms: number, basis: LedgerRow["basis"]): boolean {
  return state !== "unknown" && ms === 0 && basis === "unknown";
}

/** Of a time of 0 there is nothing to know, unless the source could not have told. */
function basisText(state: LedgerRow["state"], ms: number, basis: LedgerRow["basis"]): string {
  if (isUnrecorded(state, ms, basis)) return "not recorded";
  return state === "unknown" || ms === 0 ? "" : BASIS_LABELS[basis];
}
