import type { Context } from "../context.js";
import { packageFile } from "../package-files.js";
import { type ReportOptions, reportCommand } from "./report.js";

/** `sessionflame demo`: a report from the bundled example. */
export function demoCommand(options: Omit<ReportOptions, "db" | "local">, context: Context): Promise<void> {
  return reportCommand("last", { ...options, local: false, db: packageFile("examples", "debug-auth.db") }, context);
}
