import type { ReportSpan } from "../../model/report.js";
import type { Milliseconds } from "../../model/units.js";
import { formatCount, formatDuration, formatShare, plural } from "../../report/format.js";
import { listedFew } from "../facts/listed-few.js";
import type { SessionFacts } from "../facts/session-facts.js";
import type { Finding, Rule } from "../rule.js";

/** Long pauses between turns. Noted: they are nobody's fault, and nothing would be saved. */
export const idleGaps: Rule<"idle-gaps"> = {
  id: "idle-gaps",
  type: "context",
  title: "Know what long pauses do",
  why: "A pause costs the agent no time.",
  panel: "ledger",
  find(facts, { leastMs, shareOfWall }) {
    const pauses = facts.spans.flatMap((span, id) => (isPause(span) ? [{ id, ms: span.endMs - span.startMs }] : []));
    const long = pauses.filter(({ ms }) => ms >= leastMs);
    const idleMs = pauses.reduce((sum, { ms }) => sum + ms, 0);
    return long.length === 0 || idleMs < shareOfWall * facts.summary.wallMs ? [] : [finding(long, idleMs, facts)];
  },
};

interface Pause {
  readonly id: number;
  readonly ms: Milliseconds;
}

function isPause({ kind, state }: ReportSpan): boolean {
  return kind === "user" && state === "waiting-for-user";
}

function finding(long: readonly Pause[], idleMs: Milliseconds, facts: SessionFacts): Finding {
  const { wallMs } = facts.summary;
  const longMs = long.reduce((sum, { ms }) => sum + ms, 0);
  return {
    message: `The session waited for you for ${formatDuration(longMs)} in ${plural(long.length, "long pause")}; that is no fault of anybody.${forgotten(facts)}`,
    evidence: long.map(({ id }) => id),
    affected: long.length,
    affectedNoun: "gap",
    savings: {},
    basis: "measured",
    formula: `all pauses between turns, ${formatDuration(idleMs)} of ${formatDuration(wallMs)} (${formatShare(wallMs > 0 ? idleMs / wallMs : null)}); the long ones: ${listedFew(long.map(({ ms }) => formatDuration(ms)))}; nothing is claimed`,
    apply: [],
  };
}

/** What the calls after pauses had to send anew. */
function forgotten({ composition }: SessionFacts): string {
  const missed = composition.filter(({ cacheMiss }) => cacheMiss === "pause");
  const anew = missed.reduce((sum, { promptTokens, cacheReadTokens }) => sum + promptTokens - cacheReadTokens, 0);
  if (missed.length === 0) return "";
  return ` After five minutes providers forget what they had cached: ${plural(missed.length, "call")} after a pause read ${formatCount(anew)} tokens anew.`;
}
