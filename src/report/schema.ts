import * as v from "valibot";
import type { Report } from "../model/report.js";
import { isFields } from "./fields.js";
import { count, figure, known, length, list, optional, spanId, text } from "./schema/figures.js";
import { session, summary } from "./schema/session.js";
import { chunkRow, editedFileRow, editRow, intentRow, iterationRow, skillRow, unusedSkill } from "./schema/skills.js";
import { span } from "./schema/spans.js";
import { suggestion } from "./schema/suggestion.js";
import { time } from "./schema/time.js";
import { tokens } from "./schema/tokens.js";

export * as terms from "./schema/figures.js";

/**
 * What a Report looks like, for one that comes from outside. A new field of the Report has its line here: the types at the
 * end of this file do not compile without it.
 */
export const reportSchema = v.object({
  version: v.literal(1),
  kind: v.literal("session"),
  generator: v.object({ name: v.literal("sessionflame"), version: text, madeAt: optional(figure) }),
  session,
  summary,
  spans: list(span),
  time,
  tokens,
  slowest: list(v.object({ rank: count, spanId, title: text, durationMs: length, detail: text, note: known(text) })),
  suggestions: list(suggestion),
  skills: list(skillRow),
  unusedSkills: known(list(unusedSkill)),
  edits: list(editRow),
  editedFiles: list(editedFileRow),
  iterations: list(iterationRow),
  chunks: list(chunkRow),
  intents: list(intentRow),
  notes: list(v.object({ kind: v.picklist(["skipped", "repaired", "guessed", "info"]), text })),
  redaction: known(
    v.object({
      level: v.picklist(["none", "paths", "content", "strict"]),
      credentials: list(v.object({ kind: text, count })),
    }),
  ),
  lacks: optional(list(v.picklist(["critical-path", "subagents", "prompts", "suggestions", "skills"]))),
});

/**
 * Reads a Report, with its fields in the order in which they stand. Fields that the schema does not name are left out:
 * nothing goes into a page that has not been looked at. `problem`: why it is none, on one line.
 */
export function checkedReport(value: unknown): { readonly report: Report } | { readonly problem: string } {
  const read = checkedBy(reportSchema, value);
  return "problem" in read ? read : { report: read.value as Report };
}

/** The same by any schema. */
export function checkedBy(
  schema: v.GenericSchema,
  value: unknown,
): { readonly value: unknown } | { readonly problem: string } {
  const { success, output, issues } = v.safeParse(schema, value, { abortEarly: true });
  if (success) return { value: inOrderOf(value, output) };
  const [issue] = issues;
  return { problem: [v.getDotPath(issue), issue.message].filter(Boolean).join(": ") };
}

/** What was checked, its keys in the order of what was read. */
function inOrderOf(read: unknown, checked: unknown): unknown {
  if (Array.isArray(checked)) return checked.map((item, i) => inOrderOf((read as unknown[])[i], item));
  if (!isFields(checked) || !isFields(read)) return checked;
  const keys = Object.keys(read).filter((key) => Object.hasOwn(checked, key));
  return Object.fromEntries(keys.map((key) => [key, inOrderOf(read[key], checked[key])]));
}

export type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;
/** With every field required and with a mark on those that may be absent, so that one that is missing makes a difference. */
export type Plain<T> = T extends readonly (infer Item)[] ? Plain<Item>[] : T extends object ? PlainObject<T> : T;
type PlainObject<T> = {
  [Key in keyof T]-?: object extends Pick<T, Key>
    ? ["may be absent", Plain<Exclude<T[Key], undefined>>]
    : Plain<T[Key]>;
};

/** The schema and `Report` say the same, or this line does not compile. */
true satisfies Same<Plain<v.InferOutput<typeof reportSchema>>, Plain<Report>>;
