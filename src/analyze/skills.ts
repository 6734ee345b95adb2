import { group, rollup } from "d3";
import type { SkillRow, SkillUse, UnusedSkill, WorkDone } from "../model/report.js";
import type { Session, SkillRecord } from "../model/session.js";
import { addedUp, type Carried, type CarriedTotals } from "./context/carried.js";
import type { SessionFacts } from "./facts/session-facts.js";
import { callsOfWindow, callsWithin, type SkillWindow, stepsWithin } from "./facts/skill-windows.js";
import { costOfSteps, tokensOfSteps } from "./facts/step-sums.js";
import { unusedSkillsIn } from "./facts/unused-skills.js";
import { roundedUsd } from "./round.js";
import { skillMetrics } from "./skill-metrics.js";
import { skillSuccess } from "./skill-success.js";
import { sumOfKnown } from "./sum-of-known.js";
import { allDone, distinctWork } from "./work-done.js";

/** One row a skill that was used, or that a telemetry file tells of; the most used first. */
export function skills(facts: SessionFacts, totals: CarriedTotals): SkillRow[] {
  const windows = group(facts.skillWindows, ({ name }) => name);
  const records = group(recordsIn(facts.session), ({ name }) => name);
  const carried = carriedBySkill(totals);
  const names = [...new Set([...windows.keys(), ...records.keys()])];
  const rows = names.map((name) =>
    rowOf(name, windows.get(name) ?? [], records.get(name) ?? [], carried.get(name) ?? [], facts),
  );
  return rows.sort((a, b) => b.uses.length - a.uses.length || (a.name < b.name ? -1 : 1));
}

/** Those that could have been used; null where that cannot be known. */
export function unusedSkills(session: Session, rows: readonly SkillRow[]): UnusedSkill[] | null {
  const used = rows.filter(({ uses }) => uses.length > 0);
  const unused = unusedSkillsIn(session, used);
  return unused?.map(({ name, description, folder }) => ({ name, description, folder })) ?? null;
}

function rowOf(
  name: string,
  windows: readonly SkillWindow[],
  records: readonly SkillRecord[],
  carried: readonly Carried[],
  facts: SessionFacts,
): SkillRow {
  const uses = windows.map((window) => useOf(window, facts));
  const facets = windows.flatMap(({ facet }) => facet ?? []);
  const onDisk = facts.session.local?.skills?.find((skill) => skill.name === name);
  return {
    name,
    title: facets.find(({ title }) => title !== null)?.title ?? null,
    description: facets.find(({ description }) => description !== null)?.description ?? onDisk?.description ?? null,
    folder: facets.find(({ folder }) => folder !== null)?.folder ?? onDisk?.folder ?? null,
    uses,
    durationMs: sumOfKnown(uses.map(({ durationMs }) => durationMs)),
    ...contextOf(carried),
    after: allDone(distinctWork(uses)),
    succeeded: uses.filter(({ success }) => success === true).length,
    failed: uses.filter(({ success }) => success === false).length,
    metrics: skillMetrics(records),
  };
}

function useOf(window: SkillWindow, facts: SessionFacts): SkillUse {
  const { call, message } = window;
  const span = call?.span ?? null;
  const ended = span !== null && span.status !== "unfinished" ? span.endAt - span.startAt : null;
  const checks = callsOfWindow(window).flatMap((each) => each.span.check ?? []);
  const last = checks.at(-1);
  return {
    spanId: call?.id ?? null,
    messageId: message.id,
    callId: span?.callId ?? null,
    by: span === null ? "user" : span.tool === "skill" ? "skill-tool" : "own-tool",
    at: span?.startAt ?? message.createdAt,
    durationMs: ended,
    status: span?.status ?? "ok",
    after: workDone(window, facts),
    checks: checks.length,
    lastCheck: last === undefined || last === "unknown" ? null : last,
    success: skillSuccess(window),
  };
}

/** With what subagents did that its steps started. */
function workDone(window: SkillWindow, facts: SessionFacts): WorkDone {
  const { startMs, endMs } = window;
  const steps = stepsWithin(window, facts);
  const calls = callsWithin(window, facts);
  return {
    steps: steps.length,
    toolCalls: calls.length,
    toolErrors: calls.filter(({ span }) => span.status === "error").length,
    ms: Math.max(0, endMs - startMs),
    tokens: tokensOfSteps(steps),
    costUsd: roundedUsd(costOfSteps(steps)),
  };
}

/** What its texts took in the context. */
function contextOf(carried: readonly Carried[]): Pick<SkillRow, "contentTokens" | "carriedTokens" | "costUsd"> {
  const { contentTokens, carriedTokens, costUsd } = addedUp(carried);
  return { contentTokens, carriedTokens, costUsd: carried.length === 0 ? null : roundedUsd(costUsd) };
}

function carriedBySkill({ ofItem }: CarriedTotals): ReadonlyMap<string, readonly Carried[]> {
  const all = [...ofItem].flatMap(([{ skill }, carried]) => (skill === null ? [] : [{ skill, carried }]));
  return rollup(
    all,
    (own) => own.map(({ carried }) => carried),
    ({ skill }) => skill,
  );
}

function recordsIn({ telemetry }: Session): SkillRecord[] {
  return telemetry.filter((record) => record.kind === "skill");
}
