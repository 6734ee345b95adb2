import { relativePath } from "../../report/format.js";
import { isShell } from "../../report/tool-names.js";
import type { SessionFacts } from "./session-facts.js";
import type { ToolCall } from "./steps.js";

const NAME_CHARS = 60;

/** A call as a reader knows it: `npm test`, `read src/a.ts`; with its quotes, shortened. */
export function callName({ span }: ToolCall, { session }: Pick<SessionFacts, "session">): string {
  const target = relativePath(span.target, session.directory);
  return quoted(isShell(span.tool) && target !== "" ? target : `${span.tool} ${target}`);
}

/** In quotes, on one line, shortened. */
export function quoted(text: string): string {
  const line = text.replaceAll("`", "'").replace(/\s+/g, " ").trim();
  return line.length > NAME_CHARS ? `\`${line.slice(0, NAME_CHARS - 1).trimEnd()}…\`` : `\`${line}\``;
}
