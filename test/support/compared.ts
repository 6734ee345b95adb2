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

/** Of drawn sessions, which all have the same id: in a group each is taken for a session of its own. */
export function compared(a: readonly Report[], b: readonly Report[]): ComparisonReport {
  return comparison(a.map(asSession), b.map(asSession), { name: "sessionflame", version: "test" });
}

function asSession(report: Report, index: number): Report {
  const { session } = report;
  return index === 0 ? report : { ...report, session: { ...session, id: `${session.id}_${index}` } };
}

/** The report of the first session of a recording. */
export async function recordedReport(name: string): Promise<Report> {
  const [session] = await loadRoots(recordedPath(name));
  if (!session) throw new Error(`no session in ${name}`);
  return analyze(redacted(session, "paths"), "test");
}
