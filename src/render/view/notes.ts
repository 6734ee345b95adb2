import type { Report } from "../../model/report.js";
import { formatDuration, formatShares } from "../../report/format.js";
import { swatch } from "../bar-svg.js";
import { statePaint } from "../palette.js";
import { BASIS_LABELS, STATE_LABELS, STATE_MEANINGS } from "./labels.js";

const NOTE_LABELS = { skipped: "Skipped", repaired: "Repaired", guessed: "Guessed", info: "Note" } as const;

/** Strings for the template of the Notes section. */
export function notesView({ notes, time, summary, session, generator }: Report) {
  const shares = formatShares(time.ledger.map(({ share }) => share));
  return {
    notes: notes.map(({ kind, text }) => ({ kind, label: NOTE_LABELS[kind], text })),
    ledger: time.ledger.map(({ state, ms, basis }, i) => ({
      swatch: swatch(statePaint(state)),
      label: STATE_LABELS[state],
      meaning: STATE_MEANINGS[state],
      // A zero says nothing about a state that the source never records.
      duration: ms === 0 && basis === "unknown" && state !== "unknown" ? formatDuration(null) : formatDuration(ms),
      share: shares[i] as string,
      basis: state === "unknown" ? "" : BASIS_LABELS[basis],
    })),
    wall: formatDuration(summary.wallMs),
    facts: [
      ["Session", session.id],
      ["Folder", session.directory],
      ["Made by", `${generator.name} ${generator.version}`],
    ],
  };
}
