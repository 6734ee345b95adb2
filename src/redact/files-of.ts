import type { ContentPart, Session } from "../model/session.js";

/** The files that messages, calls, telemetry and notes name: they may lie in a home of which no folder of the session tells. */
export function filesOf({ messages, spans, telemetry, notes }: Session): string[] {
  const inContent = messages.flatMap(({ content }) => content.flatMap(pathsOf));
  const ofCalls = spans.flatMap((span) => (span.kind === "tool" ? span.files.map(({ path }) => path) : []));
  const edited = telemetry.flatMap((record) => (record.kind === "edit" && record.file !== null ? [record.file] : []));
  return [...inContent, ...ofCalls, ...edited, ...notes.flatMap(({ files }) => files ?? [])];
}

function pathsOf(part: ContentPart): readonly string[] {
  if (part.kind === "tool-call") return part.paths;
  return "path" in part && part.path !== null ? [part.path] : [];
}
