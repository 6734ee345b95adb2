import { dirname } from "node:path";
import { openStore } from "../../load/index.js";
import { databasesIn, defaultDatabase, opencodeDataDir } from "../../load/opencode/paths.js";
import type { Store, StoreDescription } from "../../load/source.js";
import { SourceError } from "../../load/source-error.js";
import { statIfThere } from "../../load/stat-if-there.js";
import { formatBytes, formatInstant, plural } from "../../report/format.js";
import { visible } from "../../report/visible.js";
import type { Context } from "../context.js";
import { asFailure } from "../failure.js";
import { openNamedStore, type SourceOptions, withStore } from "../open-source.js";
import { packageVersion } from "../package-files.js";

export interface DoctorOptions extends SourceOptions {
  readonly json?: boolean;
}

interface Found {
  readonly path: string;
  readonly isDefault: boolean;
  readonly description: StoreDescription | null;
  readonly problem: string | null;
  readonly advice: string | null;
}

/** `sessionflame doctor`: which sources were found, what wrote them, what can be read. Finding nothing is no failure. */
export async function doctorCommand(options: DoctorOptions, context: Context): Promise<void> {
  const found: Found[] = [];
  for (const { path, isDefault, store } of placesOf(options, context))
    found.push(...(await examine(path, isDefault, store)));
  const versions = { sessionflame: packageVersion(), node: process.versions.node };
  const text = options.json ? `${JSON.stringify({ ...versions, sources: found })}\n` : page(versions, found);
  context.stdout(text);
}

interface Place {
  readonly path: string;
  readonly isDefault: boolean;
  readonly store: () => Promise<Store>;
}

/** What was named, else every place in which OpenCode keeps data on this machine. */
function placesOf(options: DoctorOptions, context: Context): Place[] {
  const { db, server } = options;
  const named = server ?? db;
  if (named !== undefined)
    return [
      { path: named, isDefault: named === defaultDatabase(context.env), store: () => openNamedStore(options, context) },
    ];
  const usual = defaultDatabase(context.env);
  const others = databasesIn(opencodeDataDir(context.env)).filter((path) => path !== usual);
  const first: Place = { path: usual, isDefault: true, store: () => openStore(firstPlace(usual), options) };
  return [first, ...others.map((path) => ({ path, isDefault: false, store: () => openStore(path, options) }))];
}

/** Where there is no database, there may be the files of OpenCode 1.0 and 1.1. */
function firstPlace(database: string): string {
  const storage = statIfThere(`${dirname(database)}/storage/session`);
  return statIfThere(database) || !storage ? database : dirname(database);
}

async function examine(path: string, isDefault: boolean, store: () => Promise<Store>): Promise<Found[]> {
  try {
    const descriptions = await withStore(store(), (opened) => opened.describe());
    return descriptions.map((description) => ({
      path: description.path,
      isDefault: isDefault && description.path === path,
      description,
      problem: null,
      advice: null,
    }));
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    const { fact, advice } = asFailure(error);
    return [{ path, isDefault, description: null, problem: fact, advice }];
  }
}

function page(versions: { sessionflame: string; node: string }, found: readonly Found[]): string {
  const lines = [`sessionflame ${versions.sessionflame}, node ${versions.node}`, ...found.flatMap(section)];
  return `${lines.map(visible).join("\n").replaceAll("\u00a0", " ")}\n`;
}

function section({ path, isDefault, description, problem, advice }: Found): string[] {
  const heading = ["", `${path}${isDefault ? "  (default)" : ""}`];
  if (!description) return [...heading, `  cannot be read: ${problem}`, `  ${advice}`];
  const { form, versions, sessions, rootSessions, messages, bytes, newestAt, notRecorded, notes } = description;
  const subagents = sessions - rootSessions;
  const counts = [plural(rootSessions, "session"), subagents === 0 ? "" : plural(subagents, "subagent")];
  return [
    ...heading,
    `  ${form}${bytes === null ? "" : `, ${formatBytes(bytes)}`}`,
    `  written by ${versions.join(", ") || "an unknown release"}`,
    `  ${[...counts, messages === null ? "" : plural(messages, "message")].filter(Boolean).join(", ")}`,
    `  last change ${newestAt ? formatInstant(newestAt) : "unknown"}`,
    `  cannot be known: ${notRecorded.join(", ")}`,
    ...notes.map((note) => `  ${note.text}`),
  ];
}
