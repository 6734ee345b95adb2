import type { Note } from "../../model/session.js";
import { formatCount, plural } from "../../report/format.js";

/** What one recording holds of a session. */
export interface RecordingFindings {
  readonly path: string;
  /** Why it cannot be used; null where it can. */
  readonly problem: string | null;
  /** About the session or its subagents. */
  readonly lines: number;
  /** How many are of no use. */
  readonly skipped: number;
}

/** How much of a session its recordings tell of. */
export interface ToldOf {
  readonly modelCalls: number;
  /** Of which a request was seen. */
  readonly toldModelCalls: number;
  readonly contradictions: number;
  /** Permission prompts of which nothing says for which call they were. */
  readonly unplacedPermissions: number;
}

/** Each subagent may have a file of its own. */
const MOST_NAMED = 10;

/** What was read, what was skipped and what was left out. */
export function recordingNotes(files: readonly RecordingFindings[], told: ToldOf): Note[] {
  const read = files.filter(({ problem }) => problem === null);
  return [
    ...readNotes(read, told),
    ...skippedNotes(read),
    ...contradictionNotes(told),
    ...unplacedNotes(told),
    ...leftOutNotes(files),
  ];
}

function readNotes(read: readonly RecordingFindings[], { modelCalls, toldModelCalls }: ToldOf): Note[] {
  const about = read.filter(({ lines }) => lines > 0);
  if (about.length === 0) return [];
  const [were, them] = about.length === 1 ? ["was", "it tells"] : ["were", "they tell"];
  const calls = `${formatCount(toldModelCalls)} of ${plural(modelCalls, "model call")}`;
  const rest = toldModelCalls < modelCalls ? ", the others are shown without" : "";
  return [naming("info", `${plural(about.length, "recording")} ${were} read; ${them} of ${calls}${rest}`, about)];
}

function skippedNotes(read: readonly RecordingFindings[]): Note[] {
  const files = read.filter(({ skipped }) => skipped > 0);
  const lines = files.reduce((sum, { skipped }) => sum + skipped, 0);
  if (lines === 0) return [];
  const were = lines === 1 ? "was skipped: it is" : "were skipped: they are";
  const text = `${plural(lines, "line")} of ${plural(files.length, "recording")} ${were} cut off, or of no known form`;
  return [naming("skipped", text, files)];
}

function contradictionNotes({ contradictions }: ToldOf): Note[] {
  if (contradictions === 0) return [];
  const [were, they] = contradictions === 1 ? ["was", "it contradicts"] : ["were", "they contradict"];
  const what = plural(contradictions, "recorded model call or wait", "recorded model calls and waits");
  const text = `${what} ${were} left out: ${they} the session's own times by more than a second.`;
  return [{ kind: "skipped", text }];
}

function unplacedNotes({ unplacedPermissions }: ToldOf): Note[] {
  if (unplacedPermissions === 0) return [];
  const [were, they] = unplacedPermissions === 1 ? ["was", "it was"] : ["were", "they were"];
  const what = plural(unplacedPermissions, "recorded permission prompt");
  return [{ kind: "skipped", text: `${what} ${were} left out: nothing says for which tool call ${they}.` }];
}

function leftOutNotes(files: readonly RecordingFindings[]): Note[] {
  const problems = new Set(files.flatMap(({ problem }) => problem ?? []));
  return [...problems].map((problem) => {
    const same = files.filter((file) => file.problem === problem);
    const were = same.length === 1 ? "was" : "were";
    return naming("skipped", `${plural(same.length, "recording")} ${were} left out (${problem})`, same);
  });
}

function naming(kind: Note["kind"], text: string, files: readonly RecordingFindings[]): Note {
  const named = files.slice(0, MOST_NAMED).map(({ path }) => path);
  const more = files.length > MOST_NAMED ? ` (the first ${MOST_NAMED} of ${files.length} files)` : "";
  return Object.freeze({ kind, text: text + more, files: Object.freeze(named) });
}
