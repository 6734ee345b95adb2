import { readdirSync, realpathSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { statIfThere } from "../stat-if-there.js";
import { projectFolders } from "./local-files.js";
import { type Env, homeDir, opencodeConfigDir } from "./paths.js";

/** A file that is, or may be, a skill. */
export interface SkillFile {
  readonly path: string;
  /** What the skill is called where its file does not say: its folder, or the file itself. */
  readonly usualName: string;
}

const OWN = [join(".opencode", "skill"), join(".opencode", "skills")];
const COMPATIBLE = [join(".claude", "skills"), join(".agents", "skills")];
/** Folders of skills hold folders of scripts, which may be deep. */
const DEEPEST = 6;
const MOST_FOLDERS = 2_000;

/** Where OpenCode looks for skills of a session in `directory`: null where that is no folder of this machine. */
export function skillFolders(directory: string, env: Env): string[] | null {
  const projects = projectFolders(directory);
  if (projects.length === 0) return null;
  const near = [...projects].reverse().flatMap((folder) => [...OWN, ...COMPATIBLE].map((name) => join(folder, name)));
  const config = opencodeConfigDir(env);
  const global = [join(config, "skill"), join(config, "skills")];
  const compatible = COMPATIBLE.map((name) => join(homeDir(env), name));
  return [...new Set([...near, ...global, ...compatible])].filter((folder) => statIfThere(folder)?.isDirectory());
}

/** What may be a skill in a folder: `SKILL.md` at any depth, and Markdown files at its top. Links are followed, each place once. */
export function skillFilesIn(folder: string): SkillFile[] {
  const seen = new Set<string>();
  const found: SkillFile[] = [];
  let level = [folder];
  for (let depth = 0; depth < DEEPEST && level.length > 0; depth++) {
    const inside = level.flatMap((each) => namesIn(each, seen).map((name) => join(each, name)));
    const files = inside.filter((path) => isSkillName(basename(path), depth) && statIfThere(path)?.isFile());
    found.push(...files.map(skillFile));
    level = inside.filter((path) => !/^\.|^node_modules$/.test(basename(path)));
  }
  return found;
}

function isSkillName(name: string, depth: number): boolean {
  return name === "SKILL.md" || (depth === 0 && /^[^.].*\.md$/.test(name));
}

/** What lies in a folder, in order; nothing of what is no folder, or was looked at before. */
function namesIn(folder: string, seen: Set<string>): string[] {
  try {
    if (seen.size >= MOST_FOLDERS || !statIfThere(folder)?.isDirectory()) return [];
    const place = realpathSync(folder);
    if (seen.has(place)) return [];
    seen.add(place);
    return readdirSync(folder).sort();
  } catch {
    return []; // it may not be read
  }
}

function skillFile(path: string): SkillFile {
  const name = basename(path);
  return { path, usualName: name === "SKILL.md" ? basename(dirname(path)) : name.replace(/\.md$/, "") };
}
