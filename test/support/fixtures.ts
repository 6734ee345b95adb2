import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { openStore } from "../../src/load/index.js";
import type { Store } from "../../src/load/source.js";
import { weighByBytes } from "../../src/load/text-facts.js";
import type { Session } from "../../src/model/session.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const fixture = (...path: string[]) => join(root, "test", "fixtures", "opencode", ...path);

/** A database that a release of OpenCode wrote, and what its `opencode stats` printed beside it. */
export interface Recorded {
  readonly name: string;
  readonly db: string;
  readonly stats: string | null;
}

const recorded = (version: string, scenario: string, db = fixture(version, scenario, "opencode.db")): Recorded => {
  const stats = fixture(version, scenario, "stats.txt");
  return { name: `${version} ${scenario}`, db, stats: existsSync(stats) ? readFileSync(stats, "utf8") : null };
};
const scenario = (name: string): Recorded => ({ name, db: fixture("scenarios", `${name}.db`), stats: null });

export const EXAMPLE = join(root, "examples", "debug-auth.db");
export const GENERATION_2 = fixture("2.0-preview", "v2-next-16350.db");
export const SCENARIOS = fixture("scenarios", "v1.18.34-scenarios.db");

/** Every recorded database of generation 1. */
export const RECORDED: readonly Recorded[] = [
  recorded("1.2.1", "debug-auth"),
  recorded("1.3.2", "debug-auth"),
  recorded("1.14.41", "debug-auth"),
  recorded("1.15.13", "debug-auth"),
  recorded("1.17.0", "debug-auth"),
  recorded("1.18.34", "debug-auth", EXAMPLE),
  recorded("1.18.34", "compaction"),
  recorded("1.18.34", "faults"),
  recorded("1.18.34", "hostile"),
  recorded("1.18.34", "parallel-agents"),
  scenario("v1.2.27-migrated-from-json"),
  scenario("v1.3.2"),
  scenario("v1.14.34"),
  scenario("v1.18.20"),
  scenario("v1.18.34-scenarios"),
];

export function recordedDb(name: string): string {
  const found = RECORDED.find((entry) => entry.name === name);
  if (!found) throw new Error(`no such recording: ${name}`);
  return found.db;
}

/** A folder that is gone when the test is over. */
export function temporaryFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), "sessionflame-test-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** A copy of a file in a folder of its own. */
export function copyOf(path: string, name = basename(path)): string {
  const copy = join(temporaryFolder(), name);
  copyFileSync(path, copy);
  return copy;
}

export async function withOpen<T>(path: string, use: (store: Store) => T): Promise<T> {
  const store = await openStore(path);
  try {
    return use(store);
  } finally {
    store.close();
  }
}

/** The sessions of a database without those that are subagents of others. */
export function loadRoots(path: string): Promise<Session[]> {
  return withOpen(path, (store) => {
    const roots = store.entries().filter((entry) => entry.parentId === null);
    return roots.map((entry) => store.load(entry.id, weighByBytes));
  });
}

export async function loadTitled(path: string, title: string): Promise<Session> {
  const found = (await loadRoots(path)).find((session) => session.title === title);
  if (!found) throw new Error(`no session titled ${title}`);
  return found;
}
