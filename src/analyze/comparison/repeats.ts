import type { Report } from "../../model/report.js";

type Reports = readonly Report[];

/** Each session once, by the report that is named first: one that counted twice would make a test surer than it may be. */
export function withoutRepeats(reports: Reports): Reports {
  return [...firstReports(reports).values()];
}

/** How many of a side's reports are left out, and how many of these say something else than the one that counts. */
export function repeatNotes(reports: Reports, side: string): string[] {
  const firsts = firstReports(reports);
  const leftOut = reports.length - firsts.size;
  if (leftOut === 0) return [];
  const differing = reports.filter((report) => !saysTheSame(report, firsts.get(report.session.id) as Report)).length;
  const out = `${leftOut} of its ${reports.length} reports ${leftOut === 1 ? "is" : "are"} left out`;
  const others = `${differing} of them ${differing === 1 ? "says" : "say"} something else than the one that is named first`;
  return [
    `${side} names sessions more than once: ${out}, so that each session counts once.${differing === 0 ? "" : ` ${others}.`}`,
  ];
}

function firstReports(reports: Reports): ReadonlyMap<string, Report> {
  const firsts = new Map<string, Report>();
  for (const report of reports) if (!firsts.has(report.session.id)) firsts.set(report.session.id, report);
  return firsts;
}

/** Who made a report, and when, is nothing that it says of its session. */
function saysTheSame(report: Report, other: Report): boolean {
  return report === other || contentOf(report) === contentOf(other);
}

function contentOf(report: Report): string {
  return JSON.stringify({ ...report, generator: null });
}
