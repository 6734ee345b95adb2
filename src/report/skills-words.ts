import type { SkillUse } from "../model/report.js";
import type { SkillsOverview } from "../model/skills-overview.js";
import { formatCount, formatShare, plural } from "./format.js";

/** Who or what loaded a skill. */
export const USED_BY: Readonly<Record<SkillUse["by"], string>> = {
  "skill-tool": "skill tool",
  "own-tool": "own tool",
  user: "you",
};

const NOT_LOADED: Readonly<Partial<Record<SkillUse["status"], string>>> = {
  error: "loading failed",
  aborted: "loading was aborted",
  rejected: "not allowed to load",
  unfinished: "loading never ended",
};

type Outcome = Pick<SkillUse, "status" | "success" | "checks" | "lastCheck">;

/** How one use went, with the tests and checks after it. */
export function outcomeText({ status, success, checks, lastCheck }: Outcome): string {
  const worked = success === null ? "not known how it ended" : success ? "succeeded" : "failed";
  const ended = lastCheck === null ? "" : checks === 1 ? `, which ${lastCheck}` : `, the last ${lastCheck}`;
  const checked = checks === 0 ? [] : [`${plural(checks, "check")}${ended}`];
  return [NOT_LOADED[status] ?? worked, ...checked].join("; ");
}

/** `2 of 3`; of uses of which it is not known, nothing. */
export function successText({ succeeded, failed }: { readonly succeeded: number; readonly failed: number }): string {
  const known = succeeded + failed;
  return known === 0 ? "" : `${formatCount(succeeded)} of ${formatCount(known)}`;
}

export function overviewTitle({ scope, sessions }: SkillsOverview): string {
  if (scope.sessionId === null) return "Skills";
  return `Skills of ${sessions[0]?.title || scope.sessionId}`;
}

/** What was looked at. */
export function overviewScope({ scope }: SkillsOverview): string {
  const { sessionId, sessions, copies, days, project } = scope;
  const parts = [
    sessionId === null ? plural(sessions, "session") : "one session",
    days === null ? "" : `changed in the last ${days === 1 ? "day" : plural(days, "day")}`,
    project === null ? "" : `in ${project}`,
    copies === 0 ? "" : `${plural(copies, "copy", "copies")} left out`,
  ];
  return parts.filter(Boolean).join(", ");
}

/** The answer first. */
export function overviewAnswer({ skills, sessions }: SkillsOverview): { readonly lead: string; readonly rest: string } {
  const used = skills.filter(({ uses }) => uses > 0);
  if (used.length === 0) return { lead: "No skill was used.", rest: "" };
  const uses = used.reduce((sum, skill) => sum + skill.uses, 0);
  const [succeeded, failed] = [total(used, "succeeded"), total(used, "failed")];
  const known = succeeded + failed;
  const lead = `${plural(used.length, "skill")} ${used.length === 1 ? "was" : "were"} used ${uses === 1 ? "once" : `${formatCount(uses)} times`}`;
  const rest = [
    sessions.length > 1 ? ` in ${plural(sessions.length, "session")}` : "",
    known === 0 ? "" : `; ${formatShare(succeeded / known)} of the uses ended well`,
    ".",
  ];
  return { lead, rest: rest.join("") };
}

function total(rows: SkillsOverview["skills"], field: "succeeded" | "failed"): number {
  return rows.reduce((sum, row) => sum + row[field], 0);
}

/** What is known of skills that were not used: that nobody knows is another thing than that there are none. */
export function unusedRemark({ unusedSkills, scope }: SkillsOverview): string {
  const { folders, unknownFolders, knownSkills } = scope;
  if (folders === 0) return "";
  if (unusedSkills === null)
    return "Which skills were never used is not known: the folders of the sessions are not on this machine, or were not looked at.";
  const all =
    knownSkills === 0 ? "No skill lies where the agent looks for them." : "Every skill that lies there now was used.";
  const where =
    unknownFolders === 0
      ? ""
      : `Of ${formatCount(unknownFolders)} of ${plural(folders, "folder")} it is not known: they are not on this machine.`;
  return [unusedSkills.length === 0 ? all : "", where].filter(Boolean).join(" ");
}
