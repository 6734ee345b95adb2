import type { Message } from "../../model/session.js";
import type { Tokens } from "../../model/units.js";
import { wholeNumbers } from "../round.js";
import type { ContextItem } from "./context-items.js";
import type { ContextCall } from "./context-walk.js";
import { ANYTHING, fitGrowth } from "./fit-growth.js";
import { estimatedTokens, type TokenRates } from "./token-rates.js";

/** What one call's prompt was made of: base, then what is held in its order, then what nothing tells of. They sum to the prompt. */
export interface CallComposition {
  readonly call: ContextCall;
  readonly baseTokens: Tokens;
  /** As long as `call.held`, and like it the list of the context itself: it changes with the next call. */
  readonly heldTokens: readonly Tokens[];
  readonly unattributedTokens: Tokens;
  /** Of results that were replaced by a remark since the call before. */
  readonly prunedTokens: Tokens;
  /** Of what a compaction took out since the call before, in the order of `call.dropped`. */
  readonly droppedTokens: readonly Tokens[];
  /** What is gone without anything that says why. */
  readonly shrunkTokens: Tokens;
}

/** "[Old tool result content cleared]": what stands where a result was. */
const REMARK_TOKENS = 8;
/** What is missing is worth a word from this much on. */
const SHRUNK_SHARE = 0.01;
const SHRUNK_TOKENS = 20;

/** What a session's context is in the tokens of one model, from call to call. A call costs as much as what is new in it. */
export class ModelContext {
  readonly #rates: TokenRates;
  readonly #baseOf = new Map<string | null, Tokens>();
  #unattributed: Tokens = 0;
  /** What is held, as the walk keeps it, and the tokens of each piece of it in the same order; their sum. */
  #held: readonly ContextItem[] = [];
  #tokens: Tokens[] = [];
  #sum: Tokens = 0;
  /** Places of pieces that no call of the model has held yet. */
  #unknown: number[] = [];
  /** Places of pieces that the agent was to replace by a remark. */
  #toPrune: number[] = [];
  /** What was there before a prompt was smaller than all of it and nothing said why: it may come back. */
  #missing: { readonly tokens: readonly Tokens[]; readonly unattributed: Tokens } | null = null;

  constructor(rates: TokenRates) {
    this.#rates = rates;
  }

  compose(call: ContextCall): CallComposition {
    const droppedTokens = call.held === this.#held ? [] : this.#move(call);
    for (let i = this.#tokens.length; i < call.held.length; i++) {
      this.#unknown.push(i);
      this.#tokens.push(0);
    }
    const prunedTokens = this.#prune(call.message);
    const shrunkTokens = this.#addNew(call);
    return {
      call,
      baseTokens: this.#baseOf.get(call.message.agent) as Tokens,
      heldTokens: this.#tokens,
      unattributedTokens: this.#unattributed,
      prunedTokens,
      droppedTokens,
      shrunkTokens: shrunkTokens > Math.max(SHRUNK_TOKENS, SHRUNK_SHARE * call.promptTokens) ? shrunkTokens : 0,
    };
  }

  /** Over to the list that the walk keeps since a compaction. Returns what each dropped piece had. */
  #move({ held, dropped }: ContextCall): Tokens[] {
    const unknown = new Set(this.#unknown);
    const known = new Map(this.#held.slice(0, this.#tokens.length).map((item, i) => [item, i]));
    const tokensOf = (item: ContextItem) => {
      const place = known.get(item);
      return place === undefined || unknown.has(place) ? null : (this.#tokens[place] as Tokens);
    };
    const tokens = held.map(tokensOf);
    const droppedTokens = dropped.map((item) => tokensOf(item) ?? 0);
    this.#held = held;
    this.#unknown = tokens.flatMap((each, i) => (each === null ? [i] : []));
    this.#tokens = tokens.map((each) => each ?? 0);
    this.#sum = this.#tokens.reduce((sum, each) => sum + each, 0);
    this.#toPrune = held.flatMap(({ prunedAt }, i) => (prunedAt === null || tokens[i] === null ? [] : [i]));
    this.#unattributed = 0;
    this.#missing = null;
    return droppedTokens;
  }

  /** Puts what came in since the model's last call at what the growth of the prompt says. Returns what is missing. */
  #addNew({ message, promptTokens, held }: ContextCall): Tokens {
    const places = this.#unknown;
    const estimates = places.map((i) => this.#estimate(held[i] as ContextItem, message));
    const base = this.#baseOf.get(message.agent) ?? firstBase(promptTokens - this.#sum - this.#unattributed, estimates);
    this.#baseOf.set(message.agent, base);
    const growth = () => promptTokens - base - this.#sum - this.#unattributed;
    this.#bringBack(Math.floor(growth() - sumOf(estimates)));
    const { tokens, rest } = fitGrowth(estimates, growth());
    places.forEach((place, i) => {
      this.#tokens[place] = tokens[i] as Tokens;
      this.#sum += tokens[i] as Tokens;
      if (isToBePruned(held[place] as ContextItem, message)) this.#toPrune.push(place);
    });
    this.#unknown = [];
    if (rest >= 0) this.#unattributed += rest;
    else this.#shrink(-rest, places, message.agent);
    return Math.max(0, -rest);
  }

  #estimate(item: ContextItem, message: Message): number | typeof ANYTHING {
    if (item.shape === null) return ANYTHING;
    const isRemark = item.prunedAt !== null && !isToBePruned(item, message);
    return isRemark ? REMARK_TOKENS : estimatedTokens(item, this.#rates);
  }

  /** Returns how much went. */
  #prune(message: Message): Tokens {
    let gone = 0;
    this.#toPrune = this.#toPrune.filter((place) => {
      if (isToBePruned(this.#held[place] as ContextItem, message)) return true;
      gone += Math.max(0, (this.#tokens[place] as Tokens) - REMARK_TOKENS);
      this.#tokens[place] = Math.min(this.#tokens[place] as Tokens, REMARK_TOKENS);
      return false;
    });
    if (gone > 0) this.#missing = null; // what comes back after that cannot be told apart
    this.#sum -= gone;
    return gone;
  }

  /** A prompt that is larger again by more than what came in holds again what it did not hold for a while. */
  #bringBack(room: Tokens): void {
    if (this.#missing === null || room <= 0) return;
    const { tokens, unattributed } = this.#missing;
    const gone = tokens.map((before, i) => Math.max(0, before - (this.#tokens[i] as Tokens)));
    const all = sumOf(gone);
    const back = Math.min(room, all);
    wholeNumbers(gone.map((each) => (all === 0 ? 0 : (each * back) / all))).forEach((each, i) => {
      this.#tokens[i] = (this.#tokens[i] as Tokens) + each;
    });
    this.#sum += back;
    const ofUnattributed = Math.max(0, Math.min(room - back, unattributed - this.#unattributed));
    this.#unattributed += ofUnattributed;
    if (back === all) this.#missing = null;
  }

  /** Takes away what the prompt does not hold: first what nothing tells of, then of all pieces alike, but what is new; base last. */
  #shrink(missing: Tokens, added: readonly number[], agent: string | null): void {
    this.#missing ??= { tokens: [...this.#tokens], unattributed: this.#unattributed };
    const ofUnattributed = Math.min(missing, this.#unattributed);
    this.#unattributed -= ofUnattributed;
    const left = this.#shrinkPieces(missing - ofUnattributed, added);
    const ofBase = this.#shrinkPieces(left, []);
    if (ofBase > 0) this.#baseOf.set(agent, (this.#baseOf.get(agent) as Tokens) - ofBase);
  }

  /** Returns what could not be taken away. */
  #shrinkPieces(missing: Tokens, spared: readonly number[]): Tokens {
    const all = spared.reduce((sum, place) => sum - (this.#tokens[place] as Tokens), this.#sum);
    const taken = Math.min(missing, all);
    if (taken === 0) return missing;
    const shares = this.#tokens.map((each) => (each * taken) / all);
    for (const place of spared) shares[place] = 0;
    const whole = wholeNumbers(shares);
    for (let i = 0; i < whole.length; i++) this.#tokens[i] = (this.#tokens[i] as Tokens) - (whole[i] as Tokens);
    this.#sum -= taken;
    return missing - taken;
  }
}

/** On a new agent or model: what the prompt is beyond what is held. */
function firstBase(room: Tokens, estimates: readonly (number | typeof ANYTHING)[]): Tokens {
  return Math.max(0, Math.round(room - sumOf(estimates)));
}

/** What has no estimate counts as nothing. */
function sumOf(estimates: readonly (number | typeof ANYTHING)[]): number {
  return estimates.reduce<number>((sum, estimate) => sum + (estimate ?? 0), 0);
}

/** Whether a result is still in the prompt of a call as it was. */
function isToBePruned({ prunedAt }: ContextItem, { createdAt }: Message): boolean {
  return prunedAt !== null && prunedAt > createdAt;
}
