import type { MessageDraft, PartDraft, SessionRows, TextDraft, ToolDraft } from "../../src/load/opencode/drafts.js";
import { NO_TEXT } from "../../src/load/text-facts.js";
import { wordsOf } from "../../src/load/words.js";

/** Messages as the loader drafts them, with what a test does not care about filled in. */
export function messageDraft(id: string, role: "user" | "assistant", fields: Partial<MessageDraft> = {}): MessageDraft {
  return {
    ...{ id, role, sessionId: "ses_root", createdAt: 0, completedAt: null, parentId: null, agent: null, model: null },
    ...{
      tokens: null,
      reasoningWasInside: false,
      costUsd: null,
      finish: null,
      error: null,
      resentAt: null,
      streamedAt: null,
      hasUnreadableFigures: false,
    },
    ...{ isCompaction: false, isCopied: false, hasNaturalIds: true, skill: null, parts: [] },
    ...fields,
  };
}

export function textDraft(firstWords: string, fields: Partial<TextDraft> = {}): TextDraft {
  const text = { ...NO_TEXT, chars: firstWords.length, firstWords };
  return {
    kind: "text",
    at: null,
    startAt: null,
    endAt: null,
    synthetic: false,
    ignored: false,
    announces: null,
    ofFile: null,
    text,
    words: wordsOf(firstWords),
    ...fields,
  };
}

export function toolDraft(
  tool: string,
  startAt: number | null,
  endAt: number | null,
  fields: Partial<ToolDraft> = {},
): ToolDraft {
  return {
    ...{
      kind: "tool",
      at: startAt,
      tool,
      callId: `call_${tool}`,
      status: endAt === null ? "unfinished" : "ok",
      startAt,
      endAt,
    },
    ...{
      facets: { skill: null, edit: null, check: null, exitCode: null },
      target: "",
      files: [],
      error: null,
      output: null,
      excerpts: { input: "", output: "" },
      subjectDigest: "",
      inputDigest: "",
      fromLine: null,
      words: { given: new Uint32Array(), returned: new Uint32Array() },
      content: [],
      childSessionId: null,
      calledAt: null,
      ranAt: null,
      userWait: null,
    },
    ...fields,
  };
}

export function markDraft(type: string, at: number | null): PartDraft {
  return { kind: "other", at, type };
}

export function sessionRows(id: string, parentId: string | null, messages: readonly MessageDraft[]): SessionRows {
  return {
    ...{
      id,
      parentId,
      title: id,
      directory: "/p",
      version: "1.18.34",
      createdAt: 0,
      revertedFrom: null,
      counted: null,
    },
    ...{
      resetsToolStarts: false,
      retries: "as-waiting" as const,
      recordsCommandWaits: false,
      endedAs: null,
      besides: null,
    },
    skipped: { messages: 0, parts: 0 },
    messages: messages.map((message) => ({ ...message, sessionId: id })),
  };
}
