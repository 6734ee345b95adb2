import type { Fields } from "../report/fields.js";

/** The text of a field; null where there is none. */
export function textField(fields: Fields | null | undefined, name: string): string | null {
  const value = fields?.[name];
  return typeof value === "string" ? value : null;
}
