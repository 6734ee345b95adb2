import { group } from "d3";
import type { CacheMiss, Remedy } from "../../model/report.js";
import type { Message } from "../../model/session.js";
import type { Tokens, Usd } from "../../model/units.js";
import { formatCompact, plural } from "../../report/format.js";
import { promptOf } from "../context/context-walk.js";
import type { SessionFacts } from "../facts/session-facts.js";
import { addedUsd } from "../facts/step-sums.js";
import type { Finding, Rule } from "../rule.js";

/** Prompts that were sent in full although the provider had most of them in its cache: a finding for each cause. */
export const cacheMisses: Rule<"cache-misses"> = {
  id: "cache-misses",
  type: "context",
  title: "Keep the cache",
  why: "What comes out of the provider's cache costs a fraction of what is sent anew, and is answered sooner.",
  panel: "composition",
  find(facts, { leastTokens }) {
    const byCause = group(missesIn(facts), ({ cause }) => cause);
    return CAUSES.flatMap((cause) => {
      const misses = byCause.get(cause) ?? [];
      return tokensOf(misses) >= leastTokens && misses.length > 0 ? [finding(cause, misses, facts)] : [];
    });
  },
};

/** Those that somebody can do something about: a session's first call and the one after a compaction must miss. */
type Cause = Exclude<CacheMiss, "first-call" | "compaction">;
const CAUSES: readonly Cause[] = ["pause", "model-change", "agent-change", "unknown"];

interface Miss {
  readonly cause: Cause;
  readonly message: Message;
  readonly spanId: number;
  /** What could have come out of the cache and did not. */
  readonly tokens: Tokens;
}

function missesIn({ composition, session }: SessionFacts): Miss[] {
  const messageOf = new Map(session.messages.map((message) => [message.id, message]));
  const lastOf = new Map<string, Message>();
  return composition.flatMap(({ messageId, sessionId, agent, model, cacheMiss, spanId }): Miss[] => {
    const message = messageOf.get(messageId);
    if (!message || message.isCompaction) return [];
    const series = [sessionId, agent, model].join("\n");
    const before = lastOf.get(series) ?? lastOf.get(sessionId);
    lastOf.set(series, message).set(sessionId, message);
    if (!before || cacheMiss === null || cacheMiss === "first-call" || cacheMiss === "compaction") return [];
    // What a fork copied was paid for in another session.
    if (spanId === null) return [];
    const tokens = Math.min(promptOf(message), promptOf(before)) - (message.tokens?.cacheRead ?? 0);
    return tokens > 0 ? [{ cause: cacheMiss, message, spanId, tokens }] : [];
  });
}

function tokensOf(misses: readonly Miss[]): Tokens {
  return misses.reduce((sum, { tokens }) => sum + tokens, 0);
}

function finding(cause: Cause, misses: readonly Miss[], facts: SessionFacts): Finding {
  const usd = addedUsd(misses.map((miss) => paidFor(miss, facts)));
  const { title, words, apply, caveat } = SAID[cause];
  const tokens = formatCompact(tokensOf(misses));
  return {
    title,
    message: `${plural(misses.length, "call")} ${words}: ${tokens} tokens that the cache had held were sent anew.`,
    evidence: misses.map(({ spanId }) => spanId),
    affected: misses.length,
    affectedNoun: "call",
    savings: { usd },
    basis: "derived",
    formula: `tokens that could have come from the cache but did not: ${tokens}${usd === null ? "; no price is known for them" : ", each at what it cost minus what reading it from the cache costs"}; as many tokens are sent in any case`,
    ...(caveat === undefined ? {} : { caveat }),
    apply: apply(misses.map(({ message }) => message)),
  };
}

/**
 * What it cost beyond reading it from the cache. What a cache could have held stands before what is new: first come the
 * tokens that were written to the cache. null where one of the prices cannot be known.
 */
function paidFor({ message, tokens }: Miss, { ratesOf }: SessionFacts): Usd | null {
  const rates = ratesOf(message);
  if (rates === null || message.tokens === null) return null;
  // Prices that were solved from the costs have a 0 for what was never used.
  if (rates.cacheRead === 0 && rates.uncachedInput + rates.cacheWrite > 0) return null;
  const written = Math.min(tokens, message.tokens.cacheWrite);
  const paid = written * rates.cacheWrite + (tokens - written) * rates.uncachedInput;
  return Math.min(Math.max(0, paid - tokens * rates.cacheRead), message.costUsd ?? 0);
}

interface Said {
  readonly title: string;
  readonly words: string;
  readonly caveat?: string;
  readonly apply: (calls: readonly Message[]) => Remedy[];
}

const HAND_OVER: Remedy = {
  label: "Prompt",
  text: "Sum up in at most 200 words what is done, what is left to do and which paths matter, so that a new session can go on from there.",
};

const SAID: Readonly<Record<Cause, Said>> = {
  pause: {
    title: "Go on in a new session after a long pause",
    words: "came after a pause of more than five minutes, when providers have forgotten",
    apply: () => [HAND_OVER],
  },
  "model-change": {
    title: "Change the model between tasks",
    words: "changed the model in the middle of a conversation",
    caveat: "A cheaper or a better model may be worth more than what the cache would have saved.",
    apply: () => [HAND_OVER],
  },
  "agent-change": {
    title: "Stay with one agent in a session",
    words: "changed the agent, and with it the beginning of the prompt",
    apply: () => [
      {
        label: "Prompt",
        text: "Make a plan first and show it to me. Change no file before I say so.",
      },
    ],
  },
  unknown: {
    title: "Find out why the cache was missed",
    words: "missed the cache without any cause that the data shows",
    caveat:
      "The provider may have dropped it by itself; or something at the beginning of the prompt changes, such as a date in AGENTS.md or a plugin's text.",
    apply: (calls) => [{ label: "opencode.json", text: cacheKeySetting(calls) }],
  },
};

/** Has OpenCode tell the provider which calls belong together. */
function cacheKeySetting(calls: readonly Message[]): string {
  const providers = [...new Set(calls.map(({ model }) => (model ?? "").split("/", 1)[0] as string))]
    .filter(Boolean)
    .sort();
  const settings = providers.map((name) => [name, { options: { setCacheKey: true } }]);
  return JSON.stringify({ provider: Object.fromEntries(settings) }, null, 2);
}
