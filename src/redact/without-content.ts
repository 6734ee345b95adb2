import type { LocalFacts, Message, Session, Span, TextFacts, ToolSpan } from "../model/session.js";
import { formatCount } from "../report/format.js";
import { NOTHING_FOUND, saysNothingFound } from "../report/found-nothing.js";
import { isSearch, isShell } from "../report/tool-names.js";
import { commandOutline } from "./command-outline.js";
import { filesOf } from "./files-of.js";
import { callName, fileTarget, withRenamedCalls } from "./rename-calls.js";

/** What stands for a text of which nothing can be said but that there was one. */
export const LEFT_OUT = "[left out]";

/**
 * Prompts, answers, arguments, outputs and titles are dropped; how long they were and what they were made of is kept.
 * Names are kept: of files, of agents and tools, and of commands what was run.
 */
export function withoutContent(session: Session): Session {
  const files = new Set(filesOf(session));
  const renamed = withRenamedCalls(session, (call) => ({
    tool: call.tool,
    target: shownTarget(call, (word) => files.has(word)),
  }));
  const calls = new Set(renamed.spans.flatMap((span) => (span.kind === "tool" ? [callName(span)] : [])));
  const commands = new Set(renamed.spans.flatMap((span) => (span.kind === "tool" ? [`!${span.target}`] : [])));
  const messages = renamed.messages.map((message) => withoutWords(message, calls));
  const title = untitled(session.id);
  const quiet = { title, messages, commands, subagents: subagentTitles(session.spans) };
  const local = renamed.local && withoutDescriptions(renamed.local);
  return {
    ...renamed,
    title,
    messages,
    local,
    spans: renamed.spans.map((span) => Object.freeze(withoutText(span, quiet))),
  };
}

/** What a skill is for is somebody's words; how long they are is kept in its shape. */
function withoutDescriptions(local: LocalFacts): LocalFacts {
  return { ...local, skills: local.skills?.map((skill) => ({ ...skill, description: null })) ?? null };
}

/** What a session is called where its title may not be said. */
export function untitled(id: string): string {
  return `Session ${id.slice(-6)}`;
}

/** What stands instead of the texts that spans are known by. */
interface QuietTexts {
  readonly title: string;
  readonly messages: readonly Message[];
  /** What a person's own commands are called. */
  readonly commands: ReadonlySet<string>;
  /** By session id. */
  readonly subagents: ReadonlyMap<string, string>;
}

function withoutText(span: Span, { title, messages, commands, subagents }: QuietTexts): Span {
  const words = (message: number | null) => (message === null ? "" : (messages[message]?.text.firstWords ?? ""));
  switch (span.kind) {
    case "session":
      return { ...span, name: title };
    case "subagent":
      return { ...span, name: subagents.get(span.sessionId) ?? LEFT_OUT };
    case "turn":
      return span.name === "compaction" || commands.has(span.name) ? span : { ...span, name: words(span.message) };
    case "step":
      return { ...span, name: words(span.message) };
    case "model":
      return span;
    case "tool":
      return withoutResults(span);
  }
}

/** A subagent's title is what its task was called. */
function subagentTitles(spans: readonly Span[]): ReadonlyMap<string, string> {
  const ids = new Set(spans.flatMap((span) => (span.kind === "subagent" ? [span.sessionId] : [])));
  return new Map([...ids].map((id, i) => [id, `Subagent ${i + 1}`]));
}

/** Of a call's arguments only names may be said: of files and skills, of programs and their options. */
function shownTarget({ tool, target, files }: ToolSpan, isFile: (word: string) => boolean): string {
  const [first, ...others] = files.map(({ path }) => path);
  if (first !== undefined) return fileTarget([first, ...others]);
  if (isShell(tool)) return commandOutline(target, isFile);
  return tool === "skill" || (tool === "todowrite" && /^\d+ todos?$/.test(target)) ? target : "";
}

function withoutResults(span: ToolSpan): ToolSpan {
  return {
    ...span,
    error: span.error && LEFT_OUT,
    output: span.output && withoutOutput(span.output, span.tool),
    excerpts: { input: "", output: "" },
    skill: span.skill && { ...span.skill, title: null, description: null },
  };
}

/** A message that is known by its call has no words of its own. */
function withoutWords(message: Message, calls: ReadonlySet<string>): Message {
  const { text, error } = message;
  return {
    ...message,
    text: text.chars === 0 && calls.has(text.firstWords) ? text : withoutFirstWords(text),
    error: error && errorName(error),
  };
}

/** That a search found nothing is kept: else what came next would look as if it had not needed the search. */
function withoutOutput(output: TextFacts, tool: string): TextFacts {
  const isInVain = isSearch(tool) && output.chars > 0 && saysNothingFound(output.firstWords);
  return isInVain ? { ...output, firstWords: NOTHING_FOUND } : withoutFirstWords(output);
}

function withoutFirstWords(text: TextFacts): TextFacts {
  return { ...text, firstWords: text.chars === 0 ? "" : `[${formatCount(text.chars)} characters]` };
}

/** How OpenCode and the programs that it is made of call their errors. */
const ERROR_NAMES: ReadonlySet<string> = new Set([
  ...["AI_APICallError", "APIError", "AbortError", "ContextOverflowError", "Error", "MessageAbortedError"],
  ...["MessageOutputLengthError", "NamedError", "ProviderAuthError", "ProviderInitError", "ProviderModelNotFoundError"],
  ...["StructuredOutputError", "TimeoutError", "TypeError", "UnknownError"],
]);

/** Of an error what it is called, and a status of HTTP: `APIError: 429`. The rest may say anything. */
function errorName(error: string): string {
  const name = [/^[A-Za-z_]+(?=:|$)/.exec(error)?.[0] ?? ""].find((found) => ERROR_NAMES.has(found));
  const status = /(?<![\w.])[45]\d\d(?![\w.])/.exec(error)?.[0];
  return [name, status].filter(Boolean).join(": ") || LEFT_OUT;
}
