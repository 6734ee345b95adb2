import { group } from "d3";
import type { ToolSpan } from "../../model/session.js";
import { relativePath } from "../../report/format.js";
import { programName } from "../../report/program-name.js";
import { isEdit, isReadOnly, isShell } from "../../report/tool-names.js";

/** What OpenCode would have to allow, so that it does not ask about a call. */
interface Allowed {
  readonly action: string;
  readonly resource: string;
}

/**
 * A piece of opencode.json that allows what was asked about, and of commands no more than the same with other arguments;
 * null where that cannot be told. Generation 2, whose shell is called `shell`, has a list of rules.
 */
export function permissionPiece(calls: readonly ToolSpan[], directory: string): string | null {
  const allowed = new Map(
    calls.flatMap((call) => allowedFor(call, directory)).map((each) => [JSON.stringify(each), each]),
  );
  if (allowed.size === 0) return null;
  const rules = [...allowed.values()];
  const piece = calls.some(({ tool }) => tool === "shell")
    ? { permissions: rules.map((rule) => ({ ...rule, effect: "allow" })) }
    : { permission: byAction(rules) };
  return JSON.stringify(piece, null, 2);
}

function byAction(rules: readonly Allowed[]) {
  const entries = [...group(rules, ({ action }) => action)].map(([action, own]) => {
    const isAny = own.some(({ resource }) => resource === "*");
    return [action, isAny ? "allow" : Object.fromEntries(own.map(({ resource }) => [resource, "allow"]))];
  });
  return Object.fromEntries(entries);
}

function allowedFor({ tool, target, files }: ToolSpan, directory: string): Allowed[] {
  if (isShell(tool)) return commandPatterns(target).map((resource) => ({ action: tool, resource }));
  const outside = files.map(({ path }) => path).filter((path) => isOutside(path, directory));
  if (outside.length > 0)
    return outside.map((path) => ({ action: "external_directory", resource: path.replace(/[^/\\]*$/, "*") }));
  if (isEdit(tool)) return [{ action: "edit", resource: "*" }];
  // Files inside are read without a question, unless the user wants to be asked about some of them.
  return isReadOnly(tool) && files.length > 0 ? [] : [{ action: tool, resource: "*" }];
}

function isOutside(path: string, directory: string): boolean {
  return /^(?:[/~…]|[a-z]:)/i.test(path) && path !== directory && relativePath(path, directory) === path;
}

/** What cannot be taken apart for sure: lines that are cut, commands inside commands, separators inside quotes. */
const NOT_PLAIN = /…$|[`()\\]|<<|"[^"]*[;&|<>][^"]*"|'[^']*[;&|<>][^']*'/;

/** OpenCode asks about each command of a line: `npm test*` for a program and its command, else the command itself. */
function commandPatterns(line: string): string[] {
  if (NOT_PLAIN.test(line)) return [];
  return line
    .split(/&&|\|\||[;|]/)
    .map((command) => command.trim())
    .filter((command) => command !== "" && !/^cd(?:\s|$)/.test(command))
    .map((command) => (programName(command).includes(" ") ? `${programName(command)}*` : command));
}
