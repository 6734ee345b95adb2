import { join } from "node:path";
import type { Session } from "../../model/session.js";
import { filesIn } from "../files-in.js";

/** The session's id and those of its subagents. */
export function sessionIdsOf({ id, messages, spans }: Session): Set<string> {
  const subagents = spans.flatMap((span) => (span.kind === "subagent" ? [span.sessionId] : []));
  return new Set([id, ...subagents, ...messages.map(({ sessionId }) => sessionId)]);
}

/**
 * The recordings of a session and its subagents in the folders, each `<session id>.jsonl` or, rotated,
 * `<session id>.<n>.jsonl`. What a subagent did may stand in the file of the session that started it. Files are found by
 * the folder's own listing, so that no id becomes a path; links and devices are left alone.
 */
export function recordingPaths(folders: Iterable<string>, session: Session): string[] {
  const ids = sessionIdsOf(session);
  if (session.parentId !== null) ids.add(session.parentId);
  return [...folders].flatMap((folder) =>
    filesIn(folder)
      .filter((name) => ids.has(sessionIn(name) ?? ""))
      .sort()
      .map((name) => join(folder, name)),
  );
}

/** Whether there is a file in a folder that is called as recordings are, of whatever session. */
export function hasRecordings(folder: string): boolean {
  return filesIn(folder).some((name) => sessionIn(name) !== null);
}

/** The id that a file is named after; null for what is no recording. */
function sessionIn(name: string): string | null {
  return /^([\w-]+)(?:\.\d+)?\.jsonl$/.exec(name)?.[1] ?? null;
}
