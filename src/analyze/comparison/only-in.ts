import type { OnlyIn, OnlyName } from "../../model/comparison.js";
import type { Report } from "../../model/report.js";
import { isShell } from "../../report/tool-names.js";
import { hasPrompts, knows } from "./report-figures.js";

type Part = keyof OnlyIn;

/** What a report has, by what it is known by, with how it is called; null where the report cannot know. */
type Names = ReadonlyMap<string, string> | null;

/** What only the first of two sides has. */
export function onlyIn(own: readonly Report[], others: readonly Report[]): OnlyIn {
  const names = (part: Part) =>
    namesOnly(
      own.map((report) => NAMES[part](report)),
      others.map((report) => NAMES[part](report)),
    );
  return {
    ...{ tools: names("tools"), files: names("files"), commands: names("commands") },
    ...{ skills: names("skills"), suggestions: names("suggestions") },
  };
}

const NAMES: Readonly<Record<Part, (report: Report) => Names>> = {
  tools: ({ time }) => named(time.operations.flatMap(({ kind, operation }) => (kind === "tool" ? [operation] : []))),
  files: (report) =>
    hasPrompts(report) ? named(report.tokens.byFile.flatMap(({ kind, file }) => (isFile(kind) ? [file] : []))) : null,
  commands: ({ time }) =>
    named(time.toolCalls.flatMap(({ tool, target }) => (isShell(tool) && target !== "" ? [target] : []))),
  skills: (report) => (knows(report, "skills") ? named(report.skills.map(({ name }) => name)) : null),
  // Titles may hold figures: what is suggested is known by its rule.
  suggestions: (report) =>
    knows(report, "suggestions")
      ? new Map(report.suggestions.map(({ rule, title }) => [rule, title.replaceAll("`", "")]))
      : null,
};

function isFile(kind: Report["tokens"]["byFile"][number]["kind"]): boolean {
  return kind === "file" || kind === "media";
}

function named(names: readonly string[]): ReadonlyMap<string, string> {
  return new Map(names.map((name) => [name, name]));
}

/** null where one of the sides cannot know: what is not found there may be there all the same. */
function namesOnly(own: readonly Names[], others: readonly Names[]): OnlyName[] | null {
  const [mine, theirs] = [knownOf(own), knownOf(others)];
  if (!mine || !theirs) return null;
  const found = new Set(theirs.flatMap((names) => [...names.keys()]));
  const words = new Map(mine.flatMap((names) => [...names]));
  const only = [...words].filter(([key]) => !found.has(key));
  const rows = only.map(([key, name]) => ({ name, sessions: mine.filter((names) => names.has(key)).length }));
  return rows.sort((a, b) => b.sessions - a.sessions || (a.name < b.name ? -1 : 1));
}

function knownOf(all: readonly Names[]): ReadonlyMap<string, string>[] | null {
  const known = all.filter((names) => names !== null);
  return known.length === all.length ? known : null;
}
