import { beforeAll, describe, expect, test } from "vitest";
import { analyze } from "../../src/analyze/index.js";
import { FORMATS, renderedAs } from "../../src/cli/formats.js";
import { NO_SHAPE } from "../../src/load/text-shape.js";
import type { RedactLevel } from "../../src/model/redaction.js";
import type { Session } from "../../src/model/session.js";
import { REDACT_LEVELS } from "../../src/redact/index.js";
import { CREDENTIAL_FORMS, leaked, type MadeCredential, madeCredential } from "../support/credentials.js";
import { loadRoots, recordedPath } from "../support/fixtures.js";
import { inflated } from "../support/inflated.js";
import { redacted } from "../support/redacted.js";
import { EVERY_RECORD } from "../support/telemetry-records.js";

/** Fields whose words are ours, and digests, which say nothing of a text. All others may hold anything. */
const OUR_WORDS = new Set([
  ...["kind", "status", "basis", "role", "origin", "outcome", "trigger", "access", "place", "source"],
  ...["retries", "permissionWaits", "digest", "inputDigest", "subjectDigest", "mode", "check"],
]);

/** Where a text stands: its own key, and the object that it is of. */
interface Spot {
  readonly key: string;
  readonly owner: Readonly<Record<string, unknown>>;
}

/** A note is in our words; a message's text is somebody's. */
const isNoteText = (key: string, value: unknown) => key === "text" && typeof value === "string";

type Plant = (text: string, spot: Spot) => string;

/** The same value with every text changed that a source may hold. Equal texts of a field become equal texts. */
function planted<T>(value: T, plant: Plant, spot: Spot = { key: "", owner: {} }): T {
  if (typeof value === "string") return plant(value, spot) as T;
  if (Array.isArray(value)) return value.map((each) => planted(each, plant, spot)) as T;
  if (value === null || typeof value !== "object") return value;
  const isByModel = spot.key === "contextLimits";
  const entries = Object.entries(value).map(([key, each]) => {
    const next =
      OUR_WORDS.has(key) || isNoteText(key, each) ? each : planted(each, plant, { key, owner: value as Spot["owner"] });
    return [isByModel ? plant(key, { key: "model", owner: {} }) : key, next];
  });
  return Object.fromEntries(entries) as T;
}

const LOCAL = {
  contextLimits: { "mock/mock-large": 200_000 },
  mcpServers: ["docs"],
  skills: [
    {
      name: "release-notes",
      description: "Writes the notes of a release",
      folder: "/home/dev/auth-app/.opencode/skills/release-notes",
      shape: NO_SHAPE,
    },
  ],
  files: ["/home/dev/.config/opencode.json"],
};
const NOTE = { kind: "info" as const, text: "1 telemetry file was read", files: ["/home/dev/own/telemetry.jsonl"] };

/** The session with what only lies beside one. Its records are about the session, a message and a call of it. */
function withEverything(session: Session): Session {
  const callId = session.spans.find((span) => span.kind === "tool")?.callId ?? null;
  const ids = { sessionId: session.id, messageId: session.messages[0]?.id ?? null, callId };
  const telemetry = EVERY_RECORD.map((record) => ({ ...record, ...ids }));
  const baseSizes = { systemChars: 9_000, tools: [{ tool: "docs_find", chars: 4_000 }] };
  return { ...session, local: LOCAL, telemetry, baseSizes, notes: [...session.notes, NOTE] };
}

const RECORDINGS = [
  "1.18.34 parallel-agents",
  "1.18.34 faults",
  "1.18.34 attached-files",
  "1.18.34 hostile",
  "2.0-preview faults",
];
const sessions: Session[] = [];
beforeAll(async () => {
  for (const name of RECORDINGS) sessions.push(...(await loadRoots(recordedPath(name))).map(withEverything));
});

/** Everything that is written of the sessions, whatever the format, packed parts unpacked; and their telemetry. */
function written(level: RedactLevel, plant: Plant): string[] {
  return sessions.flatMap((session) => {
    const shown = redacted(planted(session, plant), level);
    const report = analyze(shown, "test");
    const texts = FORMATS.map((format) => inflated(renderedAs(format, report, { fullTables: true })));
    return [...texts, JSON.stringify([shown.telemetry, shown.baseSizes, shown.notes])];
  });
}

const isId = ({ key }: Spot) => /^(?:id|callId|messageId|sessionId|parentId|keptFrom|learnedFrom|startedBy)$/.test(key);
const isPath = ({ key }: Spot) => /^(?:path|paths|directory|folder|files|file)$/.test(key);
const isName = ({ key }: Spot) =>
  /^(?:agent|model|tool|tools|skill|mcpServers|sourceVersion|format|label|correctLabel)$/.test(key);
const isNamed = ({ key, owner }: Spot) =>
  key === "name" && ("folder" in owner || /^(?:tool|model|skill)$/.test(String(owner.kind)));
/** A path, a command, a skill: what a call was about is a name there. */
const isNameTarget = ({ key, owner: { tool, files } }: Spot) =>
  key === "target" && ((files as unknown[]).length > 0 || /^(?:bash|shell|skill|todowrite)$/.test(String(tool)));
const isFreeText = (spot: Spot) => ![isId, isPath, isName, isNamed, isNameTarget].some((is) => is(spot));

test("free text is what fields hold that are no id, no path and no name", () => {
  const keys = new Set<string>();
  for (const session of sessions)
    planted(session, (text, spot) => {
      if (isFreeText(spot)) keys.add(spot.key);
      return text;
    });
  expect([...keys].sort()).toEqual([
    "description",
    "error",
    "firstWords",
    "input",
    "name",
    "output",
    "target",
    "title",
  ]);
});

describe.each(REDACT_LEVELS)("at %s", (level) => {
  test("no output has a piece of a credential, whatever field it stood in", () => {
    const made = new Map<string, MadeCredential>();
    const forms = Object.keys(CREDENTIAL_FORMS);
    const texts = written(level, (text, spot) => {
      const field = `${spot.key} ${text}`;
      const credential = made.get(field) ?? madeCredential(forms[made.size % forms.length] as string, made.size + 1);
      made.set(field, credential);
      return `${text}${isPath(spot) ? "/" : isId(spot) ? "-" : " "}${credential.text}`;
    });
    expect(made.size).toBeGreaterThan(300);
    for (const text of texts)
      expect([...made].filter(([, credential]) => leaked(credential, text, 8)).map(([field]) => field)).toEqual([]);
  });
});

/** A word that stands nowhere else, another for each field and text. */
function canaries(isPlanted: (spot: Spot) => boolean, written: (text: string, canary: string, spot: Spot) => string) {
  const given = new Map<string, string>();
  const plant: Plant = (text, spot) => {
    if (!isPlanted(spot)) return text;
    const field = `${spot.key} ${text}`;
    given.set(
      field,
      given.get(field) ??
        `canary${String.fromCharCode(97 + (given.size % 26))}${"qzxjv"[given.size % 5]}${given.size}z`,
    );
    return written(text, given.get(field) as string, spot);
  };
  return { plant, given };
}

describe.each(["content", "strict"] as const)("at %s", (level) => {
  test("no output has a word of a prompt, an answer, an argument, an output, an error or a title", () => {
    const { plant, given } = canaries(isFreeText, (text, canary) => `${canary} said ${text} and ${canary}`);
    const texts = written(level, plant);
    expect(given.size).toBeGreaterThan(100);
    for (const text of texts) expect([...given].filter(([, canary]) => text.includes(canary))).toEqual([]);
  });

  test("no output has what a command line says in words, in quotes or without", () => {
    const isCommand = (spot: Spot) => isNameTarget(spot) && /^(?:bash|shell)$/.test(String(spot.owner.tool));
    const { plant, given } = canaries(
      isCommand,
      (_, canary) => `git commit -m "mend ${canary}" && echo ${canary} | FOO=${canary} node --eval ${canary}`,
    );
    const texts = written(level, plant);
    expect(given.size).toBeGreaterThan(3);
    for (const text of texts) expect([...given].filter(([, canary]) => text.includes(canary))).toEqual([]);
  });
});

test("at strict no output has a name, a path or a command", () => {
  const { plant, given } = canaries(
    (spot) => !isFreeText(spot),
    (text, canary, spot) =>
      isPath(spot) ? `${text}/${canary}/${canary}.ts` : isNameTarget(spot) ? `${text} ${canary}` : `${canary}-${text}`,
  );
  const texts = written("strict", plant);
  expect(given.size).toBeGreaterThan(200);
  for (const text of texts) expect([...given].filter(([, canary]) => text.includes(canary))).toEqual([]);
});

test("at paths all of them are there: the canaries are seen where they may be", () => {
  const { plant, given } = canaries(
    (spot) => spot.key === "title" || spot.key === "agent",
    (text, canary) => `${canary} ${text}`,
  );
  const texts = written("paths", plant).join("\n");
  expect([...given].filter(([, canary]) => !texts.includes(canary))).toEqual([]);
});
