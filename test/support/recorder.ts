import { readFileSync } from "node:fs";
import type { RecordingLine } from "../../src/model/recording.js";
import { hooksOf } from "../../src/recorder/hooks.js";
import { Recorder } from "../../src/recorder/recorder.js";
import { LIMITS } from "../../src/recorder/session-state.js";

/** A hook as OpenCode called it, with the time by both clocks. */
export interface Called {
  readonly at: number;
  readonly tick: number;
  readonly hook: string;
  readonly input: unknown;
  readonly output?: unknown;
}

/** The hooks of a recorded stretch: `test/fixtures/recorder/<name>.jsonl`. Texts are shorter than they were. */
export function recordedHooks(name: string): readonly Called[] {
  const path = new URL(`../fixtures/recorder/${name}.jsonl`, import.meta.url);
  const lines = readFileSync(path, "utf8").trim().split("\n");
  return lines.map((line) => JSON.parse(line));
}

/** A recorder with clocks that stand until they are set, whose lines are kept. */
export function testRecorder(limits = LIMITS) {
  const clock = { at: 1_000_000, tick: 0 };
  const lines: RecordingLine[] = [];
  const closed: string[] = [];
  const recorder = new Recorder(
    {
      now: () => ({ ...clock }),
      memory: () => ({ heapUsed: 1, heapTotal: 2, external: 3, rss: 4 }),
      write: (line) => lines.push(line),
      mayRecord: () => true,
      close: (sessionId) => closed.push(sessionId),
    },
    limits,
  );
  const hooks = hooksOf(recorder, () => recorder.dispose());
  const later = (ms: number) => {
    clock.at += ms;
    clock.tick += ms;
  };
  const call = (hook: string, input?: unknown, output?: unknown) => hooks[hook]?.(input, output);
  const event = (type: string, properties: unknown) => call("event", { event: { type, properties } });
  return { clock, lines, closed, recorder, hooks, later, call, event };
}

/** The lines that a recorder writes of hooks that were called. */
export function linesOf(hooks: readonly Called[]): readonly RecordingLine[] {
  const { clock, lines, call } = testRecorder();
  for (const { at, tick, hook, input, output } of hooks) {
    Object.assign(clock, { at, tick });
    call(hook, input, output);
  }
  return lines;
}

/** Lines but samples of memory as text: the kind, then every field that is not an id or a time of day. */
export function drawn(lines: readonly RecordingLine[]): readonly string[] {
  const left = new Set(["kind", "at", "sessionId", "messageId", "askedAt", "startedAt", "nextAt", "callId"]);
  const told = lines.filter(({ kind }) => kind !== "memory");
  return told.map((line) => {
    const said = Object.entries(line).filter(([name]) => !left.has(name));
    return [line.kind, ...said.map(([name, value]) => `${name}=${textOf(value)}`)].join(" ");
  });
}

const textOf = (value: unknown) =>
  Array.isArray(value) ? value.map(({ tool, chars }) => `${tool}:${chars}`).join(",") : String(value);
