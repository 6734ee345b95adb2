import { type SpanDraft, spanTree } from "../../src/load/span-tree.js";
import { NO_TEXT } from "../../src/load/text-facts.js";
import type { ContentPart, Message, Session, SkillOnDisk, Span } from "../../src/model/session.js";
import type { Interval, TokenUsage } from "../../src/model/units.js";
import { isEdit } from "../../src/report/tool-names.js";
import { wordsShape } from "./context-text.js";
import { facetsOf, skillsOnDisk } from "./story-facets.js";
import { Words } from "./story-words.js";

/**
 * What happened in a session and what it took, drawn as text, one thing a line, children indented by two spaces:
 *
 *     turn 0..9000 asks:12
 *       step 0..2000 first:800 until:1500 prompt:9000 cached:8000 out:40 cost:0.01
 *         read src/a.ts 1600..1900 gives:300
 *       step 2000..5000 prompt:9400 cached:9000 out:30
 *         task 2600..4900 on:map_the_services
 *           subagent 2700..4800 asks:30
 *             step 2700..4800 prompt:5000 out:90
 *     turn 60000..61000 asks:5
 *       compaction 60000..60900 prompt:20000 says:300 auto
 *
 * Times are milliseconds; what lies between turns is idle. `asks:` are the words of a prompt. Of a step: `first:` and
 * `until:` when the answer began and was complete (else its first call, else its end), `retry:A..B`, `model:p/large` (p/m),
 * `agent:`, `prompt:` all of its input, of which `cached:` and `wrote:`, `out:`, `reasoned:`, `cost:`, `says:WORDS`,
 * `error:NAME`, any status but ok, and the flag `reverted`. Of a call: its file, `gives:WORDS`, `as:DIGEST` of the result, `same:DIGEST` of the arguments (else they are all
 * different), `from:CALL` (what it learned its words from), `line:N` of a read that begins within its file, `ask:A..B` (a wait for the user), `on:WHAT` with `_` for
 * spaces, `lines:ADDED/REMOVED` of an edit, `skill:NAME` of a tool that is called after one (a `skill` call names it by `on:`), `exit:CODE`, `passes` or
 * `fails` of a test or check, `nothing` for a search without a find, any status but ok. `skills 0..0 of:30 says:20`
 * puts 30 skills with names and descriptions of 20 words on this machine. Calls are named c1, c2, ... in order. `shell 0..900 on:npm_test` in a turn is a `!command`.
 */
export function sessionFromStory(text: string): Session {
  const story = new Story();
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const margin = /^ */.exec(lines[0] ?? "")?.[0].length ?? 0;
  for (const line of lines) story.add(line.trim(), ((/^ */.exec(line)?.[0].length ?? 0) - margin) / 2);
  return story.session();
}

interface Open {
  readonly draft: number;
  readonly sessionId: string;
  readonly message: number;
}

type MessageDraft = { -readonly [Field in keyof Message]: Message[Field] };

class Story {
  readonly #drafts: SpanDraft[] = [
    { kind: "session", parent: -1, name: "story", startAt: 0, endAt: null, status: "ok", basis: "measured" },
  ];
  readonly #messages: MessageDraft[] = [];
  /** The span of each message, by its draft. */
  readonly #spanOf: number[] = [];
  readonly #open: Open[] = [];
  #calls = 0;
  #skills: SkillOnDisk[] | null = null;

  add(line: string, depth: number): void {
    this.#open.length = depth;
    const kind = line.split(" ", 1)[0] as string;
    const words = new Words(line);
    const outer = this.#open.at(-1) ?? { draft: 0, sessionId: "ses_root", message: -1 };
    if (kind === "turn" || kind === "subagent") this.#addAsked(kind, words, outer);
    else if (kind === "step") this.#addStep(words, outer, false);
    else if (kind === "skills") this.#skills = skillsOnDisk(words.number("of") ?? 0, words.number("says") ?? 0);
    else if (kind === "compaction") this.#addCompaction(words, outer);
    else this.#addCall(kind, words, outer);
  }

  session(): Session {
    const tree = spanTree(this.#drafts);
    const order = this.#messages.map((_, i) => i).sort((a, b) => this.#at(a) - this.#at(b) || a - b);
    const placeOf = new Map(order.map((was, i) => [was, i]));
    const spanOfMessage = (was: number) => tree.indexOf[this.#spanOf[was] as number] as number;
    const moved = (span: Span): Span =>
      "message" in span && span.message !== null
        ? ({ ...span, message: placeOf.get(span.message) as number } as Span)
        : span;
    return Object.freeze({
      ...{ id: "ses_root", title: "story", source: "opencode", sourceVersion: null, directory: "/p", parentId: null },
      outcome: "complete" as const,
      records: { retries: "recorded" as const, permissionWaits: "all" as const },
      messages: order.map((was, i) =>
        Object.freeze({ ...(this.#messages[was] as Message), number: i + 1, span: spanOfMessage(was) }),
      ),
      ...{ counted: [], spans: tree.spans.map(moved), notes: tree.notes, telemetry: [] },
      local: this.#skills && { contextLimits: {}, mcpServers: null, skills: this.#skills, files: [] },
    });
  }

  #at(message: number): number {
    return (this.#messages[message] as Message).createdAt;
  }

  #addAsked(kind: "turn" | "subagent", words: Words, outer: Open): void {
    const sessionId = kind === "turn" ? "ses_root" : `ses_sub${this.#drafts.length}`;
    const { startAt, endAt } = words.times;
    const message = this.#addMessage(sessionId, "user", startAt, words);
    const common = { ...words.span, parent: outer.draft, name: kind };
    const startedBy = `c${this.#calls}`;
    const draft =
      kind === "turn"
        ? this.#push({ kind, ...common, trigger: "prompt", promptedAt: startAt, message, endAt })
        : this.#push({ kind, ...common, sessionId, agent: words.text("agent") ?? "general", startedBy });
    this.#spanOf[message] = draft;
    this.#open.push({ draft, sessionId, message });
  }

  #addStep(words: Words, outer: Open, isCompaction: boolean): void {
    const { startAt, endAt } = words.times;
    const message = this.#addMessage(outer.sessionId, "assistant", startAt, words);
    const own = this.#messages[message] as MessageDraft;
    if (isCompaction) own.isCompaction = true;
    const step = this.#push({ kind: "step", ...words.span, parent: outer.draft, name: "step", message });
    this.#spanOf[message] = this.#push({
      ...{ kind: "model", ...words.span, parent: step, name: own.model ?? "", message, model: own.model ?? "" },
      endAt: words.number("until") ?? endAt,
      ...{ firstOutputAt: words.number("first"), retrying: words.interval("retry"), phases: [] },
    });
    this.#open.push({ draft: step, sessionId: outer.sessionId, message });
  }

  #addCompaction(words: Words, outer: Open): void {
    const asked = this.#addMessage(outer.sessionId, "user", words.times.startAt, new Words("user 0..0"));
    Object.assign(this.#messages[asked] as MessageDraft, {
      origin: "compaction",
      compaction: { isAutomatic: words.has("auto"), keptFrom: null },
      content: [],
    });
    this.#spanOf[asked] = outer.draft;
    this.#addStep(words, outer, true);
  }

  #addCall(tool: string, words: Words, outer: Open): void {
    const callId = `c${++this.#calls}`;
    const { path } = words;
    const target = path ?? words.text("on")?.replaceAll("_", " ") ?? "";
    const { span: common } = words;
    const draft = this.#push({
      ...{ kind: "tool", ...common, parent: outer.draft, name: tool, message: outer.message, tool, callId, target },
      ...{
        files: path === null ? [] : [{ path }],
        error: common.status === "error" ? "it failed" : null,
        output: words.has("nothing") ? { ...NO_TEXT, chars: 14, firstWords: "No files found" } : null,
      },
      ...{ excerpts: { input: "", output: "" }, inputDigest: words.text("same") ?? callId },
      subjectDigest: target || (words.text("same") ?? callId),
      ...{ learnedFrom: words.all("from"), fromLine: words.number("line"), calledAt: common.startAt },
      ...facetsOf(tool, target, words),
      userWaits: words.interval("ask") ? [words.interval("ask") as Interval] : [],
    });
    const step = this.#drafts[outer.draft] as SpanDraft;
    const model = this.#drafts[outer.draft + 1];
    if (model?.kind === "model" && model.endAt === step.endAt && common.startAt > step.startAt)
      model.endAt = common.startAt;
    const message = this.#messages[outer.message];
    if (message) {
      message.content = [...message.content, ...callContent(tool, callId, words)];
      message.tools = [...message.tools, tool];
      if (common.status === "error") message.toolErrors++;
    }
    this.#open.push({ draft, sessionId: outer.sessionId, message: outer.message });
  }

  #addMessage(sessionId: string, role: "user" | "assistant", createdAt: number, words: Words): number {
    const isAnswer = role === "assistant";
    const [cacheRead, cacheWrite] = [words.number("cached") ?? 0, words.number("wrote") ?? 0];
    const prompt = words.number("prompt");
    const output = { output: words.number("out") ?? 0, reasoning: words.number("reasoned") ?? 0 };
    const tokens: TokenUsage | null =
      prompt === null ? null : { uncachedInput: prompt - cacheRead - cacheWrite, cacheRead, cacheWrite, ...output };
    const said = words.number(isAnswer ? "says" : "asks") ?? 0;
    const message: MessageDraft = {
      ...{ id: `m${this.#messages.length + 1}`, sessionId, number: 0, role, createdAt, span: null },
      agent: words.text("agent") ?? "build",
      model: isAnswer ? (words.text("model") ?? "p/m") : null,
      ...{ tokens, costUsd: words.number("cost") },
      text: { ...NO_TEXT, shape: wordsShape(said), chars: said * 6, firstWords: isAnswer ? "Answer." : "Prompt." },
      content: said === 0 ? [] : [{ kind: "text", shape: wordsShape(said) }],
      ...{ compaction: null, reasoningWasInside: false, tools: [], toolErrors: 0 },
      origin: isAnswer ? "answer" : "prompt",
      ...{ isAnswered: isAnswer && tokens !== null, isCompaction: false, isCopied: false },
      ...{ isReverted: words.has("reverted"), error: words.text("error"), skill: null },
    };
    return this.#messages.push(message) - 1;
  }

  #push(draft: SpanDraft): number {
    return this.#drafts.push(draft) - 1;
  }
}

function callContent(tool: string, callId: string, words: Words): ContentPart[] {
  const { path } = words;
  const { status } = words.span;
  const access = tool === "read" ? "read" : isEdit(tool) ? "write" : null;
  const given = words.number("gives") ?? 0;
  return [
    {
      ...{ kind: "tool-call", tool, callId, shape: wordsShape(words.number("takes") ?? 5), status, access },
      paths: path === null ? [] : [path],
    },
    {
      ...{
        kind: "tool-result",
        tool,
        callId,
        shape: wordsShape(given),
        digest: words.text("as") ?? `${path} ${given}`,
      },
      ...{ path: access === "read" && status === "ok" ? path : null, isExtra: false },
      ...{ skill: facetsOf(tool, words.text("on") ?? "", words).skill?.name ?? null, prunedAt: words.number("pruned") },
    },
  ];
}
