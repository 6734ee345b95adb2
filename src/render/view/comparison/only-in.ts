import type { ComparisonReport, OnlyIn, OnlyName } from "../../../model/comparison.js";
import { plural } from "../../../report/format.js";
import { shortened, visibleLine } from "../../../report/visible.js";

/** What is on one side alone, of one kind. */
export interface OnlyGroup {
  readonly label: string;
  readonly a: readonly string[];
  readonly b: readonly string[];
}

const LABELS: Readonly<Record<keyof OnlyIn, string>> = {
  tools: "Tools",
  files: "Files",
  commands: "Commands",
  skills: "Skills",
  suggestions: "Suggestions",
};
const NAME_CHARS = 100;

/** Kinds of which one side has something that the other one has not. `most`: names of a kind that are listed. */
export function onlyGroups({ onlyIn, a, b }: ComparisonReport, most: number): OnlyGroup[] {
  const kinds = Object.keys(LABELS) as (keyof OnlyIn)[];
  return kinds
    .map((kind) => ({
      label: LABELS[kind],
      a: listedNames(onlyIn.a[kind], a.sessions.length, most),
      b: listedNames(onlyIn.b[kind], b.sessions.length, most),
    }))
    .filter((group) => group.a.length + group.b.length > 0);
}

/** Kinds of which it is not known what a side has. */
export function unknownKinds({ onlyIn }: ComparisonReport): string[] {
  const kinds = Object.keys(LABELS) as (keyof OnlyIn)[];
  return kinds.filter((kind) => onlyIn.a[kind] === null).map((kind) => LABELS[kind].toLowerCase());
}

function listedNames(names: readonly OnlyName[] | null, sessions: number, most: number): string[] {
  const all = names ?? [];
  const shown = all.slice(0, most).map(({ name, sessions: count }) => {
    return `${shortened(visibleLine(name), NAME_CHARS)}${sessions > 1 ? ` (${count} of ${sessions})` : ""}`;
  });
  return all.length > most ? [...shown, `and ${plural(all.length - most, "further one")}`] : shown;
}
