import type { EditFacet, SkillFacet, ToolSpan } from "../../model/session.js";
import type { Fields } from "../../report/fields.js";
import { isBuiltIn, isEdit, isShell, isSkillTool } from "../../report/tool-names.js";
import { changedLines } from "../changed-lines.js";
import { checkIn } from "../check-command.js";
import { oneLine } from "../text-facts.js";
import { textField } from "../text-field.js";
import type { ToolPart } from "./json-1.js";

/** What a call was, beyond its files: a skill that was loaded, an edit, a test or check, and what it ended with. */
export type CallFacets = Pick<ToolSpan, "skill" | "edit" | "check" | "exitCode">;

export function callFacets(part: ToolPart): CallFacets {
  const exitCode = number(part.state.metadata, "exit");
  return { skill: skillFacet(part), edit: editFacet(part), check: checkOf(part, exitCode), exitCode };
}

/** The skill that a call loaded. */
export function skillFacet({ tool, state }: ToolPart): SkillFacet | null {
  if (!isSkillTool(tool)) return null;
  const { input, metadata, title } = state;
  const name = textField(input, "name") ?? textField(input, "id") ?? textField(metadata, "name");
  if (name === null || name.trim() === "") return null;
  const description = textField(input, "description") ?? textField(metadata, "description");
  const folder = textField(metadata, "dir") ?? textField(metadata, "directory");
  return {
    name: oneLine(name),
    title: title ? oneLine(title) : null,
    description: description === null ? null : oneLine(description),
    folder,
  };
}

function editFacet(part: ToolPart): EditFacet | null {
  if (!isFileEdit(part)) return null;
  const { state } = part;
  return state.status === "completed" ? changedLines(state.input, state.metadata) : NOTHING_CHANGED;
}

const NOTHING_CHANGED: EditFacet = { linesAdded: null, linesRemoved: null };

/** A tool that comes with the agent and edits; of a server, one whose name says so and whose arguments name a file. */
export function isFileEdit({ tool, state }: ToolPart): boolean {
  return isEdit(tool) && (isBuiltIn(tool) || editedPath(state.input) !== null);
}

/** The file that the edit tool of a server was called on. */
export function editedPath(input: Fields): string | null {
  for (const name of PATH_FIELDS) {
    const path = textField(input, name);
    if (path !== null && path !== "") return path;
  }
  return null;
}

const PATH_FIELDS = ["filePath", "file_path", "path", "relative_path", "file", "filename", "target_file"];

/** How a test or check ended: only what its line ended with says that, and only where nothing came after it. */
function checkOf({ tool, state }: ToolPart, exitCode: number | null): ToolSpan["check"] {
  if (!isShell(tool)) return null;
  const { input } = state;
  const check = checkIn(textField(input, "command") ?? "", textField(input, "description") ?? "");
  if (check === null) return null;
  if (check === "not told" || exitCode === null) return "unknown";
  return exitCode === 0 ? "passed" : "failed";
}

function number(fields: Fields, name: string): number | null {
  const value = fields[name];
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}
