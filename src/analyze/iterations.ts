import { group } from "d3";
import type { IterationRow, ReportSpan, SkillRow } from "../model/report.js";
import type { Session } from "../model/session.js";
import { type Circles, circlesIn, hasFailed, type Retry } from "./facts/circles.js";
import type { SessionFacts } from "./facts/session-facts.js";
import { callsWithin } from "./facts/skill-windows.js";
import type { StepRun, ToolCall } from "./facts/steps.js";

/**
 * Where the work went round in circles: by skill, in whose time it did, and by turn, subagents counted in; by tool, of
 * verification loops the one that tested or checked.
 */
export function iterations(facts: SessionFacts, skills: readonly SkillRow[]): IterationRow[] {
  const runs = facts.runs.map((run) => ({ run, ...circlesIn(run) }));
  const rows = [...bySkill(facts, runs, skills), ...byTurn(facts, runs), ...byTool(facts, runs)];
  return rows.filter(
    (row) => row.retries > 0 || row.verificationLoops > 0 || row.isFlaky || (row.maxIterationsReached ?? 0) > 0,
  );
}

interface RunCircles extends Circles {
  readonly run: StepRun;
}

function bySkill(facts: SessionFacts, runs: readonly RunCircles[], skills: readonly SkillRow[]): IterationRow[] {
  const windows = group(facts.skillWindows, ({ name }) => name);
  const reached = reachedBySkill(facts.session);
  return skills.map(({ name, succeeded, failed }) => {
    const calls = new Set((windows.get(name) ?? []).flatMap((window) => callsWithin(window, facts)));
    const isFlaky = succeeded > 0 && failed > 0;
    const row = rowOf(
      "skill",
      name,
      [...calls],
      calls.size === 0 ? NO_CIRCLES : circlesOf(runs, (call) => calls.has(call)),
    );
    return { ...row, isFlaky, maxIterationsReached: reached.get(name) ?? null };
  });
}

const NO_CIRCLES: Circles = { retries: [], verifications: [] };

/** By telemetry files alone: nothing else says how often a skill was given up. */
function reachedBySkill({ telemetry }: Session): ReadonlyMap<string, number> {
  const reached = new Map<string, number>();
  for (const record of telemetry)
    if (record.kind === "skill" && record.maxIterationsReached !== null)
      reached.set(record.name, (reached.get(record.name) ?? 0) + Number(record.maxIterationsReached));
  return reached;
}

function byTurn({ spans }: SessionFacts, runs: readonly RunCircles[]): IterationRow[] {
  const turnOf = turnsOf(spans);
  const turns = spans.flatMap(({ kind }, id) => (kind === "turn" ? [id] : []));
  const byId = new Map(turns.map((id): [number, RunCircles[]] => [id, []]));
  for (const each of runs) byId.get(turnOf[each.run.id] ?? -1)?.push(each);
  return [...byId].map(([id, own]) => {
    const calls = own.flatMap(({ run }) => run.steps.flatMap(({ tools }) => tools));
    return { ...rowOf("turn", spans[id]?.name ?? "", calls, circlesOf(own)), spanId: id };
  });
}

/** The turn that each span lies in; -1 for none. */
function turnsOf(spans: readonly ReportSpan[]): number[] {
  const turns: number[] = [];
  spans.forEach(({ kind, parent }, id) => {
    turns.push(kind === "turn" ? id : (turns[parent] ?? -1));
  });
  return turns;
}

function byTool({ tools }: SessionFacts, runs: readonly RunCircles[]): IterationRow[] {
  const names = [...new Set(tools.map(({ span }) => span.tool))];
  const rows = names.map((name) => {
    const calls = tools.filter(({ span }) => span.tool === name);
    return rowOf(
      "tool",
      name,
      calls,
      circlesOf(runs, ({ span }) => span.tool === name),
    );
  });
  const circles = ({ retries, verificationLoops }: IterationRow) => retries + verificationLoops;
  return rows.sort((a, b) => circles(b) - circles(a) || (a.name < b.name ? -1 : 1));
}

function circlesOf(runs: readonly RunCircles[], isOwn: (call: ToolCall) => boolean = () => true): Circles {
  return {
    retries: runs.flatMap(({ retries }) => retries.filter(({ call }) => isOwn(call))),
    verifications: runs.flatMap(({ verifications }) => verifications.filter(isOwn)),
  };
}

function rowOf(by: IterationRow["by"], name: string, calls: readonly ToolCall[], circles: Circles): IterationRow {
  const { retries, verifications } = circles;
  const ids = [...retries.map(({ call }) => call.id), ...verifications.map(({ id }) => id)];
  return {
    ...{ by, name, spanId: null, calls: calls.length, failed: calls.filter(hasFailed).length },
    ...{ retries: retries.length, recovered: retries.filter(({ worked }) => worked).length },
    ...{ verificationLoops: verifications.length, maxIterationsReached: null },
    isFlaky: retries.some(isFlaky),
    spanIds: [...new Set(ids)].sort((a, b) => a - b),
  };
}

function isFlaky({ worked, changedNothing }: Retry): boolean {
  return worked && changedNothing;
}
