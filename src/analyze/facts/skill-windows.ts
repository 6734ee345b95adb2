import type { Message, SkillFacet } from "../../model/session.js";
import type { Milliseconds } from "../../model/units.js";
import type { SessionFacts } from "./session-facts.js";
import type { Step, StepRun, ToolCall } from "./steps.js";

/** What was done from the use of a skill on, until the next skill was used or the turn ended. */
export interface SkillWindow {
  readonly name: string;
  readonly facet: SkillFacet | null;
  /** The call; null where a user loaded the skill. */
  readonly call: ToolCall | null;
  /** The call's message, or the user's. */
  readonly message: Message;
  readonly run: StepRun;
  readonly startMs: Milliseconds;
  readonly endMs: Milliseconds;
  /** After the step that loaded it, up to the one that used the next skill, in its own session. */
  readonly steps: readonly Step[];
  /** True where the run's end ended it, not another skill. */
  readonly endsWithRun: boolean;
}

/** Every use of a skill, in pre-order. Skills of one step share their time. */
export function skillWindows(facts: WindowFacts): SkillWindow[] {
  const loaded = loadedByUser(facts);
  return facts.runs.flatMap((run) => windowsIn(run, loaded, facts));
}

type WindowFacts = Pick<SessionFacts, "runs" | "session" | "spans">;

interface Use extends Pick<SkillWindow, "name" | "facet" | "call" | "message" | "startMs"> {
  /** The place of its step in the run; -1 for what came before the first. */
  readonly step: number;
}

function windowsIn(run: StepRun, loaded: readonly Loaded[], facts: WindowFacts): SkillWindow[] {
  const uses = [...usesByUser(run, loaded), ...run.steps.flatMap((step, i) => usesIn(step, i, facts))];
  return uses.map((use): SkillWindow => {
    const next = uses.find(({ step }) => step > use.step);
    const steps = run.steps.slice(use.step + 1, next ? next.step + 1 : undefined);
    const endMs = next?.startMs ?? steps.at(-1)?.endMs ?? use.startMs;
    const { name, facet, call, message, startMs } = use;
    return { name, facet, call, message, run, startMs, endMs, steps, endsWithRun: next === undefined };
  });
}

function usesIn({ tools }: Step, step: number, { spans }: WindowFacts): Use[] {
  return tools.flatMap((call) => {
    const { skill } = call.span;
    if (skill === null) return [];
    const startMs = spans[call.id]?.endMs ?? 0;
    return [{ name: skill.name, facet: skill, call, message: call.message, startMs, step }];
  });
}

/** What a user loads is a message; it counts for the answers that come after it, of whichever turn. */
function usesByUser(run: StepRun, loaded: readonly Loaded[]): Use[] {
  return loaded.flatMap(({ message, run: own, atMs }) => {
    if (own !== run) return [];
    const step = run.steps.findLastIndex(({ startMs }) => startMs < atMs);
    return [{ name: message.skill as string, facet: null, call: null, message, startMs: atMs, step }];
  });
}

/** A message by which a user loaded a skill, and the steps that it was for. */
interface Loaded {
  readonly message: Message;
  readonly run: StepRun;
  readonly atMs: Milliseconds;
}

function loadedByUser({ session, runs, spans }: WindowFacts): Loaded[] {
  const origin = session.spans[0]?.startAt ?? 0;
  return session.messages.flatMap((message) => {
    if (message.skill === null || message.isCopied) return [];
    const own = runs.filter(({ sessionId }) => sessionId === message.sessionId);
    const atMs = message.createdAt - origin;
    const run = own.find(({ id, steps }) => steps.length > 0 && (spans[id]?.endMs ?? 0) > atMs) ?? own.at(-1);
    return run ? [{ message, run, atMs }] : [];
  });
}
