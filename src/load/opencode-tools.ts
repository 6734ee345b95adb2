import type { FileFacet, SpanStatus } from "../model/session.js";
import type { ToolPart } from "./opencode-data.js";
import { oneLine } from "./text-facts.js";

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

/** The files that a call names, most telling first. Relative paths are left as they are. */
export function toolFiles({ tool, state }: ToolPart): FileFacet[] {
  if (tool === "apply_patch") return patchedFiles(state.metadata, state.input);
  const path = text(state.input, "filePath") ?? text(state.input, "file_path") ?? text(state.input, "path");
  if (path === null || !(FILE_TOOLS.has(tool) || text(state.input, "filePath") !== null)) return [];
  const written = text(state.input, CONTENT_FIELD.get(tool) ?? "") ?? (tool === "read" ? state.output : undefined);
  return [written === undefined ? { path } : { path, bytes: Buffer.byteLength(written) }];
}

/** What a call was about, on one line; empty where nothing in its input says so. */
export function toolTarget({ tool, state }: ToolPart, files: readonly FileFacet[]): string {
  if (files[0]) return files.length === 1 ? files[0].path : `${files[0].path} and ${files.length - 1} more`;
  if (tool === "todowrite") return listLength(state.input.todos, "todo");
  if (tool === "question") return oneLine(firstQuestion(state.input.questions), TARGET_CHARS);
  const fields = TARGET_FIELDS.get(tool) ?? Object.keys(state.input);
  for (const field of fields) {
    const value = text(state.input, field);
    if (value) return oneLine(value, TARGET_CHARS);
  }
  return "";
}

/** OpenCode's four states, with the reasons of `error` told apart by the texts that OpenCode writes. */
export function toolStatus({ state }: ToolPart): SpanStatus {
  if (state.status === "completed") return "ok";
  if (state.status !== "error") return "unfinished";
  if (state.metadata.interrupted === true || state.error?.startsWith("Tool execution aborted")) return "aborted";
  if (/^The user (rejected permission|has specified a rule which prevents)/.test(state.error ?? "")) return "rejected";
  return "error";
}

/** The child session that a task call started: from its metadata, else from its output's text; null for none. */
export function childSessionId({ tool, state }: ToolPart): string | null {
  if (tool !== "task" && tool !== "subagent") return null;
  const said = text(state.metadata, "sessionId") ?? text(state.metadata, "sessionID");
  return said ?? /(?:task_id: |<task id=")(ses_\w+)/.exec(state.output ?? "")?.[1] ?? null;
}

function patchedFiles(metadata: Input, input: Input): FileFacet[] {
  const files = Array.isArray(metadata.files) ? metadata.files : [];
  const named = files.map((file) => text(file as Input, "filePath")).filter((path) => path !== null);
  const paths = named.length > 0 ? named : pathsInPatch(text(input, "patchText") ?? "");
  return paths.map((path) => ({ path }));
}

function pathsInPatch(patch: string): string[] {
  return [...patch.matchAll(/^\*\*\* (?:Add|Update|Delete) File: (.+)$/gm)].map((match) => match[1] as string);
}

function listLength(list: unknown, noun: string): string {
  const length = Array.isArray(list) ? list.length : 0;
  return `${length} ${noun}${length === 1 ? "" : "s"}`;
}

function firstQuestion(questions: unknown): string {
  const first = Array.isArray(questions) ? (questions[0] as Input | undefined) : undefined;
  return first ? (text(first, "question") ?? "") : "";
}

function text(fields: Input | null | undefined, name: string): string | null {
  const value = fields?.[name];
  return typeof value === "string" ? value : null;
}
