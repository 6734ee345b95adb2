import { CarriedSums, type CarriedTotals } from "../../src/analyze/context/carried.js";
import { composeCalls } from "../../src/analyze/context/compose.js";
import type { CallComposition } from "../../src/analyze/context/model-context.js";
import { NO_TEXT } from "../../src/load/text-facts.js";
import { NO_SHAPE } from "../../src/load/text-shape.js";
import type { TokenPrices } from "../../src/model/price-book.js";
import type { ContextKind } from "../../src/model/report.js";
import type { ContentPart, Message, Session, SpanStatus, TextShape } from "../../src/model/session.js";

/**
 * What stood in the prompts of a session, drawn as text, a message a line:
 *
 *     user text:12
 *     call build p/m prompt:1000 cached:512 [read a.ts 300] [bash 20] think:40 text:5
 *     compact from:m2
 *     summary build p/m prompt:1400 text:50
 *     sub user text:9
 *
 * Messages are m1, m2, ..., a second apart unless `at:MS` says otherwise. `sub` is the session of a subagent. Of a call:
 * `prompt:` all of its input, of which `cached:` and `wrote:`, then `out:`, `reasoned:`, `cost:`, `span:`, and the flags
 * `error`, `copied`, `reverted`, `inside`; `auto` of a compaction. Numbers of pieces are words: `text:`, `think:`,
 * `image:PATH`, `file:PATH:WORDS`, and calls of tools, `[tool PATH WORDS]`, with `asks:WORDS` (5), `as:DIGEST`,
 * `pruned:MS`, `skill:NAME`, `extra:PATH`, and any status but ok. `read` reads its path; `write` and `edit` write to it.
 */
export function sessionFromMessages(text: string): Session {
  const lines = text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
  return Object.freeze({
    ...{ id: "ses_test", title: "test", source: "opencode", sourceVersion: null, directory: "/p", parentId: null },
    outcome: "complete" as const,
    records: { retries: "recorded" as const, permissionWaits: "all" as const },
    ...{ messages: lines.map(message), counted: [], spans: [], notes: [], local: null, telemetry: [] },
  });
}

export function wordsShape(words: number): TextShape {
  return { ...NO_SHAPE, words };
}

/** What every prompt was made of, as the walk gives it, kept. */
export function compositionsOf(text: string): CallComposition[] {
  const all: CallComposition[] = [];
  composeCalls(sessionFromMessages(text), (composition) => {
    all.push(kept(composition));
  });
  return all;
}

/** What everything in the prompts took, at 10, 1 and 12 dollars a token for input and for reading and writing the cache. */
export function carriedIn(session: Session, rates: TokenPrices | null = RATES): CarriedTotals {
  const sums = new CarriedSums(() => rates);
  composeCalls(session, (composition) => sums.add(composition));
  return sums;
}

const RATES: TokenPrices = { uncachedInput: 10, cacheRead: 1, cacheWrite: 12, output: 50 };

/** What the walk gives is good until its next step. */
export function kept(composition: CallComposition): CallComposition {
  const { call, heldTokens } = composition;
  return { ...composition, call: { ...call, held: [...call.held] }, heldTokens: [...heldTokens] };
}

/** Tokens by kind; base and the unattributed rest are always there. */
export function kindsOf(composition: CallComposition): Partial<Record<ContextKind, number>> {
  const { call, baseTokens: base, unattributedTokens: unattributed, heldTokens } = composition;
  const kinds: Partial<Record<ContextKind, number>> = { base, unattributed };
  call.held.forEach(({ kind }, i) => {
    kinds[kind] = (kinds[kind] ?? 0) + (heldTokens[i] as number);
  });
  return kinds;
}

function message(line: string, i: number): Message {
  const isSub = line.startsWith("sub ");
  const [role = "", ...words] = (isSub ? line.slice(4) : line).match(/\[[^\]]*\]|\S+/g) ?? [];
  const isAnswer = role === "call" || role === "summary";
  if (!isAnswer && role !== "user" && role !== "compact") throw new Error(`cannot read: ${line}`);
  const [agent = null, model = null] = isAnswer ? words : [];
  const rest = isAnswer ? words.slice(2) : words;
  const number = (key: string) => {
    const value = rest.find((word) => word.startsWith(`${key}:`))?.slice(key.length + 1);
    return value === undefined ? null : Number(value);
  };
  const [cacheRead, cacheWrite] = [number("cached") ?? 0, number("wrote") ?? 0];
  const uncachedInput = (number("prompt") ?? 0) - cacheRead - cacheWrite;
  const output = { output: number("out") ?? 0, reasoning: number("reasoned") ?? 0 };
  const content = rest.flatMap((word, k) => partsOf(word, `m${i + 1}.${k}`));
  const keptFrom = rest.find((word) => word.startsWith("from:"))?.slice(5) ?? null;
  return Object.freeze({
    ...{ id: `m${i + 1}`, sessionId: isSub ? "ses_sub" : "ses_test", number: i + 1, text: NO_TEXT },
    role: isAnswer ? ("assistant" as const) : ("user" as const),
    ...{ createdAt: number("at") ?? i * 1000, span: number("span"), agent, model, content },
    tokens: number("prompt") === null ? null : { uncachedInput, cacheRead, cacheWrite, ...output },
    costUsd: number("cost"),
    compaction: role === "compact" ? { isAutomatic: rest.includes("auto"), keptFrom } : null,
    ...{ tools: [], toolErrors: 0, origin: isAnswer ? ("answer" as const) : ("prompt" as const) },
    ...{ isAnswered: isAnswer, isCompaction: role === "summary" },
    ...{ isCopied: rest.includes("copied"), isReverted: rest.includes("reverted") },
    ...{ reasoningWasInside: rest.includes("inside"), error: rest.includes("error") ? "failed" : null },
    skill: null,
  });
}

function partsOf(word: string, callId: string): ContentPart[] {
  if (word.startsWith("[")) return toolParts(word.slice(1, -1).split(" "), callId);
  const [kind, first = "", words] = word.split(":");
  if (kind === "text") return [{ kind: "text", shape: wordsShape(Number(first)) }];
  if (kind === "think") return [{ kind: "reasoning", shape: wordsShape(Number(first)) }];
  if (kind === "image") return [{ kind: "media", path: first || null }];
  if (kind === "file") return [{ kind, path: first, shape: wordsShape(Number(words)), digest: `${first} ${words}` }];
  return [];
}

const STATUSES: readonly SpanStatus[] = ["error", "aborted", "rejected", "unfinished"];

function toolParts([tool = "", ...words]: string[], callId: string): ContentPart[] {
  const named = (key: string) => words.find((word) => word.startsWith(`${key}:`))?.slice(key.length + 1);
  const size = words.find((word) => /^\d+$/.test(word)) ?? "0";
  const status = STATUSES.find((each) => words.includes(each)) ?? "ok";
  const path =
    words.find((word) => word.includes("/") || (/[.\\]/.test(word) && !/^(as|extra|skill):/.test(word))) ?? null;
  const access = tool === "read" ? "read" : tool === "write" || tool === "edit" ? "write" : null;
  const result = {
    ...{ kind: "tool-result" as const, tool, callId, shape: wordsShape(Number(size)) },
    ...{ digest: named("as") ?? `${path} ${size}`, path: access === "read" && status === "ok" ? path : null },
    ...{ isExtra: false, skill: named("skill") ?? null, prunedAt: named("pruned") ? Number(named("pruned")) : null },
  };
  const extra = named("extra");
  return [
    {
      ...{ kind: "tool-call" as const, tool, callId, shape: wordsShape(Number(named("asks") ?? 5)), status, access },
      paths: path === null ? [] : [path],
    },
    result,
    ...(extra ? [{ ...result, path: extra, isExtra: true }] : []),
  ];
}
