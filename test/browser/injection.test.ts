import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { hasChromium } from "../../scripts/chromium.mjs";
import { analyze } from "../../src/analyze/index.js";
import { readPageAssets } from "../../src/cli/package-files.js";
import type { Report } from "../../src/model/report.js";
import type { Session } from "../../src/model/session.js";
import { renderHtml } from "../../src/render/index.js";
import { visible } from "../../src/report/visible.js";
import { PAYLOADS } from "../security/payloads.js";
import { plantedSession, sessionOfEveryPlace } from "../security/planted-session.js";
import { startedBrowser } from "../support/browser.js";
import { loadRoots, recordedPath, temporaryFolder } from "../support/fixtures.js";
import { planted, stringsByPlace } from "../support/planted.js";
import { redacted } from "../support/redacted.js";
import { type Happenings, watched } from "../support/watched.js";
import { wholeVisit } from "../support/whole-visit.js";

const TEXTS = PAYLOADS.map(({ text }) => text);
const PAGES_AT_ONCE = 3;
/** The chart's other pictures take long to draw: each is looked at on every third page. */
const PICTURES = [["graph&by=file"], ["sandwich&weight=tokens"], []];

/** Places of which every string must be read somewhere on the page. */
const SHOWN = [
  "title",
  "messages[].text.firstWords",
  "messages[].error",
  "messages[].agent",
  "messages[].model",
  "messages[].content[].path",
  "spans[].tool",
  "spans[].error",
  "notes[].text",
];
/** Whatever is cut keeps at least so many characters. */
const LEAST_SHOWN_CHARS = 100;

interface Visited {
  readonly session: Session;
  readonly report: Report;
  readonly read: string;
  readonly happenings: Happenings;
}

// `test/security/payloads.ts` says what is planted, `test/security/planted-session.ts` where.
describe.skipIf(!hasChromium)("whatever stands in a session", () => {
  const browser = startedBrowser();
  const assets = readPageAssets();

  /** Goes through the pages of sessions, several beside each other. */
  async function visitedPages(sessions: readonly Session[]): Promise<Visited[]> {
    const folder = temporaryFolder();
    const left = [...sessions.entries()];
    const visited: Visited[] = [];
    const visitOneByOne = async () => {
      const context = await browser().newContext({ viewport: { width: 600, height: 300 }, reducedMotion: "reduce" });
      const happenings = await watched(context, (url) => url.startsWith(pathToFileURL(folder).href));
      const page = await context.newPage();
      for (let next = left.pop(); next; next = left.pop()) {
        const [number, loaded] = next;
        const session = redacted(loaded, "paths");
        const report = analyze(session, "test");
        const path = join(folder, `${number}.html`);
        writeFileSync(path, renderHtml(report, assets));
        await page.goto(pathToFileURL(path).href);
        const failed = report.spans.findIndex(({ error }) => error !== undefined);
        const read = await page.evaluate(wholeVisit, {
          words: session.title,
          span: Math.max(1, failed),
          pictures: PICTURES[number % PICTURES.length] ?? [],
        });
        visited.push({
          session,
          report,
          read: flat(`${read} ${await page.title()}`),
          happenings: happenings.splice(0),
        });
      }
      await context.close();
    };
    await Promise.all(Array.from({ length: PAGES_AT_ONCE }, visitOneByOne));
    return visited;
  }

  test(`each of ${TEXTS.length} texts, in every place: nothing runs, nothing is asked for, nothing is said, and it is shown as it is`, async () => {
    const session = await sessionOfEveryPlace();
    const visited = await visitedPages(TEXTS.map((_, turn) => plantedSession(session, TEXTS, turn)));
    expect(visited).toHaveLength(TEXTS.length);
    for (const { session: shown, read, happenings } of visited) {
      expect(happenings).toEqual([]);
      const strings = stringsByPlace(shown);
      const beginnings = SHOWN.flatMap((place) => strings.get(place) ?? [place]).map(beginning);
      expect(beginnings.filter((text) => !read.includes(text))).toEqual([]);
    }
  }, 300_000);

  test.each(["1.18.34 wasteful-habits", "1.18.34 faults", "1.18.34 thrash"])(
    "%s, where rules know the tools: suggestions hold such texts too, and nothing runs",
    async (recording) => {
      const [session] = await loadRoots(recordedPath(recording));
      const turns = Array.from({ length: 6 }, (_, i) => i * 37);
      const sessions = turns.map((turn) => plantedSession(session as Session, TEXTS, turn, "tools stay"));
      for (const { report, happenings } of await visitedPages(sessions)) {
        expect(happenings).toEqual([]);
        expect(report.suggestions.length).toBeGreaterThan(0);
      }
    },
    120_000,
  );

  test.each([
    "title",
    "messages[].text.firstWords",
    "messages[].error",
    "spans[].tool",
    "spans[].error",
    "notes[].text",
  ])(
    "a megabyte in %s is cut or shown, and everything works",
    async (place) => {
      const megabyte = "<b>&".repeat(250_000);
      const session = await sessionOfEveryPlace();
      const [word] = stringsByPlace(session).get(place) as [string];
      const [visited] = await visitedPages([planted(session, (text) => (text === word ? megabyte : text))]);
      expect(visited?.happenings).toEqual([]);
      expect(visited?.read).toContain(beginning(megabyte));
    },
    120_000,
  );
});

/** What is to be read of a text at least, however it is cut. */
function beginning(text: string): string {
  return [...flat(visible(text))].slice(0, LEAST_SHOWN_CHARS).join("");
}

function flat(text: string): string {
  return text.replace(/\s+/g, " ");
}
