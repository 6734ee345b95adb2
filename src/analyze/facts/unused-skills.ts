import type { Session, SkillOnDisk } from "../../model/session.js";

/** What of a used skill tells which one it was. */
interface UsedSkill {
  readonly name: string;
  readonly folder: string | null;
}

/** The skills that the agent would find now and that were not used; null where that cannot be known. */
export function unusedSkillsIn({ local }: Session, uses: readonly UsedSkill[]): SkillOnDisk[] | null {
  if (!local?.skills) return null;
  // The name in a skill's file may be another than the one it is loaded by.
  const used = new Set(uses.flatMap(({ name, folder }) => (folder === null ? [name] : [name, folder])));
  return local.skills.filter(({ name, folder }) => !used.has(name) && !used.has(folder));
}
