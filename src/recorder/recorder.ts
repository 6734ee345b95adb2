import { baseChange, systemSeen, ToolSizes } from "./base-lines.js";
import { EVENTS, eventSession } from "./events.js";
import { field, idAt, nameAt } from "./fields.js";
import { type Pen, putMemory, type Surroundings } from "./pen.js";
import { permissionsLeft } from "./permission-lines.js";
import { LIMITS, type Limits, type SessionState, SessionStates } from "./session-state.js";
import { statusChange } from "./status-lines.js";
import { agentOf, purposeOf, requestSent, stepOver } from "./step-lines.js";
import { toolEnded, toolStarts } from "./tool-lines.js";

/** Of so many sessions at most is memory written in one go. */
const MOST_SAMPLED = 20;

/** Turns what OpenCode tells a plugin into lines of recordings. Has no clock, no file and no timer of its own. */
export class Recorder {
  readonly #world: Surroundings;
  readonly #limits: Limits;
  readonly #states: SessionStates;
  readonly #toolSizes = new ToolSizes();

  constructor(world: Surroundings, limits: Limits = LIMITS) {
    this.#world = world;
    this.#limits = limits;
    this.#states = new SessionStates(limits, (state) => this.#ended(state));
  }

  /** How many sessions are kept in mind. */
  get sessionCount(): number {
    return this.#states.count;
  }

  /** The hook `event`: its type and its properties. */
  event(type: unknown, properties: unknown): void {
    const reaction = typeof type === "string" ? EVENTS.get(type) : undefined;
    if (type === "session.deleted") this.#deleted(idAt(properties, "info", "id") ?? eventSession(properties));
    else if (reaction) this.#seen(eventSession(properties), (pen) => reaction(pen, properties, this.#limits));
  }

  /** The hook `chat.headers`. */
  headers(input: unknown): void {
    this.#seen(idAt(input, "sessionID"), (pen) => {
      if (purposeOf(agentOf(input)) === "answer") baseChange(pen);
      requestSent(pen, input);
    });
  }

  /** The hook `tool.execute.before`. */
  toolStarts(input: unknown, output: unknown): void {
    this.#seen(idAt(input, "sessionID"), (pen) => toolStarts(pen, input, output, this.#limits));
  }

  /** The hook `tool.execute.after`. */
  toolEnded(input: unknown, output: unknown): void {
    this.#seen(idAt(input, "sessionID"), (pen) => toolEnded(pen, input, output));
  }

  /** The hook `tool.definition`. */
  toolNamed(input: unknown, output: unknown): void {
    if (nameAt(input, "toolID") !== null) this.#toolSizes.name(input, output);
  }

  /** The hook `experimental.chat.messages.transform`: what a session's prompt will hold. */
  messages(output: unknown): void {
    this.#seen(idAt(field(output, "messages", "0"), "info", "sessionID"), ({ state }) => {
      state.toolSizes = this.#toolSizes.take();
    });
  }

  /** The hook `experimental.chat.system.transform`. */
  system(input: unknown, output: unknown): void {
    this.#seen(idAt(input, "sessionID"), ({ state }) => systemSeen(state, output));
  }

  /** To be called now and then: samples memory, and forgets sessions of which nothing was heard for long. */
  pulse(): void {
    const active = this.#states.takeActive(MOST_SAMPLED);
    const sample = active.length > 0 ? this.#world.memory() : null;
    if (sample) for (const state of active) putMemory({ ...this.#pen(state), memory: () => sample });
    this.#states.forgetIdle(this.#world.now().tick);
  }

  /** Nothing more will come. */
  dispose(): void {
    this.#states.forgetAll();
  }

  #seen(id: string | null, then: (pen: Pen) => void): void {
    if (id === null || !this.#world.mayRecord(id)) return;
    const { now, write, memory } = this.#world;
    const moment = now();
    then({ now: moment, state: this.#states.seen(id, moment.tick), write, memory });
  }

  #deleted(id: string | null): void {
    const state = id === null ? undefined : this.#states.known(id);
    if (!state) return;
    statusChange(this.#pen(state), "deleted");
    this.#states.forget(state.id);
  }

  #ended(state: SessionState): void {
    const pen = this.#pen(state);
    permissionsLeft(pen);
    stepOver(pen, false);
    this.#world.close(state.id);
  }

  #pen(state: SessionState): Pen {
    const { now, write, memory } = this.#world;
    return { now: now(), state, write, memory };
  }
}
