import { openStore } from "../../load/index.js";
import { databasesIn, defaultDatabase, opencodeDataDir } from "../../load/opencode-paths.js";
import type { StoreDescription } from "../../load/source.js";
import { SourceError } from "../../load/source-error.js";
import { formatBytes, formatInstant, plural } from "../../report/format.js";
import { visible } from "../../report/visible.js";
import type { Context } from "../context.js";
import { asFailure } from "../failure.js";
import { withStore } from "../open-source.js";
import { packageVersion } from "../package-files.js";

export interface DoctorOptions {
  readonly db?: string;
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
export async function doctorCommand({ db, json }: DoctorOptions, context: Context): Promise<void> {
  const byDefault = defaultDatabase(context.env);
  const paths = db === undefined ? new Set([byDefault, ...databasesIn(opencodeDataDir(context.env))]) : [db];
  const found: Found[] = [];
  for (const path of paths) found.push(await examine(path, path === byDefault));
  const versions = { sessionflame: packageVersion(), node: process.versions.node };
  const text = json ? `${JSON.stringify({ ...versions, sources: found })}\n` : page(versions, found);
  context.stdout(text);
}

async function examine(path: string, isDefault: boolean): Promise<Found> {
  try {
    const description = await withStore(openStore(path), (store) => store.describe());
    return { path, isDefault, description, problem: null, advice: null };
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    const { fact, advice } = asFailure(error);
    return { path, isDefault, description: null, problem: fact, advice };
  }
}

function page(versions: { sessionflame: string; node: string }, found: readonly Found[]): string {
  const lines = [`sessionflame ${versions.sessionflame}, node ${versions.node}`, ...found.flatMap(section)];
  return `${lines.map(visible).join("\n").replaceAll("\u00a0", " ")}\n`;
}

function section({ path, isDefault, description, problem, advice }: Found): string[] {
  const heading = ["", `${path}${isDefault ? "  (default)" : ""}`];
  if (!description) return [...heading, `  cannot be read: ${problem}`, `  ${advice}`];
  const { generation, versions, sessions, rootSessions, messages, bytes, newestAt, hasEvents } = description;
  return [
    ...heading,
    `  OpenCode database, generation ${generation}, ${formatBytes(bytes)}`,
    `  written by ${versions.join(", ") || "an unknown release"}`,
    `  ${plural(rootSessions, "session")} and ${plural(sessions - rootSessions, "subagent")}, ${plural(messages, "message")}`,
    `  last change ${newestAt ? formatInstant(newestAt) : "unknown"}`,
    `  event log: ${hasEvents ? "kept" : "none"}`,
    "  not recorded: retries, permission prompts, system prompt and tool definitions",
  ];
}
