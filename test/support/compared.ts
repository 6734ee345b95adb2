import { comparison } from "../../src/analyze/comparison/index.js";
import { analyze } from "../../src/analyze/index.js";
import type { ComparisonReport } from "../../src/model/comparison.js";
import type { Report } from "../../src/model/report.js";
import { loadRoots, recordedPath } from "./fixtures.js";
import { redacted } from "./redacted.js";
import { sessionFromStory } from "./story-text.js";

/** The report of a session that is drawn as text. */
export function reportOf(story: string): Report {
  return analyze(sessionFromStory(story), "test");
}

export function compared(a: readonly Report[], b: readonly Report[]): ComparisonReport {
  return comparison(a, b, { name: "sessionflame", version: "test" });
}

/** The report of the first session of a recording. */
export async function recordedReport(name: string): Promise<Report> {
  const [session] = await loadRoots(recordedPath(name));
  if (!session) throw new Error(`no session in ${name}`);
  return analyze(redacted(session, "paths"), "test");
}
