import { copyFileSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { analyze } from "../../src/analyze/index.js";
import { openStore } from "../../src/load/index.js";
import { shapeOf } from "../../src/load/text-shape.js";
import type { Report } from "../../src/model/report.js";
import { fingerprint } from "../support/databases.js";
import { copyOf, loadRoots, type Recorded, temporaryFolder } from "../support/fixtures.js";
import { sessionflame } from "../support/in-process.js";
import { expectInvariants } from "../support/invariants.js";
import { printedStats, shownStats, statsOf } from "../support/opencode-stats.js";

const data = fileURLToPath(new URL("../../../shared/data", import.meta.url));

const recording = (name: string, path: string): Recorded => {
  const known = { generation: 1, version: "1", scenario: name, stats: null, truth: null } as const;
  return { name, path, kind: "database", ...known };
};

// These recordings are not part of the project: one belongs to somebody else, one is large. They lie beside the checkout or nowhere.
describe.skipIf(!existsSync(data))("recordings beside the checkout", () => {
  test("a database of the first schema, with real sessions", async () => {
    const sessions = await loadRoots(copyOf(join(data, "opencode-real", "early-schema.db")));
    expect(sessions).toHaveLength(2);
    for (const { summary, time } of sessions.map((session) => analyze(session, "test"))) {
      expect(time.ledger.reduce((sum, row) => sum + row.ms, 0)).toBe(summary.wallMs);
      expect(summary.modelCalls).toBeGreaterThan(0);
    }
  });

  test("a real export of 619 messages, with other text before it", async () => {
    const path = join(data, "opencode-real", "long-export.json");
    await expectInvariants({ ...recording("long-export", path), kind: "export" });
  });

  test("every recording there gives a report", async () => {
    const places = readdirSync(data, { recursive: true, encoding: "utf8" })
      .filter(
        (name) => /\/(storage|opencode\.db|[^/]*\.db|[^/]*export[^/]*\.json)$/.test(name) && !name.includes("-wal/"),
      )
      .map((name) => join(data, name));
    expect(places.length).toBeGreaterThan(30);
    for (const place of places) {
      const store = await openStore(place.endsWith(".db") ? copyOf(place) : place, { partial: true });
      const entries = await store.entries();
      expect([place, entries.length > 0]).toEqual([place, true]);
      for (const { id } of entries) {
        const { summary, time } = analyze(await store.load(id, shapeOf), "test");
        expect(time.ledger.reduce((sum, row) => sum + row.ms, 0)).toBe(summary.wallMs);
      }
      store.close();
    }
  });

  test("stats says what `opencode stats` printed of every recording", async () => {
    const names = readdirSync(join(data, "opencode-recorded"), { recursive: true, encoding: "utf8" });
    const printed = names.filter((name) => name.endsWith("/stats.txt"));
    expect(printed.length).toBeGreaterThan(10);
    for (const name of printed) {
      const folder = copyOf(dirname(join(data, "opencode-recorded", name)));
      const { overview, models, tools } = printedStats(readFileSync(join(folder, "stats.txt"), "utf8"));
      const shown = shownStats((await sessionflame(["stats", "--db", folder])).stdout);
      expect([name, shown.overview, shown.tools]).toEqual([name, overview, tools]);
      if (Object.keys(models).length > 0) expect([name, shown.models]).toEqual([name, models]);
    }
  });

  test("a database as OpenCode left it, with rows that are only in its log", async () => {
    const from = join(data, "opencode-recorded", "1.18.34", "debug-auth-wal", "opencode.db");
    const path = join(temporaryFolder(), "opencode.db");
    for (const suffix of ["", "-wal", "-shm"]) copyFileSync(from + suffix, path + suffix);
    const before = fingerprint(path);
    const sessions = await loadRoots(path);
    const [{ summary, time }] = sessions.map((session) => analyze(session, "test")) as [Report];
    expect([summary.turns, summary.messages, summary.toolCalls]).toEqual([3, 17, 13]);
    expect(time.ledger.reduce((sum, row) => sum + row.ms, 0)).toBe(summary.wallMs);
    const printed = printedStats(readFileSync(join(dirname(from), "stats.txt"), "utf8"));
    const own = statsOf(sessions, false);
    expect(printed.overview).toMatchObject(own.overview);
    expect([own.models, own.tools]).toEqual([printed.models, printed.tools]);
    expect(fingerprint(path)).toEqual(before);
  });
});
