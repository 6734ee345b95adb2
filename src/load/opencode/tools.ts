import type { FileFacet, SpanStatus } from "../../model/session.js";
import type { EpochMs } from "../../model/units.js";
import { isBuiltIn } from "../../report/tool-names.js";
import { callExcerpts } from "../call-excerpts.js";
import { jsonText } from "../json-text.js";
import type { Weigh } from "../source.js";
import { digestOf, NO_TEXT, oneLine, textFacts } from "../text-facts.js";
import { textField } from "../text-field.js";
import { wordsOf } from "../words.js";
import { callFacets, editedPath, isFileEdit } from "./call-facets.js";
import type { ToolDraft } from "./drafts.js";
import type { ToolPart } from "./json-1.js";
import { toolContent } from "./tool-content.js";

type Input = Readonly<Record<string, unknown>>;
const TARGET_CHARS = 200;

/** Tools that take one file, by the field that names what their input or output adds to it. */
const CONTENT_FIELD: ReadonlyMap<string, string> = new Map([
  ["write", "content"],
  ["edit", "newString"],
]);
const FILE_TOOLS = new Set(["read", "write", "edit", "multiedit", "patch", "lsp"]);

/** Which input field says best what a call is about, for tools that are not about a file. */
const TARGET_FIELDS: ReadonlyMap<string, readonly string[]> = new Map([
  ["bash", ["command"]],
  ["shell", ["command"]],
  ["grep", ["pattern"]],
  ["glob", ["pattern"]],
  ["list", ["path"]],
  ["task", ["description", "prompt"]],
  ["subagent", ["description", "prompt"]],
  ["skill", ["name", "id"]],
  ["webfetch", ["url"]],
  ["websearch", ["query"]],
  ["codesearch", ["query"]],
  ["invalid", ["tool"]],
]);

/** Calls of which it matters whether they could have been made earlier: those that only look, and tasks. */
const TAKES_UP = new Set([
  ...["codesearch", "glob", "grep", "list", "lsp", "lsp_diagnostics", "lsp_hover", "read", "subagent", "task"],
  ...["todoread", "webfetch", "websearch"],
]);
const NO_WORDS = new Uint32Array();

/** A tool call as it is kept: what it was about, how it ended, what it names. */
export function toolDraft(at: EpochMs | null, data: ToolPart, weigh: Weigh): ToolDraft {
  const { state } = data;
  const files = toolFiles(data);
  const target = toolTarget(data, files);
  const inputDigest = digestOf(jsonText(state.input));
  const output = state.output === undefined ? null : state.output === "" ? NO_TEXT : textFacts(state.output, weigh);
  return {
    kind: "tool",
    at,
    tool: data.tool,
    callId: data.callID,
    status: toolStatus(data),
    startAt: state.time?.start ?? null,
    endAt: state.time?.end ?? null,
    calledAt: null,
    ranAt: null,
    userWait: null,
    target,
    files,
    error: state.status === "error" ? textFacts(state.error ?? "", weigh).firstWords : null,
    output,
    excerpts: callExcerpts(state.input, [state.output ?? "", state.error ?? ""]),
    inputDigest,
    subjectDigest: target === "" ? inputDigest : digestOf(target),
    fromLine: data.tool === "read" && typeof state.input.offset === "number" ? state.input.offset || null : null,
    words: {
      given: TAKES_UP.has(data.tool) ? wordsOf(valuesText(state.input)) : NO_WORDS,
      returned: wordsOf(state.output ?? state.error ?? ""),
    },
    content: toolContent(data, files, toolStatus(data), output, weigh),
    childSessionId: childSessionId(data),
    facets: callFacets(data),
  };
}

/** The files that a call names, most telling first. Relative paths are left as they are. */
export function toolFiles(part: ToolPart): FileFacet[] {
  const { tool, state } = part;
  if (tool === "apply_patch" || (tool === "patch" && textField(state.input, "filePath") === null))
    return patchedFiles(state.metadata, state.input);
  const path =
    textField(state.input, "filePath") ?? textField(state.input, "file_path") ?? textField(state.input, "path");
  if (!isBuiltIn(tool) && isFileEdit(part)) return [{ path: editedPath(state.input) as string }];
  if (path === null || !(FILE_TOOLS.has(tool) || textField(state.input, "filePath") !== null)) return [];
  const written = textField(state.input, CONTENT_FIELD.get(tool) ?? "") ?? (tool === "read" ? state.output : undefined);
  return [written === undefined ? { path } : { path, bytes: Buffer.byteLength(written) }];
}

/** What a call was about, on one line; empty where nothing in its input says so. */
export function toolTarget({ tool, state }: ToolPart, files: readonly FileFacet[]): string {
  if (files[0]) return files.length === 1 ? files[0].path : `${files[0].path} and ${files.length - 1} more`;
  if (tool === "todowrite") return listLength(state.input.todos, "todo");
  if (tool === "question") return oneLine(firstQuestion(state.input.questions), TARGET_CHARS);
  const fields = TARGET_FIELDS.get(tool) ?? Object.keys(state.input);
  for (const field of fields) {
    const value = textField(state.input, field);
    if (value) return oneLine(value, TARGET_CHARS);
  }
  return "";
}

/**
 * OpenCode's four states, with the reasons of `error` told apart by the texts that OpenCode writes, in generation 2 by
 * the error's type.
 */
export function toolStatus({ state }: ToolPart): SpanStatus {
  if (state.status === "completed") return "ok";
  if (state.status !== "error") return "unfinished";
  const { interrupted, errorType } = state.metadata;
  if (errorType === "permission.rejected") return "rejected";
  if (/^The user (rejected permission|has specified a rule which prevents|declined this)/.test(state.error ?? ""))
    return "rejected";
  if (interrupted === true || errorType === "aborted" || state.error?.startsWith("Tool execution aborted"))
    return "aborted";
  return "error";
}

/** The child session that a task call started: from its metadata, else from its output's text; null for none. */
export function childSessionId({ tool, state }: ToolPart): string | null {
  if (tool !== "task" && tool !== "subagent") return null;
  const said = textField(state.metadata, "sessionId") ?? textField(state.metadata, "sessionID");
  return said ?? /(?:task_id: |<task id=")(ses_\w+)/.exec(state.output ?? "")?.[1] ?? null;
}

function patchedFiles(metadata: Input, input: Input): FileFacet[] {
  const files = Array.isArray(metadata.files) ? metadata.files : [];
  const pathOf = (file: unknown) => textField(file as Input, "filePath") ?? textField(file as Input, "file");
  const named = files.map(pathOf).filter((path) => path !== null);
  const paths = named.length > 0 ? named : pathsInPatch(textField(input, "patchText") ?? "");
  return paths.map((path) => ({ path }));
}

function pathsInPatch(patch: string): string[] {
  return [...patch.matchAll(/^\*\*\* (?:Add|Update|Delete) File: (.+)$/gm)].map((match) => match[1] as string);
}

function listLength(list: unknown, noun: string): string {
  if (!Array.isArray(list)) return "";
  const { length } = list;
  return `${length} ${noun}${length === 1 ? "" : "s"}`;
}

function firstQuestion(questions: unknown): string {
  const first = Array.isArray(questions) ? (questions[0] as Input | undefined) : undefined;
  return first ? (textField(first, "question") ?? "") : "";
}

/** No tool takes arguments that are nested deeper; a model may give some all the same. */
const MOST_LEVELS = 64;

/** What stands in the arguments, without their names. */
function valuesText(value: unknown, levels = MOST_LEVELS): string {
  if (typeof value === "string" || typeof value === "number") return String(value);
  if (typeof value !== "object" || value === null || levels === 0) return "";
  const texts = Object.values(value).map((inner) => valuesText(inner, levels - 1));
  return texts.join(" ");
}
