import type { ContentPart, Session } from "../model/session.js";

/** The files that messages and calls name: they may lie in a home of which no folder of the session tells. */
export function filesOf({ messages, spans }: Session): string[] {
  const inContent = messages.flatMap(({ content }) => content.flatMap(pathsOf));
  const ofCalls = spans.flatMap((span) => (span.kind === "tool" ? span.files.map(({ path }) => path) : []));
  return [...inContent, ...ofCalls];
}

function pathsOf(part: ContentPart): readonly string[] {
  if (part.kind === "tool-call") return part.paths;
  return "path" in part && part.path !== null ? [part.path] : [];
}
