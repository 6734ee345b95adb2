import { statSync } from "node:fs";
import type { Note } from "../model/session.js";
import { memoryStore } from "./opencode/memory-store.js";
import { type RunEvent, runEvent, runSessions } from "./opencode/run-events.js";
import { beginningOf, readText } from "./read-text.js";
import type { Source } from "./source.js";

/** What `opencode run --format json` prints: one line of JSON for each thing that happened, of one run or several. */
export const opencodeRun: Source = {
  id: "opencode-run",
  recognize: async (path) => (linesOf(beginningOf(path)).some((line) => runEvent(line)) ? "mine" : "not mine"),
  open: async (path) => {
    const lines = linesOf(readText(path));
    const events = lines.map(runEvent).filter((event): event is RunEvent => event !== null);
    const sessions = runSessions(events);
    const entries = [...sessions.values()].map((session) => session.entry);
    return memoryStore({
      ...{ source: opencodeRun.id, path, entries, bytes: statSync(path).size },
      form: "output of `opencode run --format json`",
      rows: (id, weigh) => sessions.get(id)?.rows(weigh) ?? null,
      notRecorded: ["prompts", "which model answered", "what subagents did", "failed attempts", "permission prompts"],
      notes: notes(lines.length - events.length),
    });
  },
};

function linesOf(text: string): string[] {
  return text.split(/\r?\n/).filter((line) => line.trim() !== "");
}

function notes(skipped: number): Note[] {
  const about: Note = {
    kind: "info",
    text: "Read from the output of `opencode run`: it holds neither the prompts, the title nor the model's name, and of subagents only that they were called.",
  };
  if (skipped === 0) return [about];
  const lines = skipped === 1 ? "1 line was" : `${skipped} lines were`;
  return [about, { kind: "skipped", text: `${lines} skipped: cut off, or other text.` }];
}
