import type { CompactionRow, Remedy } from "../../model/report.js";
import type { Session } from "../../model/session.js";
import type { Tokens } from "../../model/units.js";
import { formatCount, formatDuration, plural } from "../../report/format.js";
import { promptOf } from "../context/context-walk.js";
import { hiddenTime } from "../facts/hidden-time.js";
import { listedFew } from "../facts/listed-few.js";
import type { SessionFacts } from "../facts/session-facts.js";
import { addedUsd } from "../facts/step-sums.js";
import type { Finding, Rule } from "../rule.js";
import type { Limits } from "../thresholds.js";

/** Compactions with only a few calls between one and the next: the context filled up again with what was needed. */
export const compactionThrash: Rule<"compaction-thrash"> = {
  id: "compaction-thrash",
  type: "context",
  title: "Let the context fill up more slowly",
  why: "Each compaction is an extra call, and much of what it drops is read again.",
  panel: "compactions",
  find(facts, limits) {
    const rows = rowsOf(facts, limits);
    return rows.length === 0 ? [] : [finding(rows, facts)];
  },
};

interface Compaction extends CompactionRow {
  readonly spanId: number;
  /** How many calls its session had made before. */
  readonly calls: number;
}

function rowsOf(facts: SessionFacts, { fewest, mostCallsBetween }: Limits<"compaction-thrash">): Compaction[][] {
  const rows: Compaction[][] = [];
  for (const own of compactionsBySession(facts).values()) {
    own.forEach((compaction, i) => {
      const before = own[i - 1];
      if (before && compaction.calls - before.calls <= mostCallsBetween) rows.at(-1)?.push(compaction);
      else rows.push([compaction]);
    });
  }
  return rows.filter((row) => row.length >= Math.max(2, fewest));
}

function compactionsBySession({ session, compactions }: SessionFacts): Map<string, Compaction[]> {
  const callsBefore = callsBeforeEach(session);
  const bySession = new Map<string, Compaction[]>();
  for (const row of compactions) {
    const { sessionId, calls } = callsBefore.get(row.messageId) ?? {};
    // One that a fork copied has no span: its time and its tokens belong to another session.
    if (row.spanId === null || sessionId === undefined || calls === undefined) continue;
    const own = bySession.get(sessionId) ?? [];
    own.push({ ...row, spanId: row.spanId, calls });
    bySession.set(sessionId, own);
  }
  return bySession;
}

function callsBeforeEach({ messages }: Session) {
  const callsOf = new Map<string, number>();
  const before = new Map<string, { readonly sessionId: string; readonly calls: number }>();
  for (const message of messages) {
    const { id, sessionId, isCompaction } = message;
    const calls = callsOf.get(sessionId) ?? 0;
    if (isCompaction) before.set(id, { sessionId, calls });
    else if (promptOf(message) > 0) callsOf.set(sessionId, calls + 1);
  }
  return before;
}

function finding(rows: readonly (readonly Compaction[])[], facts: SessionFacts): Finding {
  const all = rows.flat();
  const later = rows.flatMap((row) => row.slice(1));
  const ids = later.map(({ spanId }) => spanId);
  const time = facts.work;
  const [spentMs, savedMs] = [time.spentMs(ids), time.savedMs(ids)];
  const tokens = tokensOf(later);
  const prunes = hasPruned(facts);
  return {
    message: `${plural(all.length, "compaction")} came close after one another, with ${callsBetween(rows)}: ${formatDuration(spentMs)} and ${formatCount(tokens)} tokens went into those after the first.`,
    evidence: all.map(({ spanId }) => spanId),
    affected: all.length,
    affectedNoun: "compaction",
    savings: { ms: savedMs, tokens, usd: addedUsd(later.map(({ costUsd }) => costUsd)) },
    basis: "measured",
    formula: `the ${later.length === 1 ? "later compaction call" : `${later.length} later compaction calls`}${rows.length > 1 ? ` of ${rows.length} rows` : ""}: ${listedFew(ids.map((id) => formatDuration(time.spentMs([id]))))}${hiddenTime(spentMs, savedMs)}; ${listedFew(later.map((each) => formatCount(tokensOf([each]))))} tokens`,
    ...(prunes ? {} : { caveat: OF_PRUNING }),
    apply: [
      {
        label: "AGENTS.md",
        text: "Search before reading, read only the lines that are needed (offset and limit), and cut long outputs of commands (`| tail -n 50`). Give what takes many files to look through to a subagent.",
      },
      ...(prunes ? [] : [PRUNE]),
      {
        label: "Prompt",
        text: "Split this into tasks that each need only a few files, and do the first one. When it is done, stop and write down in ten lines what the next one must know.",
      },
    ],
  };
}

/** How many calls lay between one compaction and the next. */
function callsBetween(rows: readonly (readonly Compaction[])[]): string {
  const between = rows.flatMap((row) => row.slice(1).map(({ calls }, i) => calls - (row[i] as Compaction).calls));
  const [first = 0, ...others] = between;
  if (others.length === 0) return `${plural(first, "call")} in between`;
  if (others.every((calls) => calls === first)) return `${plural(first, "call")} between each`;
  return `${listedFew(between.map((calls) => formatCount(calls)))} calls in between`;
}

/** Where results were pruned, the setting is on already. */
function hasPruned({ session }: SessionFacts): boolean {
  return session.messages.some(({ content }) =>
    content.some((part) => part.kind === "tool-result" && part.prunedAt !== null),
  );
}

const OF_PRUNING =
  "With prune, OpenCode forgets old outputs of tools before it has to compact; the provider's cache then has to be filled again.";
const PRUNE: Remedy = { label: "opencode.json", text: JSON.stringify({ compaction: { prune: true } }, null, 2) };

function tokensOf(compactions: readonly Compaction[]): Tokens {
  return compactions.reduce((sum, { tokens }) => sum + (tokens?.total ?? 0), 0);
}
