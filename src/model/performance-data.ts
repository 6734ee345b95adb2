import type { Milliseconds } from "./units.js";

export type EventType =
  | "ai_response"
  | "tool_execution"
  | "file_read"
  | "file_write"
  | "network_request"
  | "user_input";

export interface EventMetadata {
  readonly tokens?: { readonly input: number; readonly output: number };
  readonly model?: string;
  readonly costUsd?: number;
  readonly toolName?: string;
  readonly args?: unknown;
  readonly filePath?: string;
  /** In bytes. */
  readonly fileSize?: number;
}

/** Times are milliseconds from the session's start. One that goes on ends, for now, when the data was asked for. */
export interface TimedEvent {
  readonly id: string;
  readonly type: EventType;
  readonly name: string;
  readonly startTime: Milliseconds;
  readonly endTime: Milliseconds;
  readonly duration: Milliseconds;
  readonly children: readonly TimedEvent[];
  readonly metadata: EventMetadata;
}

export interface SlowOperation {
  readonly event: TimedEvent;
  /** 1 for the slowest. */
  readonly rank: number;
  readonly suggestion?: string;
}

export interface OptimizationSuggestion {
  readonly id: string;
  readonly type: "model" | "batching" | "prompting" | "context";
  readonly title: string;
  readonly description: string;
  /** Worked out from the events: `at most -40% time`. */
  readonly estimatedSaving: string;
  /** Ids of events. */
  readonly affectedEvents: readonly string[];
}

/** What a collector saw of one session. */
export interface PerformanceData {
  readonly sessionId: string;
  readonly totalDuration: Milliseconds;
  /** Answers, without what tools and requests took in them: no millisecond is in two of the three times. */
  readonly aiThinkingTime: Milliseconds;
  /** Tools and files, without their requests. What ran at the same time counts once. */
  readonly toolExecutionTime: Milliseconds;
  readonly networkTime: Milliseconds;
  readonly totalTokens: number;
  /** In USD: the sum of what events say. */
  readonly totalCost: number;
  /** Answers. */
  readonly messageCount: number;
  readonly toolCallCount: number;
  /** Those that lie in no other; the others are among their children. */
  readonly events: readonly TimedEvent[];
  readonly slowestOperations: readonly SlowOperation[];
  readonly suggestions: readonly OptimizationSuggestion[];
  /** Events that were beyond the collector's limit, and are in none of the figures. */
  readonly droppedEvents: number;
}
