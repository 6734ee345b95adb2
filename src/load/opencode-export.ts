import { statSync } from "node:fs";
import type { Note } from "../model/session.js";
import { formatCount } from "../report/format.js";
import { type FoundJson, jsonObjectAt } from "./json-text.js";
import { gatheredMessages } from "./opencode/api-messages.js";
import { memoryStore } from "./opencode/memory-store.js";
import { sessionHead } from "./opencode/session-head.js";
import { beginningOf, readText } from "./read-text.js";
import type { Source } from "./source.js";
import { SourceError } from "./source-error.js";

/** What `opencode export` writes, of both generations, sanitized or not: one session, without its subagents. */
export const opencodeExport: Source = {
  id: "opencode-export",
  recognize: async (path) => (BEGINNING.test(beginningOf(path)) ? "mine" : "not mine"),
  open: async (path, { partial = false }) => {
    const text = readText(path);
    const found = exportIn(text);
    if (!found) throw new SourceError({ code: "broken-export", path });
    const bytes = statSync(path).size;
    if (found.isCut && !partial)
      throw new SourceError({ code: "cut-export", path, bytes, hasMessages: found.value !== null });
    const plain = (found.value ?? {}) as Exported;
    const isSanitized = Object.values(plain.info ?? {}).some(isPlaceholder);
    const { info, messages } = isSanitized ? (withoutPlaceholders(plain) as Exported) : plain;
    const head = sessionHead(info);
    if (!head || !(Array.isArray(messages) || found.isCut))
      throw new SourceError(
        found.isCut ? { code: "cut-export", path, bytes, hasMessages: false } : { code: "broken-export", path },
      );
    const list = Array.isArray(messages) ? messages : [];
    return memoryStore({
      ...{ source: opencodeExport.id, path, bytes, entries: [head] },
      form: `OpenCode export${isSanitized ? ", sanitized" : ""}${found.isCut ? ", cut off" : ""}`,
      rows: (id, weigh) => {
        if (id !== head.id) return null;
        const rows = gatheredMessages(head, list, weigh);
        return found.isCut ? { ...rows, endedAs: "unfinished" } : rows;
      },
      notRecorded: [
        "what subagents did",
        "failed attempts",
        "permission prompts",
        "the system prompt and tool definitions",
      ],
      notes: notes(
        isSanitized,
        found.isCut ? { bytes, messages: list.length } : null,
        BEGINNING.test(text.slice(found.end)),
      ),
    });
  },
};

/**
 * The object that holds session and messages, in whatever order; null where there is none. What looks like the beginning
 * of one may be the first of its messages.
 */
function exportIn(text: string): FoundJson | null {
  const places = [text.search(BEGINNING), text.indexOf("{")];
  for (const place of places) {
    const found = jsonObjectAt(text, place, LIST_DEPTH);
    if (found && !isMessage((found.value as Exported | null)?.info)) return found;
  }
  return null;
}

function isMessage(info: unknown): boolean {
  return typeof info === "object" && info !== null && "role" in info && "sessionID" in info;
}

type Exported = { readonly info?: unknown; readonly messages?: unknown };

/** Other text may stand before it: "Exporting session: …". */
const BEGINNING = /\{\s*"info"\s*:\s*\{/;
/** The list of messages, and in each the list of its parts. */
const LIST_DEPTH = 4;

function notes(isSanitized: boolean, cut: { bytes: number; messages: number } | null, hasMore: boolean): Note[] {
  const found: Note[] = [
    { kind: "info", text: "Read from an export: it holds neither the sessions of subagents nor an event log." },
  ];
  if (isSanitized)
    found.push({
      kind: "info",
      text: "The export was sanitized: it has no texts, no commands and no paths, so nothing can be said by file.",
    });
  if (hasMore) found.push({ kind: "skipped", text: "The file holds more than one export; only the first was read." });
  if (cut)
    found.push({
      kind: "skipped",
      text: `The export is cut off after ${formatCount(cut.bytes)} bytes: only its first ${cut.messages} messages are here, the last of them perhaps not whole.`,
    });
  return found;
}

function isPlaceholder(value: unknown): boolean {
  return typeof value === "string" && /^\[redacted:[^\]]*\]$/.test(value);
}

/** `--sanitize` writes `[redacted:kind:id]` for texts and `{redacted: …}` for objects: they say nothing. */
function withoutPlaceholders(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_, inner) => {
    if (isPlaceholder(inner)) return "";
    const isOne = inner !== null && typeof inner === "object" && typeof inner.redacted === "string";
    return isOne && Object.keys(inner).length === 1 ? {} : inner;
  });
}
