import type { EventType, PerformanceData, SlowOperation, TimedEvent } from "../model/performance-data.js";
import type { Interval, Milliseconds } from "../model/units.js";
import { formatCount } from "../report/format.js";
import { eventSuggestions, isLargeOutput } from "./event-suggestions.js";
import { unionMs } from "./union.js";

type Given = Pick<PerformanceData, "sessionId" | "totalDuration" | "droppedEvents">;

/** What is said of a session by its events: all of them in order of start, and those that lie in no other. */
export function performanceData(
  given: Given,
  all: readonly TimedEvent[],
  outer: readonly TimedEvent[],
): PerformanceData {
  return {
    ...given,
    ...times(all),
    totalTokens: sum(all.map(({ metadata: { tokens } }) => (tokens ? tokens.input + tokens.output : 0))),
    totalCost: sum(all.map(({ metadata }) => metadata.costUsd ?? 0)),
    messageCount: ofTypes(all, "ai_response").length,
    toolCallCount: ofTypes(all, "tool_execution").length,
    events: outer,
    slowestOperations: slowest(all),
    suggestions: eventSuggestions(all, given.totalDuration),
  };
}

/** Each millisecond counts for the innermost: a request in a tool in an answer is network. */
function times(all: readonly TimedEvent[]) {
  const network = intervals(all, "network_request");
  const tools = [...network, ...intervals(all, "tool_execution", "file_read", "file_write")];
  const answers = [...tools, ...intervals(all, "ai_response")];
  const [networkTime, toTools, toAnswers] = [unionMs(network), unionMs(tools), unionMs(answers)];
  return { aiThinkingTime: toAnswers - toTools, toolExecutionTime: toTools - networkTime, networkTime };
}

function intervals(all: readonly TimedEvent[], ...types: EventType[]): Interval[] {
  return ofTypes(all, ...types).map(({ startTime, endTime }) => ({ startAt: startTime, endAt: endTime }));
}

function ofTypes(all: readonly TimedEvent[], ...types: EventType[]): TimedEvent[] {
  return all.filter(({ type }) => types.includes(type));
}

const SLOWEST = 5;

/** Waiting for a person is no operation. Of equally slow ones the first comes first. */
function slowest(all: readonly TimedEvent[]): SlowOperation[] {
  const operations = all.filter(({ type }) => type !== "user_input");
  const sorted = operations.sort((a, b) => b.duration - a.duration).slice(0, SLOWEST);
  return sorted.map((event, i) => ({ event, rank: i + 1, ...note(event) }));
}

function note(event: TimedEvent): Pick<SlowOperation, "suggestion"> {
  const { output = 0 } = event.metadata.tokens ?? {};
  return isLargeOutput(event)
    ? { suggestion: `Large output (${formatCount(output)} tokens): ask for it in parts.` }
    : {};
}

function sum(values: readonly number[]): Milliseconds {
  return values.reduce((total, value) => total + value, 0);
}
