import type { ContextKind } from "../../model/report.js";
import type { Message, Session } from "../../model/session.js";
import type { Tokens, Usd } from "../../model/units.js";
import type { ContextItem } from "./context-items.js";
import type { ContextCall } from "./context-walk.js";

/** The kinds that are conversation: what was said and asked for, not what tools gave back. */
export const HISTORY: ReadonlySet<ContextKind> = new Set<ContextKind>([
  ...(["user", "assistant", "reasoning", "tool-call", "compaction-summary"] as const),
]);

/** What the prompts of a turn and of all after it held of the conversation from before it. */
export interface HistoryBefore {
  /** Index of the turn in the session's spans. */
  readonly turn: number;
  readonly tokens: Tokens;
  /** null where one of the calls has no known prices. */
  readonly usd: Usd | null;
}

/** Is told of each piece that a prompt holds, by its place among them. */
export type SeesHeld = (place: number, tokens: Tokens, usd: Usd | null) => void;

const NO_TURN = -1;

/**
 * Adds up what a new session at each turn would have spared the calls after it. A piece that came in with one turn and
 * is held in another counts at every turn between: two additions to a row of differences.
 */
export class HistorySums {
  readonly #turns: readonly number[];
  readonly #turnOf: ReadonlyMap<Message, number>;
  readonly #tokens: number[];
  readonly #usd: number[];
  #isPriced = true;
  /** The turns of the pieces that the last call held, in its order; NO_TURN for what is no conversation. */
  #held: readonly ContextItem[] = [];
  #heldTurns: number[] = [];

  constructor(session: Session) {
    this.#turns = session.spans.flatMap(({ kind, parent }, i) => (kind === "turn" && parent === 0 ? [i] : []));
    this.#turnOf = turnsOfMessages(session, this.#turns);
    this.#tokens = this.#turns.map(() => 0);
    this.#usd = this.#turns.map(() => 0);
  }

  /** Who is to see what a call holds; undefined for the calls of subagents, and those outside every turn. */
  visitor({ message, held }: ContextCall): SeesHeld | undefined {
    const turn = this.#turnOf.get(message);
    if (turn === undefined || turn === NO_TURN || message.span === null || message.isCompaction) return undefined;
    const from = this.#turnsOf(held);
    return (place, tokens, usd) => {
      const origin = from[place] as number;
      if (origin === NO_TURN || origin >= turn) return;
      add(this.#tokens, origin, turn, tokens);
      if (usd === null) this.#isPriced = false;
      else add(this.#usd, origin, turn, usd);
    };
  }

  /** In time order, by turn. */
  sums(): HistoryBefore[] {
    let tokens = 0;
    let usd = 0;
    return this.#turns.map((turn, i) => {
      tokens += this.#tokens[i] as number;
      usd += this.#usd[i] as number;
      return { turn, tokens, usd: this.#isPriced ? usd : null };
    });
  }

  #turnsOf(held: readonly ContextItem[]): readonly number[] {
    if (held !== this.#held) this.#heldTurns = [];
    this.#held = held;
    for (let i = this.#heldTurns.length; i < held.length; i++) {
      const { kind, message } = held[i] as ContextItem;
      this.#heldTurns.push(HISTORY.has(kind) ? (this.#turnOf.get(message) ?? NO_TURN) : NO_TURN);
    }
    return this.#heldTurns;
  }
}

/** At the turns after the one, up to and with the other. */
function add(differences: number[], after: number, upTo: number, amount: number): void {
  differences[after + 1] = (differences[after + 1] as number) + amount;
  if (upTo + 1 < differences.length) differences[upTo + 1] = (differences[upTo + 1] as number) - amount;
}

/** The place among the turns of each message of the root session; what has no span belongs to what was before it. */
function turnsOfMessages({ id, messages, spans }: Session, turns: readonly number[]): Map<Message, number> {
  const placeOf = new Map(turns.map((turn, place) => [turn, place]));
  const turnAt = spans.map(() => NO_TURN);
  spans.forEach(({ parent }, i) => {
    turnAt[i] = placeOf.get(i) ?? turnAt[parent] ?? NO_TURN;
  });
  const turnOf = new Map<Message, number>();
  let last = NO_TURN;
  for (const message of messages) {
    if (message.sessionId !== id) continue;
    const own = message.span === null ? NO_TURN : (turnAt[message.span] as number);
    last = Math.max(last, own);
    turnOf.set(message, own === NO_TURN ? last : own);
  }
  return turnOf;
}
