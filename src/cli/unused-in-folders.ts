import { unusedSkillsIn } from "../analyze/facts/unused-skills.js";
import type { RedactLevel } from "../model/redaction.js";
import type { UnusedSkill } from "../model/report.js";
import type { Session, SkillOnDisk } from "../model/session.js";
import type { SkillTotals } from "../model/skills-overview.js";
import type { Pseudonyms } from "../redact/pseudonyms.js";
import { redactedSession } from "./redacted-session.js";

/**
 * The skills of some folders that no session used, each place once, with what the level leaves out left out.
 * `pseudonyms`: those by which the sessions call them.
 */
export async function unusedIn(
  onDisk: ReadonlyMap<string, readonly SkillOnDisk[]>,
  totals: readonly SkillTotals[],
  level: RedactLevel,
  pseudonyms?: Pseudonyms,
): Promise<UnusedSkill[]> {
  const used = totals.filter(({ uses }) => uses > 0);
  const unused = new Map<string, UnusedSkill>();
  for (const [directory, skills] of onDisk) {
    const session = await redactedSession(sessionWith(directory, skills), level, pseudonyms);
    const shown = session.local?.skills ?? [];
    const left = new Set(unusedSkillsIn(session, used));
    skills.forEach(({ name, folder }, i) => {
      const skill = shown[i];
      // By its own place: what redaction leaves of two may be the same.
      if (skill && left.has(skill)) unused.set(`${folder}\n${name}`, listed(skill));
    });
  }
  return [...unused.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

function listed({ name, description, folder }: SkillOnDisk): UnusedSkill {
  return { name, description, folder };
}

/** A folder as a report at that level shows it. `pseudonyms`: those that sessions of it have. */
export async function shownFolder(directory: string, level: RedactLevel, pseudonyms?: Pseudonyms): Promise<string> {
  return (await redactedSession(sessionWith(directory, []), level, pseudonyms)).directory;
}

/** A session in which nothing happened: what is redacted is a session. */
function sessionWith(directory: string, skills: readonly SkillOnDisk[]): Session {
  return {
    ...{ id: "", title: "", source: "", sourceVersion: null, directory, parentId: null, outcome: "complete" },
    ...{ messages: [], counted: [], spans: [], notes: [], telemetry: [] },
    records: { retries: "recorded", permissionWaits: "none" },
    local: { contextLimits: {}, mcpServers: null, skills, files: [] },
  };
}
