import type { TakenDifference, TurnDifference } from "../../model/comparison.js";
import type { Report, ReportSpan } from "../../model/report.js";
import { alignedPairs, type Pair } from "./aligned.js";
import { difference } from "./difference.js";
import { presence } from "./paired-rows.js";
import { isCounted } from "./report-figures.js";

/** A turn or a step of one session, and what it took. */
interface Taken {
  readonly name: string;
  readonly ms: number;
  readonly toolCalls: number;
  readonly tokens: number | null;
  readonly costUsd: number | null;
}

interface TakenTurn extends Taken {
  readonly steps: readonly Taken[];
}

/** Turn by turn what two sessions took, and in each turn step by step. */
export function turnDifferences(a: Report, b: Report): TurnDifference[] {
  const [turnsA, turnsB] = [takenTurns(a), takenTurns(b)];
  const nothings = [nothingIn(a), nothingIn(b)] as const;
  return alignedPairs(turnsA.map(nameOf), turnsB.map(nameOf)).map(([inA, inB]) => {
    const [turnA, turnB] = [turnsA[inA], turnsB[inB]];
    const [stepsA, stepsB] = [turnA?.steps ?? [], turnB?.steps ?? []];
    return {
      ...takenDifference(turnA, turnB, nothings),
      steps: placePairs(stepsA.length, stepsB.length).map(([i, j]) => takenDifference(stepsA[i], stepsB[j], nothings)),
    };
  });
}

function nameOf({ name }: Taken): string {
  return name;
}

function placePairs(lengthA: number, lengthB: number): Pair[] {
  const length = Math.max(lengthA, lengthB);
  return Array.from({ length }, (_, i) => [i < lengthA ? i : -1, i < lengthB ? i : -1] as const);
}

/** What is missing in a session took nothing there; of what it never knows, that is not known either. */
function nothingIn(report: Report): Omit<Taken, "name"> {
  const { costUsd } = report.summary;
  return { ms: 0, toolCalls: 0, tokens: isCounted(report) ? 0 : null, costUsd: costUsd === null ? null : 0 };
}

type Nothings = readonly [a: Omit<Taken, "name">, b: Omit<Taken, "name">];

function takenDifference(a: Taken | undefined, b: Taken | undefined, nothings: Nothings): TakenDifference {
  const of = (field: keyof Nothings[0]) => difference([(a ?? nothings[0])[field]], [(b ?? nothings[1])[field]]);
  return {
    ...{ nameA: a?.name ?? null, nameB: b?.name ?? null, isIn: presence(a !== undefined, b !== undefined) },
    ...{ ms: of("ms"), toolCalls: of("toolCalls"), tokens: of("tokens"), costUsd: of("costUsd") },
  };
}

/** The turns of the session itself: what a subagent was asked for is within its step. */
function takenTurns(report: Report): TakenTurn[] {
  const { spans, tokens } = report;
  const usage = new Map(tokens.byTurn.map((row) => [row.spanId, row]));
  const callsIn = turnCalls(spans);
  const steps = takenSteps(report);
  return spans.flatMap((span, id) => {
    if (span.kind !== "turn" || span.parent !== 0) return [];
    const used = usage.get(id);
    const known = isCounted(report) && used !== undefined;
    const taken = { tokens: known ? used.tokens.total : null, costUsd: used?.costUsd ?? null };
    return [
      { name: span.name, ms: lengthOf(span), toolCalls: callsIn.get(id) ?? 0, ...taken, steps: steps.get(id) ?? [] },
    ];
  });
}

/** By turn. Of a step the tokens are those of its answer, as the table by message has them. */
function takenSteps({ spans, tokens }: Report): ReadonlyMap<number, readonly Taken[]> {
  const messages = new Map(tokens.byMessage.map((row) => [row.messageId, row]));
  const calls = countedBy(spans.flatMap(({ kind, parent }) => (kind === "tool" ? [parent] : [])));
  const steps = new Map<number, Taken[]>();
  spans.forEach((span, id) => {
    if (span.kind !== "step") return;
    const message = messages.get(span.messageId ?? "");
    const taken = { tokens: message?.tokens?.total ?? null, costUsd: message?.costUsd ?? null };
    const inTurn = steps.get(span.parent) ?? [];
    inTurn.push({ name: span.name, ms: lengthOf(span), toolCalls: calls.get(id) ?? 0, ...taken });
    steps.set(span.parent, inTurn);
  });
  return steps;
}

/** Tool calls by turn, those of its subagents too. Parents stand before their children. */
function turnCalls(spans: readonly ReportSpan[]): ReadonlyMap<number, number> {
  const turnOf: number[] = [];
  spans.forEach(({ kind, parent }, id) => {
    turnOf.push(kind === "turn" && parent === 0 ? id : (turnOf[parent] ?? -1));
  });
  return countedBy(spans.flatMap(({ kind }, id) => (kind === "tool" ? [turnOf[id] as number] : [])));
}

function countedBy(ids: readonly number[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}

function lengthOf({ startMs, endMs }: ReportSpan): number {
  return endMs - startMs;
}
