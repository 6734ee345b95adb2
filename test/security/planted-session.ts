import { NO_SHAPE } from "../../src/load/text-shape.js";
import type { Session } from "../../src/model/session.js";
import { isShell } from "../../src/report/tool-names.js";
import { loadRoots, recordedPath } from "../support/fixtures.js";
import { type Place, planted, stringsByPlace } from "../support/planted.js";
import { EVERY_RECORD } from "../support/telemetry-records.js";

/** Names in these are somebody's words. */
export const FREE_NAMES: readonly Place[] = ["local.contextLimits"];

/** Words of ours, among which the loaders choose: no user, model or tool can put another in their place. */
export const FIXED: readonly Place[] = [
  "outcome",
  "records.retries",
  "records.permissionWaits",
  "messages[].role",
  "messages[].origin",
  "messages[].content[].kind",
  "messages[].content[].status",
  "messages[].content[].access",
  "counted[].place",
  "spans[].kind",
  "spans[].status",
  "spans[].basis",
  "spans[].trigger",
  "spans[].check",
  "spans[].phases[].kind",
  "spans[].retryReasons[]",
  "notes[].kind",
  "telemetry[].kind",
  "telemetry[].mode",
  "redaction.level",
  "redaction.credentials[].kind",
];

/** Where names of tools stand: rules look for some of them. */
const TOOLS: readonly Place[] = ["messages[].tools[]", "messages[].content[].tool", "spans[].tool"];

/** A small recorded session with a string in every place in which any recording has one; the tests hold this. */
export async function sessionOfEveryPlace(): Promise<Session> {
  const [recorded] = await loadRoots(recordedPath("v1.3.2"));
  const { messages, spans, notes, ...session } = recorded as Session;
  const first = messages[0]?.id as string;
  return {
    ...session,
    messages: messages.map((message, i) => ({
      ...message,
      error: i % 3 === 2 ? `error ${i}` : message.error,
      compaction: i === 0 ? { isAutomatic: true, keptFrom: first } : message.compaction,
    })),
    spans: spans.map((span) => {
      if (span.kind === "model") return { ...span, retryReasons: ["429"] };
      return span.kind === "tool" && isShell(span.tool) ? { ...span, check: "passed" } : span;
    }),
    notes: notes.map((note) => ({ ...note, files: ["/home/dev/auth-app/.opencode/telemetry/own.jsonl"] })),
    telemetry: EVERY_RECORD,
    baseSizes: { systemChars: 9_000, tools: [{ tool: "tracker_find", chars: 4_000 }] },
    local: {
      contextLimits: { "mock/mock-large": 200_000 },
      mcpServers: ["tracker"],
      skills: [
        {
          name: "release-notes",
          description: "Writes the notes of a release",
          folder: "/home/dev/auth-app/.opencode/skills/release-notes",
          shape: NO_SHAPE,
        },
      ],
      files: ["/home/dev/opencode.json"],
    },
    redaction: { level: "paths", credentials: [] },
  };
}

/**
 * A session in which every string that is not a word of ours is one of `texts`. What was equal is equal and what differed
 * differs, so joins hold. The n-th distinct string becomes text number n + `turn`, round and round: in as many turns as there
 * are texts, every string has been each of them.
 */
export function plantedSession(
  session: Session,
  texts: readonly string[],
  turn: number,
  stays: "tools stay" | null = null,
): Session {
  const plantedFor = new Map<string, string>();
  const tools = TOOLS.flatMap((place) => stringsByPlace(session).get(place) ?? []);
  const kept = new Set(stays ? tools : []);
  return planted(
    session,
    (text, place) => {
      if (FIXED.includes(place) || kept.has(text)) return text;
      const number = plantedFor.size;
      const found = plantedFor.get(text) ?? `${texts[(number + turn) % texts.length]} ${number}`;
      plantedFor.set(text, found);
      return found;
    },
    FREE_NAMES,
  );
}
