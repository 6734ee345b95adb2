import type { Basis } from "../model/units.js";

/** The tools that come with OpenCode, of all its releases; those of 2.x are called otherwise. */
const BUILT_IN: ReadonlySet<string> = new Set([
  ...["apply_patch", "bash", "batch", "codesearch", "edit", "execute", "glob", "grep", "invalid", "list", "lsp"],
  ...["lsp_diagnostics", "lsp_hover", "multiedit", "patch", "plan_enter", "plan_exit", "question", "read", "shell"],
  ...["skill", "subagent", "task", "todoread", "todowrite", "webfetch", "websearch", "write"],
]);

/** Calls that change nothing, of both generations. What a shell runs may change anything. */
const LOOKS: ReadonlySet<string> = new Set([
  ...["codesearch", "glob", "grep", "list", "lsp", "lsp_diagnostics", "lsp_hover", "read", "todoread"],
  ...["webfetch", "websearch"],
]);
const SEARCHES: ReadonlySet<string> = new Set(["codesearch", "glob", "grep", "list", "websearch"]);
const EDITS: ReadonlySet<string> = new Set(["apply_patch", "edit", "multiedit", "patch", "write"]);
/** `filesystem_edit_file`, `serena_replace_regex`, `editor-str-replace`. */
const FOREIGN_EDIT =
  /(?:^|[_-])(?:edit|write|patch|multiedit|replace|insert)(?:[_-](?:file|files|text|content|lines?|regex|symbol|body|block|before|after|at|in|diff)|$)/;
const SKILLS: ReadonlySet<string> = new Set(["skill"]);
const TASKS: ReadonlySet<string> = new Set(["subagent", "task"]);
const SHELLS: ReadonlySet<string> = new Set(["bash", "shell"]);

/** Whether a tool comes with the agent: its name says nothing of whoever uses it. */
export function isBuiltIn(tool: string): boolean {
  return BUILT_IN.has(tool);
}

export function isReadOnly(tool: string): boolean {
  return LOOKS.has(tool);
}

/** Calls that find places. */
export function isSearch(tool: string): boolean {
  return SEARCHES.has(tool);
}

/** Calls that change files: the agent's own, and those of servers whose name says so. */
export function isEdit(tool: string): boolean {
  return EDITS.has(tool) || (!BUILT_IN.has(tool) && FOREIGN_EDIT.test(tool));
}

/** A call that loads a skill. */
export function isSkillTool(tool: string): boolean {
  return SKILLS.has(tool);
}

/** A call that starts a subagent. */
export function isTask(tool: string): boolean {
  return TASKS.has(tool);
}

export function isShell(tool: string): boolean {
  return SHELLS.has(tool);
}

/**
 * The MCP server that a tool is of: its name is `<server>_<tool>`. By the servers that the settings name, the longest
 * that fits; else derived, the part before the first `_`. null for a tool that comes with the agent, or has no such name.
 */
export function mcpServerOf(
  tool: string,
  servers: readonly string[] | null,
): { readonly server: string; readonly basis: Basis } | null {
  if (BUILT_IN.has(tool)) return null;
  const fitting = (servers ?? []).filter((server) => tool.startsWith(`${asPrefix(server)}_`));
  const longest = fitting.sort((a, b) => b.length - a.length)[0];
  if (longest !== undefined) return { server: longest, basis: "recorded" };
  const derived = /^([^_]+)_./.exec(tool)?.[1];
  return derived === undefined ? null : { server: derived, basis: "derived" };
}

/** OpenCode writes `_` for what may not stand in the name of a tool. */
function asPrefix(server: string): string {
  return server.replace(/[^a-zA-Z0-9_-]/g, "_");
}
