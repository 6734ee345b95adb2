import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { openStore } from "../../src/load/index.js";
import type { Store } from "../../src/load/source.js";
import { shapeOf } from "../../src/load/text-shape.js";
import type { Session } from "../../src/model/session.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const fixture = (...path: string[]) => join(root, "test", "fixtures", "opencode", ...path);

/** What a release of OpenCode wrote. */
export interface Recorded {
  readonly name: string;
  readonly path: string;
  readonly kind: "database" | "storage" | "export" | "run";
  readonly generation: 1 | 2;
  /** The release that ran. */
  readonly version: string;
  /** What was done: the same scenario is comparable between releases. */
  readonly scenario: string;
  /** What `opencode stats` printed of it. */
  readonly stats: string | null;
  /** What the model server saw, one line of JSON for each request. */
  readonly truth: string | null;
}

const KINDS = { "opencode.db": "database", storage: "storage", "export.json": "export", "run.ndjson": "run" } as const;

function recorded(version: string, scenario: string, file: keyof typeof KINDS = "opencode.db"): Recorded {
  const kind = KINDS[file];
  const beside = (name: string) => {
    const path = fixture(version, scenario, name);
    return existsSync(path) ? readFileSync(path, "utf8") : null;
  };
  const isExample = version === "1.18.34" && scenario === "debug-auth" && kind === "database";
  return {
    name: `${version} ${scenario}${kind === "database" ? "" : ` ${kind}`}`,
    path: isExample ? EXAMPLE : fixture(version, scenario, file),
    ...{ kind, version, generation: version.startsWith("2") ? 2 : 1, scenario },
    ...{ stats: kind === "database" || kind === "storage" ? beside("stats.txt") : null, truth: beside("truth.ndjson") },
  };
}

function scenario(name: string, file = `${name}.db`): Recorded {
  const kind = file.endsWith(".json") ? "export" : "database";
  const version = name.split("-")[0] as string;
  const generation = version === "v2" ? 2 : 1;
  return {
    ...{ name, path: fixture("scenarios", file), kind, generation, version, scenario: name },
    stats: null,
    truth: null,
  };
}

export const EXAMPLE = join(root, "examples", "debug-auth.db");
export const SCENARIOS = fixture("scenarios", "v1.18.34-scenarios.db");
export const CUT_EXPORT = fixture("1.18.34", "compaction", "export-truncated.json");

/** Everything that was recorded: one line each. */
export const RECORDED: readonly Recorded[] = [
  recorded("1.0.185", "debug-auth", "storage"),
  recorded("1.1.65", "debug-auth", "storage"),
  recorded("1.2.1", "debug-auth"),
  recorded("1.2.1", "debug-auth", "export.json"),
  recorded("1.3.2", "debug-auth"),
  recorded("1.14.41", "debug-auth"),
  recorded("1.15.13", "debug-auth"),
  recorded("1.17.0", "debug-auth"),
  recorded("1.18.34", "debug-auth"),
  recorded("1.18.34", "debug-auth", "export.json"),
  recorded("1.18.34", "debug-auth-run", "run.ndjson"),
  recorded("1.18.34", "attached-files"),
  recorded("1.18.34", "batched-reads"),
  recorded("1.18.34", "cache-misses"),
  recorded("1.18.34", "clean-agents"),
  recorded("1.18.34", "clean-feature"),
  recorded("1.18.34", "clean-question"),
  recorded("1.18.34", "compaction"),
  recorded("1.18.34", "faults"),
  recorded("1.18.34", "heavy-base"),
  recorded("1.18.34", "hostile"),
  recorded("1.18.34", "hostile", "export.json"),
  recorded("1.18.34", "long-talk"),
  recorded("1.18.34", "parallel-agents"),
  recorded("1.18.34", "parallel-agents", "export.json"),
  recorded("1.18.34", "parallel-tasks"),
  recorded("1.18.34", "priced-anthropic"),
  recorded("1.18.34", "priced-openai"),
  recorded("1.18.34", "pruning"),
  recorded("1.18.34", "sequential-reads"),
  recorded("1.18.34", "serial-tasks"),
  recorded("1.18.34", "thrash"),
  recorded("1.18.34", "two-models"),
  recorded("1.18.34", "wasteful-habits"),
  recorded("2.0-preview", "debug-auth"),
  recorded("2.0-preview", "debug-auth-run", "run.ndjson"),
  recorded("2.0-preview", "attached-files"),
  recorded("2.0-preview", "compaction"),
  recorded("2.0-preview", "faults"),
  recorded("2.0-preview", "parallel-agents"),
  scenario("v1.2.27-migrated-from-json"),
  scenario("v1.3.2"),
  scenario("v1.14.34"),
  scenario("v1.18.20"),
  scenario("v1.18.34-scenarios"),
  scenario("v1.18.34-export", "v1.18.34-export.json"),
  scenario("v1.18.34-export-sanitized", "v1.18.34-export-sanitized.json"),
  scenario("v2-next-16350"),
];
export const DATABASES = RECORDED.filter(({ kind }) => kind === "database");

export function recordedPath(name: string): string {
  const found = RECORDED.find((entry) => entry.name === name);
  if (!found) throw new Error(`no such recording: ${name}`);
  return found.path;
}

/** A folder that is gone when the test is over. */
export function temporaryFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), "sessionflame-test-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** A copy of a file or folder in a folder of its own. */
export function copyOf(path: string, name = basename(path)): string {
  const copy = join(temporaryFolder(), name);
  cpSync(path, copy, { recursive: true });
  return copy;
}

export async function withOpen<T>(path: string, use: (store: Store) => T | Promise<T>): Promise<T> {
  const store = await openStore(path);
  try {
    return await use(store);
  } finally {
    store.close();
  }
}

/** The sessions of a store without those that are subagents of others. */
export function loadRoots(path: string): Promise<Session[]> {
  return withOpen(path, async (store) => {
    const roots = (await store.entries()).filter((entry) => entry.parentId === null);
    return Promise.all(roots.map((entry) => store.load(entry.id, shapeOf)));
  });
}

export async function loadTitled(path: string, title: string): Promise<Session> {
  const found = (await loadRoots(path)).find((session) => session.title === title);
  if (!found) throw new Error(`no session titled ${title}`);
  return found;
}
