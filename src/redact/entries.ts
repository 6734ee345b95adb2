import type { RedactLevel } from "../model/redaction.js";
import type { Session } from "../model/session.js";
import type { FindCredentials } from "./credentials/finding.js";
import { PathPseudonyms } from "./path-pseudonyms.js";
import { Pseudonyms } from "./pseudonyms.js";
import { isRandomId } from "./public-names.js";
import { shortFolder } from "./shorten-folder.js";
import { homeOf, homeShortener } from "./shorten-homes.js";
import { untitled } from "./without-content.js";
import { textsWithoutCredentials } from "./without-credentials.js";

/** What is known of a session that was not loaded. */
export type Entry = Pick<Session, "id" | "parentId" | "title" | "directory">;

/** Entries without what `redact` takes out of sessions at that level, in the order given. There may be thousands. */
export function redactEntries(entries: readonly Entry[], level: RedactLevel, find: FindCredentials): Entry[] {
  const clean = withoutCredentials(entries, find);
  const short = level === "none" ? clean : withShortPaths(clean);
  const named = level === "strict" ? withPseudonyms(short) : short;
  return level === "content" || level === "strict"
    ? named.map((entry) => ({ ...entry, title: untitled(entry.id) }))
    : [...named];
}

function withoutCredentials(entries: readonly Entry[], find: FindCredentials): readonly Entry[] {
  const texts = new Set(
    entries.flatMap(({ id, parentId, title, directory }) => [id, parentId ?? "", title, directory]),
  );
  const { words, ids } = textsWithoutCredentials([...texts], find);
  if (words.size === 0) return entries;
  return entries.map(({ id, parentId, title, directory }) => ({
    id: ids.get(id) ?? id,
    parentId: parentId && (ids.get(parentId) ?? parentId),
    title: words.get(title) ?? title,
    directory: words.get(directory) ?? directory,
  }));
}

function withShortPaths(entries: readonly Entry[]): Entry[] {
  const byFolder = new Map(
    [...new Set(entries.map(({ directory }) => directory))].map((folder) => [folder, pathShortener(folder)]),
  );
  return entries.map((entry) => {
    const shortened = byFolder.get(entry.directory) as (text: string) => string;
    return { ...entry, title: shortened(entry.title), directory: shortened(entry.directory) };
  });
}

function pathShortener(directory: string): (text: string) => string {
  const withoutHomes = homeShortener([homeOf(directory)]);
  const withoutFolder = shortFolder(directory);
  return (text) => withoutFolder(withoutHomes(text));
}

function withPseudonyms(entries: readonly Entry[]): Entry[] {
  const pseudonyms = new Pseudonyms();
  const paths = new PathPseudonyms(
    entries.map(({ directory }) => `${directory}/file`),
    pseudonyms,
  );
  const named = (id: string) => (isRandomId(id) ? id : pseudonyms.of("id", id));
  return entries.map(({ id, parentId, title, directory }) => ({
    ...{ id: named(id), parentId: parentId && named(parentId), title, directory: paths.of(directory) },
  }));
}
