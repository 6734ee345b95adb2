import type { SpanDraft } from "../../src/load/span-tree.js";
import { spanTree } from "../../src/load/span-tree.js";
import { NO_TEXT } from "../../src/load/text-facts.js";
import type { ReportSpan } from "../../src/model/report.js";
import type { Message, Session, Span, ToolSpan } from "../../src/model/session.js";
import type { Interval } from "../../src/model/units.js";

/**
 * A session drawn as text, one span a line, children indented:
 *
 *     session 0..100
 *       turn 0..100
 *         step 0..60
 *           model 0..20 first 5
 *           bash 20..60
 *
 * After the times: `first 5` (first output), `retry 0..3`, `ask 20..30` (a wait for the user), and any status but ok.
 * A missing end is written `20..?`. `subagent` and every other word is a tool call; a line of one may end with what it was
 * about, `on npm test`, or with the file that it named, `file src/a.ts`. Times start at 0, which is the epoch.
 */
export function sessionFromText(text: string): Session {
  return sessionFromDrafts(draftsFromText(text));
}

export function draftsFromText(text: string): SpanDraft[] {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const margin = /^ */.exec(lines[0] ?? "")?.[0].length ?? 0;
  const open: number[] = [];
  return lines.map((line, i) => {
    const depth = ((/^ */.exec(line)?.[0].length ?? 0) - margin) / 2;
    open.length = depth;
    open.push(i);
    return draft(line.trim(), depth === 0 ? -1 : (open[depth - 1] as number), i);
  });
}

export function sessionFromDrafts(drafts: readonly SpanDraft[]): Session {
  const { spans, notes } = spanTree(drafts);
  const messages = spans.filter((span) => span.kind === "model").map((_, i) => message(i));
  const renumbered = new Map<Span, number>(spans.filter((span) => span.kind === "model").map((span, i) => [span, i]));
  return Object.freeze({
    ...{ id: "ses_test", title: "test", source: "opencode", sourceVersion: null, directory: "/p", parentId: null },
    outcome: "complete" as const,
    records: { retries: "recorded" as const, permissionWaits: "all" as const },
    messages,
    counted: [],
    spans: spans.map((span) => (span.kind === "model" ? { ...span, message: renumbered.get(span) as number } : span)),
    notes,
    local: null,
    telemetry: [],
  });
}

function message(i: number): Message {
  const tokens = { uncachedInput: 10, cacheRead: 5, cacheWrite: 0, output: 3, reasoning: 2 };
  return Object.freeze({
    ...{ id: `msg_${i}`, sessionId: "ses_test", number: i + 1, role: "assistant" as const, createdAt: i, span: null },
    ...{ agent: "build", model: "p/m", tokens, costUsd: 0.01, text: { ...NO_TEXT, firstWords: `answer ${i}` } },
    ...{ tools: [], toolErrors: 0, origin: "answer" as const, isAnswered: true, isCompaction: false },
    ...{ isCopied: false, isReverted: false, error: null, content: [], compaction: null, reasoningWasInside: false },
    skill: null,
  });
}

function draft(line: string, parent: number, i: number): SpanDraft {
  const [, kind = "", start, end] = /^(\S+)\s+(-?\d+)\.\.(-?\d+|\?)/.exec(line) ?? [];
  if (start === undefined) throw new Error(`cannot read: ${line}`);
  const status = (/\b(error|aborted|rejected|unfinished)\b/.exec(line)?.[1] ?? "ok") as Span["status"];
  const common = {
    parent,
    name: kind,
    startAt: Number(start),
    endAt: end === "?" ? null : Number(end),
    status,
    basis: "measured" as const,
  };
  const interval = (word: string) => {
    const [, from, to] = new RegExp(`\\b${word} (\\d+)\\.\\.(\\d+)`).exec(line) ?? [];
    return from === undefined ? null : { startAt: Number(from), endAt: Number(to) };
  };
  const firstOutput = /first (\d+)/.exec(line)?.[1];
  switch (kind) {
    case "session":
      return { kind, ...common };
    case "turn":
      return { kind, ...common, trigger: "prompt", promptedAt: Number(start), message: null };
    case "step":
      return { kind, ...common, message: 0 };
    case "model":
      return {
        kind,
        ...common,
        message: 0,
        model: "p/m",
        firstOutputAt: firstOutput ? Number(firstOutput) : null,
        retrying: interval("retry"),
        phases: [],
      };
    case "subagent":
      return { kind, ...common, sessionId: `ses_${i}`, agent: "general", startedBy: null };
    default:
      return { ...toolSpanDraft(common, `call_${i}`, interval("ask"), kind), ...subject(line) };
  }
}

function subject(line: string): Pick<ToolSpan, "target" | "files"> {
  const [, kind, said = ""] = / (on|file) (.+)$/.exec(line) ?? [];
  return { target: said, files: kind === "file" ? [{ path: said }] : [] };
}

/** A tool call with what a test does not care about left empty. */
export function toolSpanDraft(
  common: Pick<SpanDraft, "parent" | "name" | "startAt" | "endAt" | "status" | "basis">,
  callId: string,
  userWait: Interval | null,
  tool = "bash",
): SpanDraft {
  return {
    ...{ kind: "tool" as const, ...common, message: 0, tool, callId, target: "", files: [], error: null, output: null },
    ...{ excerpts: { input: "", output: "" }, inputDigest: "", subjectDigest: "", learnedFrom: [], fromLine: null },
    ...{ skill: null, edit: null, check: null, exitCode: null },
    calledAt: common.startAt,
    userWaits: userWait ? [userWait] : [],
  };
}

/** Spans drawn as text again, to compare with. */
export function spansAsText(spans: readonly (Span | ReportSpan)[]): string[] {
  const depth: number[] = [];
  return spans.map((span, i) => {
    depth[i] = span.parent < 0 ? 0 : (depth[span.parent] as number) + 1;
    const [start, end] = "startAt" in span ? [span.startAt, span.endAt] : [span.startMs, span.endMs];
    return `${"  ".repeat(depth[i] as number)}${span.name} ${start}..${end}`;
  });
}
