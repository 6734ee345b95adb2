import type { SkillOnDisk, ToolSpan } from "../../src/model/session.js";
import { isEdit } from "../../src/report/tool-names.js";
import { wordsShape } from "./context-text.js";

/** Skills with names and descriptions of so many words. */
export function skillsOnDisk(count: number, words: number): SkillOnDisk[] {
  return Array.from({ length: count }, (_, i) => {
    const name = `skill-${i + 1}`;
    return { name, description: null, folder: `/s/${name}`, shape: wordsShape(words) };
  });
}

/** The words behind a call. */
export interface CallWords {
  readonly has: (flag: string) => boolean;
  readonly text: (key: string) => string | null;
  readonly number: (key: string) => number | null;
}

type Facets = Pick<ToolSpan, "skill" | "edit" | "check" | "exitCode">;

/** What the words of a call say of a skill, an edit, a test or check, and an exit code. */
export function facetsOf(tool: string, target: string, words: CallWords): Facets {
  const check = words.has("passes") ? "passed" : words.has("fails") ? "failed" : null;
  const [linesAdded = null, linesRemoved = null] = words.text("lines")?.split("/").map(Number) ?? [];
  const name = words.text("skill") ?? (tool === "skill" ? target : null);
  return {
    skill: name === null ? null : { name, title: null, description: null, folder: null },
    edit: isEdit(tool) ? { linesAdded, linesRemoved } : null,
    ...{ check, exitCode: check === "failed" ? 1 : check === "passed" ? 0 : words.number("exit") },
  };
}
