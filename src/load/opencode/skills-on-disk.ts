import { dirname } from "node:path";
import type { SkillOnDisk } from "../../model/session.js";
import { beginningOf } from "../read-text.js";
import { oneLine } from "../text-facts.js";
import { shapeOf } from "../text-shape.js";
import type { Env } from "./paths.js";
import { type SkillFile, skillFilesIn, skillFolders } from "./skill-files.js";

/** The skills that OpenCode would offer, and the folders in which they were looked for. */
export interface FoundSkills {
  readonly skills: readonly SkillOnDisk[];
  readonly folders: readonly string[];
}

/** Of skills with one name the nearest counts. null where the session's folder is not on this machine. Never throws. */
export async function skillsOnDisk(directory: string, env: Env): Promise<FoundSkills | null> {
  const folders = skillFolders(directory, env);
  if (folders === null) return null;
  const files = folders.flatMap(skillFilesIn);
  if (files.length === 0) return { skills: [], folders };
  const { frontmatter } = await import("../frontmatter.js"); // YAML takes time to load
  const byName = new Map<string, SkillOnDisk>();
  for (const file of files) {
    const skill = skillOf(file, frontmatter(beginningOf(file.path)));
    if (skill && !byName.has(skill.name)) byName.set(skill.name, skill);
  }
  return { skills: [...byName.values()], folders };
}

/** What the model is told of each is at most this long. */
const MOST_CHARS = 1_024;

/** null for what does not say at its head what it is: no agent offers that. */
function skillOf({ path, usualName }: SkillFile, said: Readonly<Record<string, unknown>>): SkillOnDisk | null {
  const text = (value: unknown) => (typeof value === "string" && value.trim() !== "" ? value.trim() : null);
  const description = text(said.description)?.slice(0, MOST_CHARS) ?? null;
  if (description === null && text(said.name) === null) return null;
  const name = oneLine(text(said.name) ?? usualName);
  return Object.freeze({
    name,
    description: description === null ? null : oneLine(description),
    folder: dirname(path),
    shape: shapeOf(`${name}\n${description ?? ""}`),
  });
}
