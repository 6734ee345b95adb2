import { visible } from "../report/visible.js";

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Makes any text safe inside markup, in content and in quoted attributes, and every character of it visible. */
export function escapeMarkup(text: unknown): string {
  return visible(String(text)).replace(/[&<>"']/g, (char) => ENTITIES[char] as string);
}
