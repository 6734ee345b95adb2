import { dirname, join, resolve } from "node:path";
import { openStore } from "../../load/index.js";
import { databasesIn, defaultDatabase, opencodeDataDir } from "../../load/opencode/paths.js";
import { addressOf } from "../../load/opencode/server-client.js";
import type { Store, StoreDescription } from "../../load/source.js";
import { SourceError } from "../../load/source-error.js";
import { statIfThere } from "../../load/stat-if-there.js";
import { formatBytes, formatInstant, plural } from "../../report/format.js";
import { withoutLogCommands } from "../../report/log-commands.js";
import { visible } from "../../report/visible.js";
import type { Context } from "../context.js";
import { asFailure, type Failure } from "../failure.js";
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
  readonly failure: Failure | null;
}

/**
 * `sessionflame doctor`: which sources were found, what wrote them, what can be read. Finding nothing is no failure, but
 * that nothing of what was named can be read is one.
 */
export async function doctorCommand(options: DoctorOptions, context: Context): Promise<void> {
  const found: Found[] = [];
  for (const { path, isDefault, store } of placesOf(options, context))
    found.push(...(await examine(path, isDefault, store)));
  const versions = { sessionflame: packageVersion(), node: process.versions.node };
  const text = options.json
    ? `${JSON.stringify({ ...versions, sources: found.map(({ failure: _, ...shown }) => shown) })}\n`
    : page(versions, found);
  context.stdout(text);
  const named = options.db ?? options.server;
  const first = found[0]?.failure;
  if (named !== undefined && first && found.every(({ failure }) => failure !== null)) throw first;
}

interface Place {
  readonly path: string;
  readonly isDefault: boolean;
  readonly store: () => Promise<Store>;
}

/** What was named, else every place in which OpenCode keeps data on this machine; each stands for itself. */
function placesOf(options: DoctorOptions, context: Context): Place[] {
  const { db, server } = options;
  if (server !== undefined) {
    const shown = URL.canParse(server) ? addressOf(new URL(server)) : server;
    return [{ path: shown, isDefault: false, store: () => openNamedStore(options, context) }];
  }
  const usual = defaultDatabase(context.env);
  const folder = db === undefined ? opencodeDataDir(context.env) : null;
  const paths = folder === null ? placesAt(resolve(context.cwd, db ?? "")) : [usual, ...placesAt(folder)];
  return [...new Set(paths)].flatMap((path) => {
    const isDefault = path === usual;
    // What is only usual to be there need not be.
    if (isDefault && folder !== null && !statIfThere(path) && paths.length > 1) return [];
    return [{ path, isDefault, store: () => openStore(path, { ...options, alone: true }) }];
  });
}

/** A folder of OpenCode holds databases and the files of 1.0 and 1.1; anything else is one place. */
function placesAt(path: string): string[] {
  const storage = join(path, "storage");
  const inside = [...databasesIn(path), ...(statIfThere(storage)?.isDirectory() ? [storage] : [])];
  if (inside.length > 0) return inside;
  const beside = databasesIn(dirname(path)).includes(path) ? join(dirname(path), "storage") : null;
  return [path, ...(beside !== null && statIfThere(beside)?.isDirectory() ? [beside] : [])];
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
      failure: null,
    }));
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    const failure = asFailure(error);
    return [{ path, isDefault, description: null, problem: failure.fact, advice: failure.advice, failure }];
  }
}

function page(versions: { sessionflame: string; node: string }, found: readonly Found[]): string {
  const lines = [`sessionflame ${versions.sessionflame}, node ${versions.node}`, ...found.flatMap(section)];
  return `${lines.map(onOneLine).join("\n").replaceAll("\u00a0", " ")}\n`;
}

/** Spaces at the beginning stay. */
function onOneLine(line: string): string {
  return withoutLogCommands(visible(line.replace(/[\r\n]+/g, " ")));
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
