import type { ReportSpan } from "../model/report.js";
import { relativePath } from "../report/format.js";
import { programName } from "../report/program-name.js";

const SHELLS: ReadonlySet<string> = new Set(["bash", "shell"]);

export function toolName({ tool, name }: ReportSpan): string {
  return tool ?? name;
}

/**
 * What a tool call was about, alike for calls that are alike: the program that a shell ran, a file as seen from the
 * session's folder, else the call's arguments. Empty where nothing says so, and for a task: that is what its subagent says.
 */
export function toolTarget(span: ReportSpan, directory: string): string {
  const { state, files = [], args = "" } = span;
  if (state === "overhead") return "";
  if (SHELLS.has(toolName(span)) && args !== "") return programName(args);
  const [file] = files;
  if (!file) return args;
  const path = relativePath(file.path, directory);
  return files.length === 1 ? path : `${path} and ${files.length - 1} more`;
}
