import type { TokenPrices } from "../../model/price-book.js";
import type { ContextKind } from "../../model/report.js";
import type { Message } from "../../model/session.js";
import type { Tokens, TokenUsage, Usd } from "../../model/units.js";
import type { RatesOf } from "../prices.js";
import type { ContextItem } from "./context-items.js";
import type { SeesHeld } from "./history-sums.js";
import type { CallComposition } from "./model-context.js";

/** What one thing took in the context, over all calls. */
export interface Carried {
  /** When it first was in a prompt. */
  readonly contentTokens: Tokens;
  readonly carriedTokens: Tokens;
  /** null where one of its calls has no known prices. */
  readonly costUsd: Usd | null;
}

/** What is in prompts without being a piece of a message. */
export type OtherKind = Extract<ContextKind, "base" | "compaction-input" | "unattributed">;

/** What was carried by each piece, and by what is no piece. */
export interface CarriedTotals {
  readonly ofItem: ReadonlyMap<ContextItem, Carried>;
  readonly ofOther: Readonly<Record<OtherKind, Carried>>;
}

export const NOTHING_CARRIED: Carried = { contentTokens: 0, carriedTokens: 0, costUsd: 0 };

export function addedUp(all: Iterable<Carried>): Carried {
  let sum = NOTHING_CARRIED;
  for (const { contentTokens, carriedTokens, costUsd } of all)
    sum = {
      contentTokens: sum.contentTokens + contentTokens,
      carriedTokens: sum.carriedTokens + carriedTokens,
      costUsd: sum.costUsd === null || costUsd === null ? null : sum.costUsd + costUsd,
    };
  return sum;
}

interface Running {
  contentTokens: Tokens;
  carriedTokens: Tokens;
  costUsd: Usd | null;
}

/** Adds up, call by call, what everything in the prompts took. */
export class CarriedSums implements CarriedTotals {
  readonly ofItem = new Map<ContextItem, Running>();
  readonly ofOther: Record<OtherKind, Running> = {
    base: { ...NOTHING_CARRIED },
    "compaction-input": { ...NOTHING_CARRIED },
    unattributed: { ...NOTHING_CARRIED },
  };
  readonly #ratesOf: RatesOf;
  /** What the call before of the same series had of what is no piece. */
  readonly #before = new Map<string, Tokens>();
  /** The sums of what the last call held, in its order. */
  #held: readonly ContextItem[] = [];
  #sums: Running[] = [];

  constructor(ratesOf: RatesOf) {
    this.#ratesOf = ratesOf;
  }

  /** `sees`: who else is to know what the pieces of the prompt took. */
  add({ call, baseTokens, heldTokens, unattributedTokens }: CallComposition, sees?: SeesHeld): void {
    const { message, promptTokens, held } = call;
    const prompt = new Prompt(message.tokens as TokenUsage, this.#ratesOf(message));
    if (message.isCompaction) {
      const sum = this.ofOther["compaction-input"];
      sum.contentTokens += promptTokens;
      carry(sum, promptTokens, prompt);
      return;
    }
    this.#grow("base", message, baseTokens);
    carry(this.ofOther.base, baseTokens, prompt);
    const sums = this.#sumsOf(held, heldTokens);
    for (let i = 0; i < held.length; i++) {
      const tokens = heldTokens[i] as Tokens;
      const usd = carry(sums[i] as Running, tokens, prompt);
      sees?.(i, tokens, usd);
    }
    this.#grow("unattributed", message, unattributedTokens);
    carry(this.ofOther.unattributed, unattributedTokens, prompt);
  }

  /** What is held for the first time has come in with what it now has. */
  #sumsOf(held: readonly ContextItem[], heldTokens: readonly Tokens[]): readonly Running[] {
    if (held !== this.#held) this.#sums = [];
    this.#held = held;
    for (let i = this.#sums.length; i < held.length; i++) {
      const item = held[i] as ContextItem;
      const sum = this.ofItem.get(item) ?? { ...NOTHING_CARRIED, contentTokens: heldTokens[i] as Tokens };
      this.ofItem.set(item, sum);
      this.#sums.push(sum);
    }
    return this.#sums;
  }

  #grow(kind: OtherKind, { sessionId, agent, model }: Message, tokens: Tokens): void {
    const series = [kind, sessionId, agent, model].join("\n");
    const before = this.#before.get(series) ?? 0;
    this.#before.set(series, tokens);
    const sum = this.ofOther[kind];
    // Every agent and model has a base of its own, and each prompt one of them: the largest is what there is of it.
    if (kind === "base") sum.contentTokens = Math.max(sum.contentTokens, tokens);
    else sum.contentTokens += Math.max(0, tokens - before);
  }
}

/** Returns what it cost. */
function carry(sum: Running, tokens: Tokens, prompt: Prompt): Usd | null {
  sum.carriedTokens += tokens;
  const usd = prompt.take(tokens);
  sum.costUsd = sum.costUsd === null || usd === null ? null : sum.costUsd + usd;
  return usd;
}

/** A prompt from its beginning: first what came out of the cache, then what was written to it, then the rest. */
class Prompt {
  readonly #rates: TokenPrices | null;
  readonly #left: readonly { tokens: Tokens; readonly rate: number }[];

  constructor({ cacheRead, cacheWrite, uncachedInput }: TokenUsage, rates: TokenPrices | null) {
    this.#rates = rates;
    this.#left = [
      { tokens: cacheRead, rate: rates?.cacheRead ?? 0 },
      { tokens: cacheWrite, rate: rates?.cacheWrite ?? 0 },
      { tokens: uncachedInput, rate: rates?.uncachedInput ?? 0 },
    ];
  }

  /** What the next tokens of it cost; null where the prices are not known. */
  take(tokens: Tokens): Usd | null {
    if (this.#rates === null) return null;
    let usd = 0;
    let wanted = tokens;
    for (const part of this.#left) {
      if (wanted === 0) break;
      const taken = wanted < part.tokens ? wanted : part.tokens;
      usd += taken * part.rate;
      part.tokens -= taken;
      wanted -= taken;
    }
    return usd;
  }
}
