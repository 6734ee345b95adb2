import { group } from "d3";
import type { SubagentRow } from "../model/report.js";
import type { Session, Span, SubagentSpan } from "../model/session.js";
import { partition } from "./ledger.js";
import type { ReportSpans } from "./report-spans.js";
import { STATES, stateIntervals } from "./states.js";
import { subtreeEnds } from "./subtree-ends.js";
import { totalCost, totalUsage } from "./tokens.js";

/** Work beyond which only the outermost subagents are looked at: each is looked at with all that lies beneath it. */
const MOST_SPANS = 2_000_000;

/** Each child session, its own subagents counted in, with a ledger of its own over all the times in which it worked. */
export function subagents(session: Session, { idOf }: ReportSpans): SubagentRow[] {
  const ends = subtreeEnds(session.spans);
  const ofSession = group(shownSpans(session.spans, ends), (i) => (session.spans[i] as SubagentSpan).sessionId);
  const saidBy = group(session.messages, (message) => message.sessionId);
  return [...ofSession].map(([sessionId, own]) => {
    const { name: title, agent } = session.spans[own[0] as number] as SubagentSpan;
    const beneath = new Set(own.flatMap((i) => sessionsIn(session.spans, i, ends[i] as number)));
    const said = [...beneath].flatMap((id) => saidBy.get(id) ?? []);
    const ledgers = own.map((i) => subtreeLedger(session, i, ends[i] as number));
    return {
      ...{ sessionId, title, agent, spanIds: own.map((i) => idOf[i] as number) },
      wallMs: own.reduce((sum, i) => sum + lengthOf(session.spans[i] as Span), 0),
      ledger: STATES.map((state, rank) => ({ state, ms: ledgers.reduce((sum, ms) => sum + (ms[rank] as number), 0) })),
      modelCalls: said.filter((message) => message.isAnswered).length,
      toolCalls: said.reduce((sum, message) => sum + message.tools.length, 0),
      tokens: totalUsage(said).total,
      costUsd: totalCost(said),
    };
  });
}

/** The child sessions that worked in a subagent's time, its own first. */
function sessionsIn(spans: readonly Span[], root: number, end: number): string[] {
  return spans.slice(root, end).flatMap((span) => (span.kind === "subagent" ? [span.sessionId] : []));
}

/** The subagents' spans; of very deep sessions only those that lie in no other. */
function shownSpans(spans: readonly Span[], ends: readonly number[]): readonly number[] {
  const all = spans.flatMap((span, i) => (span.kind === "subagent" ? [i] : []));
  if (all.reduce((sum, i) => sum + (ends[i] as number) - i, 0) <= MOST_SPANS) return all;
  let end = 0;
  return all.filter((i) => {
    const isOutermost = i >= end;
    if (isOutermost) end = ends[i] as number;
    return isOutermost;
  });
}

/** The ledger of one span and what lies beneath it, as if it were a session. */
function subtreeLedger(session: Session, root: number, end: number): number[] {
  const spans = session.spans.slice(root, end).map((span) => ({ ...span, parent: span.parent - root }));
  const [wall] = spans as [Span];
  return partition(stateIntervals({ ...session, spans }), wall);
}

function lengthOf({ startAt, endAt }: Span): number {
  return endAt - startAt;
}
