import type { Savings, Suggestion } from "../model/report.js";
import type { Share } from "../model/units.js";
import type { SessionFacts } from "./facts/session-facts.js";
import { rounded, roundedUsd } from "./round.js";
import type { Finding, FoundSavings, Rule } from "./rule.js";
import { RULES } from "./rules/index.js";
import { isOff, limitsOf, type RuleSettings } from "./thresholds.js";

const SHARE_DIGITS = 6;

/** What every rule found, what saves most first; what saves nothing that can be told stands last, in the rules' order. */
export function suggestions(facts: SessionFacts, settings: RuleSettings = {}): Suggestion[] {
  const found = RULES.filter(({ id }) => !isOff(id, settings)).flatMap((rule) =>
    rule.find(facts, limitsOf(rule.id, settings)).map((finding) => ({ rule, finding })),
  );
  const { leastShare } = limitsOf("any-rule", settings);
  return found
    .map(({ rule, finding }) => ({
      suggestion: suggestionOf(rule, finding, facts),
      weight: weightOf(finding.savings, facts),
      claims: claimsSomething(finding.savings),
    }))
    .filter(({ weight, claims }) => !claims || weight >= leastShare)
    .sort((a, b) => b.weight - a.weight)
    .map(({ suggestion }) => suggestion);
}

function suggestionOf({ id, type, title, why, panel }: Rule, finding: Finding, facts: SessionFacts): Suggestion {
  const { message, evidence, affected, affectedNoun, basis, formula, apply } = finding;
  return {
    ...{ rule: id, type, title: finding.title ?? title, message, why: finding.why ?? why },
    evidence: [...new Set(evidence)].sort((a, b) => a - b),
    ...{ affected, affectedNoun, savings: savingsOf(finding.savings, facts), basis, formula },
    ...{ caveat: finding.caveat ?? null, apply, panel },
  };
}

/** Rounded down: a saving is never said to be more than it is. */
function savingsOf({ ms, isWaitForUser, tokens, usd }: FoundSavings, { summary }: SessionFacts): Savings {
  const wholeMs = Math.floor(ms ?? 0);
  const wholeTokens = Math.floor(tokens ?? 0);
  const share = summary.activeMs > 0 && !isWaitForUser ? rounded(wholeMs / summary.activeMs, SHARE_DIGITS) : null;
  return {
    ...(wholeMs > 0 ? { ms: wholeMs, ...(share === null ? {} : { share }) } : {}),
    ...(wholeTokens > 0 ? { tokens: wholeTokens } : {}),
    ...(usd && usd > 0 ? { usd: roundedUsd(usd) as number } : {}),
  };
}

function claimsSomething({ ms, tokens, usd }: FoundSavings): boolean {
  return [ms, tokens, usd].some((saving) => saving !== undefined && saving !== null);
}

/** The largest share of anything that a finding saves: of the time, of the tokens, of the cost. */
function weightOf({ ms, isWaitForUser, tokens, usd }: FoundSavings, { summary }: SessionFacts): Share {
  const share = (part: number | null | undefined, whole: number | null) => (part && whole ? part / whole : 0);
  return Math.max(
    share(ms, isWaitForUser ? summary.wallMs : summary.activeMs),
    share(tokens, summary.tokens.total),
    share(usd, summary.costUsd),
  );
}
