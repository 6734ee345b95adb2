import type { Context } from "../context.js";
import { packageFile } from "../package-files.js";
import { type ReportOptions, reportCommand } from "./report.js";

/** `sessionflame demo`: a report from the bundled example. */
export function demoCommand(options: Omit<ReportOptions, "db" | "local" | "given">, context: Context): Promise<void> {
  const example = { db: packageFile("examples", "debug-auth.db"), local: false, given: new Set<string>() };
  return reportCommand([], { ...options, ...example }, context);
}
