import type { Tokens } from "../../model/units.js";
import { formatCompact, formatCount, listed, plural } from "../../report/format.js";
import { averageTokens } from "../context/token-rates.js";
import type { SessionFacts } from "../facts/session-facts.js";
import { costOfSparedStart } from "../facts/step-sums.js";
import type { Step } from "../facts/steps.js";
import { unusedSkillsIn } from "../facts/unused-skills.js";
import type { Finding, Rule } from "../rule.js";

/** Skills that lie where the agent finds them and were not used, where what prompts say of them adds up. */
export const unusedSkills: Rule<"unused-skills"> = {
  id: "unused-skills",
  type: "context",
  title: "Offer only the skills that this project uses",
  why: "The name and description of every skill stand in every prompt, so that the model can choose.",
  panel: "skills",
  find(facts, { leastTokens, fewestCalls }) {
    const unused = unusedIn(facts);
    const tokens = unused.reduce((sum, skill) => sum + skill.tokens, 0);
    const calls = facts.steps.filter(({ promptTokens }) => promptTokens > 0);
    const isWorthIt = unused.length > 0 && tokens >= leastTokens && calls.length >= Math.max(1, fewestCalls);
    return isWorthIt && tokens <= smallestBase(facts) ? [finding(unused, tokens, calls, facts)] : [];
  },
};

interface Unused {
  readonly name: string;
  /** Of its name and description. */
  readonly tokens: Tokens;
}

function unusedIn(facts: SessionFacts): Unused[] {
  const uses = facts.skillWindows.map(({ name, facet }) => ({ name, folder: facet?.folder ?? null }));
  return (unusedSkillsIn(facts.session, uses) ?? [])
    .map(({ name, shape }) => ({ name, tokens: Math.floor(averageTokens(shape)) }))
    .sort((a, b) => b.tokens - a.tokens || (a.name < b.name ? -1 : 1));
}

/** Of all calls: what is more than that cannot have stood there; it was added later. */
function smallestBase({ composition }: SessionFacts): Tokens {
  const bases = composition.flatMap(({ parts }) => parts.filter(({ kind }) => kind === "base"));
  return Math.min(...bases.map(({ tokens }) => tokens));
}

const NAMED = 5;

function finding(unused: readonly Unused[], tokens: Tokens, calls: readonly Step[], facts: SessionFacts): Finding {
  const all = facts.session.local?.skills?.length ?? 0;
  const names = unused.slice(0, NAMED).map(({ name }) => name);
  const others = unused.length > NAMED ? [`${formatCount(unused.length - NAMED)} others`] : [];
  return {
    message: `${formatCount(unused.length)} of ${plural(all, "skill")} ${unused.length === 1 ? "was" : "were"} not used: ${listed([...names, ...others])}. Their names and descriptions took about ${formatCompact(tokens)} tokens of every call.`,
    evidence: calls.map(({ modelId }) => modelId),
    affected: calls.length,
    affectedNoun: "call",
    savings: { tokens: tokens * calls.length, usd: costOfSparedStart(tokens, calls, facts.ratesOf) },
    basis: "estimated",
    formula: `names and descriptions of ${plural(unused.length, "skill")} as common tokenizers count them: ${formatCompact(tokens)} tokens × ${plural(calls.length, "call")}`,
    caveat: CAVEAT,
    apply: [{ label: "opencode.json", text: permissionsFor(unused) }],
  };
}

const CAVEAT =
  "One session says little: `sessionflame skills` tells which skills no session used. The skills are those that lie there now.";

/** What is denied is not offered. */
function permissionsFor(unused: readonly Unused[]): string {
  const skill = Object.fromEntries(unused.map(({ name }) => [name, "deny"]));
  return `${JSON.stringify({ permission: { skill } }, null, 2)}\n`;
}
