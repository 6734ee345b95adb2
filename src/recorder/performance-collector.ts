import { performanceData } from "../analyze/performance-data.js";
import type { EventMetadata, EventType, PerformanceData, TimedEvent } from "../model/performance-data.js";
import type { Milliseconds } from "../model/units.js";

export type * from "../model/performance-data.js";

export interface CollectorOptions {
  /** A clock that never goes back. Default: `performance.now`. */
  readonly now?: () => Milliseconds;
  /** How many events are kept of a session; default 10,000. Further ones are counted. */
  readonly maxEvents?: number;
}

interface Kept {
  readonly event: Omit<TimedEvent, "endTime" | "duration" | "children">;
  readonly parent: string | null;
  endTime: Milliseconds | null;
}

/** What may lie in what by itself: answers hold tools, tools hold files and requests. */
const DEPTHS: Readonly<Record<EventType, number>> = {
  ai_response: 0,
  user_input: 0,
  tool_execution: 1,
  file_read: 2,
  file_write: 2,
  network_request: 2,
};

/** Collects what an agent's own code tells of a session while it runs. Events may run at the same time. Never throws. */
export class PerformanceCollector {
  readonly #now: () => Milliseconds;
  readonly #maxEvents: number;
  #sessionId = "";
  #startedAt: Milliseconds;
  #kept = new Map<string, Kept>();
  #open = new Map<string, Kept>();
  #started = 0;
  #dropped = 0;

  constructor({ now = () => performance.now(), maxEvents = 10_000 }: CollectorOptions = {}) {
    this.#now = now;
    this.#maxEvents = maxEvents;
    this.#startedAt = now();
  }

  /** Forgets what was collected before. */
  startSession(sessionId: string): void {
    this.#sessionId = sessionId;
    this.#startedAt = this.#now();
    this.#kept = new Map();
    this.#open = new Map();
    this.#dropped = 0;
  }

  /**
   * Returns the event's id, for `endEvent`. It lies in the event `parentId`; without one, in the newest that is open and
   * can hold it: of tools that run at the same time, name the one.
   */
  startEvent(type: EventType, name: string, metadata: EventMetadata = {}, parentId?: string): string {
    const id = `event-${++this.#started}`; // never the same again, so that a late end meets nothing of a new session
    if (this.#kept.size >= this.#maxEvents) {
      this.#dropped++;
      return id;
    }
    const event = { id, type, name, startTime: this.#now() - this.#startedAt, metadata };
    const parent = parentId !== undefined && this.#kept.has(parentId) ? parentId : this.#holderOf(type);
    const kept: Kept = { event, parent, endTime: null };
    this.#kept.set(id, kept);
    this.#open.set(id, kept);
    return id;
  }

  /** In any order. Returns whether the event was open. */
  endEvent(eventId: string): boolean {
    const kept = this.#open.get(eventId);
    if (kept) kept.endTime = this.#now() - this.#startedAt;
    return this.#open.delete(eventId);
  }

  /** What is known by now; it does not change when more is collected. */
  getPerformanceData(): PerformanceData {
    const totalDuration = this.#now() - this.#startedAt;
    const events = new Map<string, TimedEvent & { readonly children: TimedEvent[] }>();
    const outer: TimedEvent[] = [];
    for (const { event, parent, endTime } of this.#kept.values()) {
      const end = endTime ?? totalDuration;
      const timed = { ...event, endTime: end, duration: end - event.startTime, children: [] };
      events.set(event.id, timed);
      (parent === null ? outer : (events.get(parent)?.children ?? outer)).push(timed);
    }
    const given = { sessionId: this.#sessionId, totalDuration, droppedEvents: this.#dropped };
    return performanceData(given, [...events.values()], outer);
  }

  #holderOf(type: EventType): string | null {
    let holder: string | null = null;
    for (const [id, { event }] of this.#open)
      if (DEPTHS[event.type] < DEPTHS[type] && event.type !== "user_input") holder = id;
    return holder;
  }
}
