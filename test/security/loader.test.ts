import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { analyze } from "../../src/analyze/index.js";
import { readPageAssets } from "../../src/cli/package-files.js";
import type { Session } from "../../src/model/session.js";
import { renderHtml } from "../../src/render/index.js";
import { loadRoots, recordedPath, temporaryFolder } from "../support/fixtures.js";
import { type Place, planted, stringsByPlace } from "../support/planted.js";
import { redacted } from "../support/redacted.js";
import { runCli } from "../support/run-cli.js";
import { PAYLOADS } from "./payloads.js";
import { foreignMarkup } from "./skeleton.js";

const TEXTS = PAYLOADS.map(({ text }) => text);
/** Words that OpenCode itself chooses, and that say what a row is. */
const FIXED: readonly Place[] = ["messages[].info.role", "messages[].parts[].type", "messages[].parts[].state.status"];
/** So many turns apart are pages made: all would take a minute. */
const EVERY_TURN = 9;
const assets = readPageAssets();

describe.each(["1.18.34 debug-auth export", "1.18.34 parallel-agents export", "1.18.34 hostile export"])(
  "%s",
  (name) => {
    const exported: unknown = JSON.parse(readFileSync(recordedPath(name), "utf8"));

    test("a text of somebody else's in any one place is loaded, and no row is lost", async () => {
      const [recorded] = await loadRoots(recordedPath(name));
      const places = [...stringsByPlace(exported).keys()].filter((place) => !FIXED.includes(place));
      expect(places.length).toBeGreaterThan(40);
      for (const place of places) {
        const session = await loaded(exportWith(exported, [place], 7));
        expect({ place, ...sizes(session) }).toEqual({ place, ...sizes(recorded as Session) });
      }
    });

    test("texts in all places at once are loaded, and nothing of them is markup in the page", async () => {
      const places = [...stringsByPlace(exported).keys()].filter((place) => !FIXED.includes(place));
      for (let turn = 0; turn < TEXTS.length; turn += EVERY_TURN) {
        const session = await loaded(exportWith(exported, places, turn));
        const html = renderHtml(analyze(redacted(session, "paths"), "test"), assets);
        expect(foreignMarkup(html, assets)).toEqual([]);
      }
    });

    test.each(FIXED)("a word that nobody knows in %s costs rows at most, or one clear line", (place) => {
      const path = join(temporaryFolder(), "export.json");
      writeFileSync(path, JSON.stringify(exportWith(exported, [place], 0)));
      const { exitCode, stderr } = runCli(["report", path, "-o", "-", "--no-local"]);
      expect([0, 4]).toContain(exitCode);
      expect(stderr).not.toMatch(/\n\s+at /);
    });
  },
);

/** The export with the n-th distinct string of `places` as text number n + `turn`. */
function exportWith(exported: unknown, places: readonly Place[], turn: number): unknown {
  const plantedFor = new Map<string, string>();
  return planted(exported, (text, place) => {
    if (!places.includes(place)) return text;
    const found = plantedFor.get(text) ?? `${TEXTS[(plantedFor.size + turn) % TEXTS.length]} ${plantedFor.size}`;
    plantedFor.set(text, found);
    return found;
  });
}

async function loaded(exported: unknown): Promise<Session> {
  const path = join(temporaryFolder(), "export.json");
  writeFileSync(path, JSON.stringify(exported));
  const [session] = await loadRoots(path);
  return session as Session;
}

function sizes({ messages, spans }: Session) {
  return { messages: messages.length, calls: spans.filter(({ kind }) => kind === "tool").length };
}
