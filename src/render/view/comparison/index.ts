import type { ComparisonReport } from "../../../model/comparison.js";
import type { RedactLevel } from "../../../model/redaction.js";
import { comparisonAnswer, comparisonTitle } from "../../../report/comparison-words.js";
import { formatInstant, listed } from "../../../report/format.js";
import { flameView } from "./flame.js";
import { ledgerBars } from "./ledger.js";
import { onlyGroups, unknownKinds } from "./only-in.js";
import { sidesTable } from "./sides.js";
import { filesTable, isOfGroups, largestTable, ledgerTable, modelsTable, toolsTable } from "./tables.js";
import { comparedTiles } from "./tiles.js";
import { turnsTable } from "./turns.js";

/** Of a kind, on a side. */
const ONLY_NAMES = 30;

/** Strings for the template of the page of a comparison. */
export function comparisonView(compared: ComparisonReport) {
  const { turns } = compared;
  return {
    title: comparisonTitle(compared),
    meta: "A is before, B after; differences are B − A",
    answer: comparisonAnswer(compared),
    tiles: comparedTiles(compared),
    sides: sidesTable(compared),
    largest: largestTable(compared),
    figureHint: isOfGroups(compared) ? "medians of both groups; " : "",
    ledger: { ...ledgerBars(compared), table: ledgerTable(compared) },
    flame: flameView(compared),
    tables: [
      {
        heading: "Tools",
        hint: "of calls that ended; Δ is B − A, without a column where nothing differs",
        table: toolsTable(compared),
      },
      { heading: "Models", hint: "", table: modelsTable(compared) },
      {
        heading: "What the prompts were made of",
        hint: "carried: over every prompt that held it",
        table: filesTable(compared),
      },
      ...(turns === null ? [] : [{ heading: "Turns and steps", hint: STEPS_HINT, table: turnsTable(turns) }]),
    ].filter(({ table }) => table.rows.length > 0),
    only: onlyGroups(compared, ONLY_NAMES),
    onlyUnknown: unknownWords(compared),
    notes: noteGroups(compared),
    foot: footWords(compared),
  };
}

const STEPS_HINT =
  "turns of the same prompt stand together, steps by their order; where only one has it, the other took nothing";

function unknownWords(compared: ComparisonReport): string {
  const kinds = unknownKinds(compared);
  return kinds.length === 0 ? "" : `Not known of both sides: ${listed(kinds)}.`;
}

const SIDES = { both: "Of the comparison", a: "Of A", b: "Of B" } as const;
const NOTE_LABELS = { skipped: "Skipped", repaired: "Repaired", guessed: "Guessed", info: "Note" } as const;
/** The page has no script that could show more; JSON has all. */
const MOST_NOTES = 100;

/** The notes of the comparison, then those of both sides; what several sessions say stands once. */
function noteGroups({ notes }: ComparisonReport) {
  const sides = Object.keys(SIDES) as (keyof typeof SIDES)[];
  return sides
    .map((side) => {
      const said = notes
        .filter(({ of }) => of === side)
        .map(({ kind, text }) => ({ kind, label: NOTE_LABELS[kind], text }));
      const once = [...new Map(said.map((note) => [note.text, note])).values()];
      return { heading: SIDES[side], notes: once.slice(0, MOST_NOTES) };
    })
    .filter((group) => group.notes.length > 0);
}

const LEFT_OUT: Readonly<Partial<Record<RedactLevel, string>>> = {
  content: "What was said is left out: of texts only the length is here.",
  strict: "What was said is left out, and pseudonyms stand for names, the same on both sides.",
};

function footWords({ redaction, generator }: ComparisonReport): string {
  const { name, version, madeAt } = generator;
  const made = `Made by ${name} ${version}${madeAt === undefined ? "" : `, ${formatInstant(madeAt)}`}.`;
  return [redaction === null ? "" : LEFT_OUT[redaction], made].filter(Boolean).join(" ");
}
