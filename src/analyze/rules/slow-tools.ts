import { group } from "d3";
import type { Remedy } from "../../model/report.js";
import type { Milliseconds } from "../../model/units.js";
import { formatDuration, formatShare, plural } from "../../report/format.js";
import { programName } from "../../report/program-name.js";
import { isShell, isTask } from "../../report/tool-names.js";
import { quoted } from "../facts/call-name.js";
import { hiddenTime } from "../facts/hidden-time.js";
import { listedFew } from "../facts/listed-few.js";
import type { SessionFacts } from "../facts/session-facts.js";
import type { ToolCall } from "../facts/steps.js";
import type { Finding, Rule } from "../rule.js";

/** Programs and tools that a large part of the time went into, as far as nothing else was under way. */
export const slowTools: Rule<"slow-tools"> = {
  id: "slow-tools",
  type: "prompting",
  title: "Run slow commands less",
  why: "The agent stands still while a command runs that its next step waits for.",
  panel: "slowest",
  find(facts, { shareOfActive, leastMs, shareThatDiffers }) {
    const slow = [...group(leafCalls(facts), (call) => nameOf(call))].flatMap(([name, calls]) => {
      const savedMs = facts.work.savedMs(calls.map(({ id }) => id));
      const isSlow = savedMs >= Math.max(leastMs, shareOfActive * facts.summary.activeMs);
      return isSlow ? [{ name, calls, savedMs }] : [];
    });
    return slow.map((each) => finding(each, shareThatDiffers, facts));
  },
};

interface Slow {
  readonly name: string;
  readonly calls: readonly ToolCall[];
  /** What the turns would be shorter without all of them. */
  readonly savedMs: Milliseconds;
}

/** Calls that came to their own end and hold no others. */
function leafCalls({ tools, spans }: SessionFacts): ToolCall[] {
  const holders = new Set(tools.map(({ id }) => spans[id]?.parent));
  return tools.filter(({ id, span: { tool, status } }) => {
    const hasRun = (status === "ok" || status === "error") && spans[id]?.mayHaveSlept !== true;
    return hasRun && !isTask(tool) && tool !== "question" && !holders.has(id);
  });
}

/** In quotes, as the report calls it: a program may have the name of a tool. */
function nameOf({ span: { tool, target } }: ToolCall): string {
  return isShell(tool) ? quoted(programName(target) || tool) : `the tool ${quoted(tool)}`;
}

function finding({ name, calls, savedMs }: Slow, leastDiffers: number, facts: SessionFacts): Finding {
  const ids = calls.map(({ id }) => id);
  const spentMs = facts.work.spentMs(ids);
  const runsMs = ids.map((id) => facts.work.spentMs([id]));
  const excess = excessOf(calls, runsMs, facts);
  const isClaimed = excess !== null && excess.ms >= leastDiffers * savedMs;
  const share = facts.summary.activeMs > 0 ? savedMs / facts.summary.activeMs : null;
  const took = `${plural(calls.length, "run")}: ${listedFew(runsMs.map((ms) => formatDuration(ms)))}${hiddenTime(spentMs, savedMs)}`;
  return {
    title: `Run ${name} less`,
    message: `${name} took ${formatDuration(savedMs)} in ${plural(calls.length, "run")}, ${formatShare(share)} of active time, while nothing else was under way.`,
    evidence: ids,
    affected: calls.length,
    affectedNoun: "call",
    savings: isClaimed ? { ms: excess.ms } : {},
    basis: isClaimed ? "estimated" : "measured",
    formula: isClaimed
      ? `had every run been as short as the shortest (${formatDuration(excess.shortestMs)}); ${took}`
      : `${took}; no saving given: ${untold(runsMs, excess !== null, leastDiffers)}`,
    ...(isClaimed ? { caveat: "Longer runs may have had more to do than the shortest." } : {}),
    apply: [remedyFor(name)],
  };
}

/** Why nothing tells how much faster the runs could be. */
function untold(runsMs: readonly Milliseconds[], hasSucceeded: boolean, leastDiffers: number): string {
  if (runsMs.length === 1) return "there was one run only";
  if (!hasSucceeded) return "no run succeeded";
  const [least, all] = [Math.min(...runsMs), runsMs.reduce((sum, ms) => sum + ms, 0)];
  const areAlike = all - runsMs.length * least < leastDiffers * all;
  return areAlike
    ? "all runs took about as long"
    : "had all been as short as the shortest that succeeded, little time would have been saved";
}

/** What the runs took longer than the shortest that succeeded, hidden time left out; null where there is one alone. */
function excessOf(calls: readonly ToolCall[], runsMs: readonly Milliseconds[], { work }: SessionFacts) {
  const good = runsMs.filter((_, i) => calls[i]?.span.status === "ok");
  if (calls.length < 2 || good.length === 0) return null;
  const shortestMs = good.reduce((least, ms) => Math.min(least, ms));
  const ms = calls.reduce((sum, { id }, i) => {
    return sum + Math.min(Math.max(0, (runsMs[i] as number) - shortestMs), work.savedMs([id]));
  }, 0);
  return { ms, shortestMs };
}

const TESTS = /\b(test|tests|jest|vitest|pytest|mocha|rspec|phpunit|ctest|playwright|cypress|tox|nextest)\b/;
const INSTALLS =
  /^`((npm|pnpm|yarn|bun|pip|uv|poetry|cargo|go|bundle|dotnet|brew) (install|ci|add|sync|restore|fetch|update|get|mod)\b|apt)/;
const CHECKS = /\b(tsc|build|check|lint|compile|eslint|clippy|mypy|ruff|biome|make|gradlew?|mvn|typecheck)\b/;

function remedyFor(name: string): Remedy {
  const text = () => {
    if (name.startsWith("the tool ")) return `Calls of ${name} are slow here. Ask for everything in one call.`;
    if (TESTS.test(name))
      return `${name} is slow here. After a change, run only the tests of what was changed, and all of them once when the work is done.`;
    if (INSTALLS.test(name))
      return `Dependencies are installed already. Run ${name} only after a change of the files that name them.`;
    if (CHECKS.test(name))
      return `${name} is slow here. Make all changes that belong together first, then run it once; limit it to what was changed where it can be.`;
    if (name === "`sleep`")
      return "Do not wait with `sleep`. Use a command that returns as soon as what it waits for is there, with a limit of time.";
    return `${name} is slow here. Run it only when its result is needed, with as little to look at as will do, and not again before something has changed.`;
  };
  return { label: "AGENTS.md", text: text() };
}
