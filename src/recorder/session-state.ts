import type { Bytes, EpochMs, Milliseconds } from "../model/units.js";

/** An instant by both clocks: the wall's, which may be set, and one that never goes back. */
export interface Moment {
  readonly at: EpochMs;
  readonly tick: Milliseconds;
}

/** The answer that is being made. Nothing is kept of an answer that is over. */
export interface OpenStep {
  readonly messageId: string;
  readonly madeTick: Milliseconds;
  attempts: number;
  sentTick: Milliseconds | null;
  firstTick: Milliseconds | null;
  /** When the model was last seen to say something. */
  last: Moment | null;
}

export interface OpenTool {
  readonly tool: string;
  readonly start: Moment;
  readonly inputBytes: Bytes;
  readonly messageId: string | null;
}

export interface OpenPermission {
  readonly permission: string;
  readonly asked: Moment;
  readonly messageId: string | null;
  readonly callId: string | null;
}

/** The size of a tool's definition. */
export interface ToolSize {
  readonly tool: string;
  readonly chars: number;
}

/** What must be known of a session to write its next line. */
export interface SessionState {
  readonly id: string;
  seenTick: Milliseconds;
  /** Whether anything happened since the last sample of memory. */
  isActive: boolean;
  status: string | null;
  step: OpenStep | null;
  compactionId: string | null;
  systemChars: number | null;
  toolSizes: readonly ToolSize[];
  /** Of the sizes that were written last. */
  baseKey: string | null;
  readonly tools: Map<string, OpenTool>;
  readonly permissions: Map<string, OpenPermission>;
}

export interface Limits {
  readonly sessions: number;
  /** Tools, and permissions, that are open in one session. */
  readonly open: number;
  /** After so long without anything a session is forgotten. */
  readonly idleMs: Milliseconds;
  /** The same where a tool runs, or somebody is waited for: people go to bed. */
  readonly waitingMs: Milliseconds;
}

export const LIMITS: Limits = { sessions: 500, open: 200, idleMs: 3_600_000, waitingMs: 86_400_000 };

/** The sessions of which something was seen lately. Whichever is longest unseen goes first. */
export class SessionStates {
  readonly #states = new Map<string, SessionState>();
  readonly #limits: Limits;
  readonly #ended: (state: SessionState) => void;

  /** @param ended Is told of each session that is forgotten, before it is. */
  constructor(limits: Limits, ended: (state: SessionState) => void) {
    this.#limits = limits;
    this.#ended = ended;
  }

  get count(): number {
    return this.#states.size;
  }

  /** The state of a session, which was seen now. */
  seen(id: string, tick: Milliseconds): SessionState {
    const state = this.#states.get(id) ?? newState(id);
    state.seenTick = tick;
    state.isActive = true;
    this.#states.delete(id);
    this.#states.set(id, state);
    if (this.#states.size > this.#limits.sessions) this.forget(this.#states.keys().next().value as string);
    return state;
  }

  /** The same of one that is known already. */
  known(id: string): SessionState | undefined {
    return this.#states.get(id);
  }

  forget(id: string): void {
    const state = this.#states.get(id);
    if (!state) return;
    this.#states.delete(id);
    this.#ended(state);
  }

  forgetIdle(tick: Milliseconds): void {
    for (const state of this.#states.values()) {
      const isWaiting = state.permissions.size + state.tools.size > 0;
      const limitMs = isWaiting ? this.#limits.waitingMs : this.#limits.idleMs;
      if (tick - state.seenTick >= limitMs) this.forget(state.id);
    }
  }

  forgetAll(): void {
    for (const id of [...this.#states.keys()]) this.forget(id);
  }

  /** Sessions in which something happened since this was asked last, the latest first. */
  takeActive(most: number): readonly SessionState[] {
    const active = [...this.#states.values()].filter((state) => state.isActive);
    for (const state of active) state.isActive = false;
    return active.reverse().slice(0, most);
  }
}

/** Adds to a map that is full by leaving out what was added first. */
export function addBounded<Value>(map: Map<string, Value>, key: string, value: Value, most: number): void {
  map.delete(key);
  map.set(key, value);
  if (map.size > most) map.delete(map.keys().next().value as string);
}

function newState(id: string): SessionState {
  return {
    id,
    seenTick: 0,
    isActive: false,
    status: null,
    step: null,
    compactionId: null,
    systemChars: null,
    toolSizes: [],
    baseKey: null,
    tools: new Map(),
    permissions: new Map(),
  };
}
