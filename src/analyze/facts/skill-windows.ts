import { bisector } from "d3";
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
  /** What they and their subagents did has ids from here on, and below that: what came after the next skill is not in it. */
  readonly fromId: number;
  readonly endId: number;
  /** True where the run's end ended it, not another skill. */
  readonly endsWithRun: boolean;
}

/** Every use of a skill, in pre-order. Skills of one step share their time. */
export function skillWindows(facts: WindowFacts): SkillWindow[] {
  const loaded = loadedByUser(facts);
  return facts.runs.flatMap((run) => windowsIn(run, loaded, facts));
}

type WindowFacts = Pick<SessionFacts, "runs" | "session" | "spans" | "endOf">;

interface Use extends Pick<SkillWindow, "name" | "facet" | "call" | "message" | "startMs"> {
  /** The place of its step in the run; -1 for what came before the first. */
  readonly step: number;
}

function windowsIn(run: StepRun, loaded: readonly Loaded[], facts: WindowFacts): SkillWindow[] {
  const called = run.steps.flatMap((step, i) => usesIn(step, i, facts));
  const uses = [...usesByUser(run, loaded), ...called].sort((a, b) => a.step - b.step || a.startMs - b.startMs);
  const nextOf = nextByStep(uses);
  return uses.map((use) => windowOf(use, nextOf.get(use.step), run, facts));
}

/** By step, the first use in a later one. */
function nextByStep(uses: readonly Use[]): ReadonlyMap<number, Use> {
  const next = new Map<number, Use>();
  uses.forEach((use, i) => {
    const before = uses[i - 1];
    if (before && before.step < use.step) next.set(before.step, use);
  });
  return next;
}

function windowOf({ step, ...use }: Use, next: Use | undefined, run: StepRun, facts: WindowFacts): SkillWindow {
  const steps = run.steps.slice(step + 1, next ? next.step + 1 : undefined);
  const last = steps.at(-1);
  const endMs = next ? (facts.spans[next.call?.id ?? -1]?.startMs ?? next.startMs) : (last?.endMs ?? use.startMs);
  const fromId = steps[0]?.id ?? 0;
  const endId = last ? (next?.call?.id ?? (facts.endOf[last.id] as number)) : fromId;
  return { ...use, run, endMs, steps, fromId, endId, endsWithRun: next === undefined };
}

/** The calls of a skill's own session while it was at work. */
export function callsOfWindow({ steps, endId }: Pick<SkillWindow, "steps" | "endId">): ToolCall[] {
  return steps.flatMap(({ tools }) => tools.filter(({ id }) => id < endId));
}

const BY_ID = bisector(({ id }: Step) => id);

/** All steps while it was at work, those of subagents that were started then included. */
export function stepsWithin({ fromId, endId }: SkillWindow, { steps }: Pick<SessionFacts, "steps">): readonly Step[] {
  return steps.slice(BY_ID.left(steps, fromId), BY_ID.left(steps, endId));
}

/** All calls of those steps. */
export function callsWithin(window: SkillWindow, facts: Pick<SessionFacts, "steps">): ToolCall[] {
  return stepsWithin(window, facts).flatMap(({ tools }) => tools.filter(({ id }) => id < window.endId));
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
