import { group } from "d3";
import { medianSorted, sum } from "simple-statistics";
import { analyze } from "../../src/analyze/index.js";
import type { Message, Session } from "../../src/model/session.js";
import type { TokenUsage } from "../../src/model/units.js";

/** What `opencode stats --models --tools` would print of these sessions, in its own format. */
export interface Stats {
  readonly overview: Readonly<Record<string, string>>;
  readonly models: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly tools: Readonly<Record<string, number>>;
}

/** Releases up to 1.3.2 count reasoning inside output, and print it so. */
export function countsReasoningInside(version: string): boolean {
  return /^v?1\.[0-3]\./.test(version);
}

export function statsOf(sessions: readonly Session[], reasoningIsInside: boolean): Stats {
  const messages = sessions.flatMap((session) => session.messages);
  const total = (field: keyof TokenUsage) => sum(messages.map((message) => message.tokens?.[field] ?? 0));
  const perSession = sessionTotals(messages);
  const overview = {
    Sessions: String(perSession.length),
    Messages: String(messages.length),
    "Total Cost": `$${sum(sessions.map((session) => analyze(session, "test").summary.costUsd ?? 0)).toFixed(2)}`,
    "Avg Tokens/Session": short(sum(perSession) / perSession.length),
    "Median Tokens/Session": short(medianSorted(perSession)),
    Input: short(total("uncachedInput")),
    Output: short(total("output") + (reasoningIsInside ? total("reasoning") : 0)),
    "Cache Read": short(total("cacheRead")),
    "Cache Write": short(total("cacheWrite")),
  };
  return { overview, models: modelFigures(sessions), tools: toolCounts(sessions) };
}

/** Tokens of each single session, smallest first. */
function sessionTotals(messages: readonly Message[]): number[] {
  const totals = new Map<string, number>();
  for (const { sessionId, tokens } of messages) {
    const own = tokens ? sum(Object.values(tokens)) : 0;
    totals.set(sessionId, (totals.get(sessionId) ?? 0) + own);
  }
  return [...totals.values()].sort((a, b) => a - b);
}

/** `opencode stats` writes reasoning into the output of a model. */
function modelFigures(sessions: readonly Session[]): Record<string, Record<string, string>> {
  const answers = sessions.flatMap((session) => session.messages).filter((message) => message.model !== null);
  const names = [...new Set(answers.map((message) => message.model as string))];
  return Object.fromEntries(
    names.map((model) => {
      const own = answers.filter((message) => message.model === model);
      const total = (...fields: (keyof TokenUsage)[]) =>
        short(sum(fields.flatMap((field) => own.map((message) => message.tokens?.[field] ?? 0))));
      return [
        model,
        {
          Messages: String(own.length),
          "Input Tokens": total("uncachedInput"),
          "Output Tokens": total("output", "reasoning"),
          "Cache Read": total("cacheRead"),
          "Cache Write": total("cacheWrite"),
          Cost: `$${costAsAdded(own).toFixed(4)}`,
        },
      ];
    }),
  );
}

/** OpenCode adds session by session, without a care for rounding: the last digit of a half depends on it. */
function costAsAdded(messages: readonly Message[]): number {
  const bySession = group(messages, ({ sessionId }) => sessionId);
  return [...bySession.values()].flat().reduce((all, { costUsd }) => all + (costUsd ?? 0), 0);
}

function toolCounts(sessions: readonly Session[]): Record<string, number> {
  const counts: Record<string, number> = {};
  const calls = sessions.flatMap((session) => session.messages).flatMap((message) => message.tools);
  for (const tool of calls) counts[tool] = (counts[tool] ?? 0) + 1;
  return counts;
}

/** OpenCode's own way to write a number. */
function short(value: number): string {
  if (value >= 1_000_000) return `${(value / 1_000_000).toFixed(1)}M`;
  return value >= 1_000 ? `${(value / 1_000).toFixed(1)}K` : String(value);
}

/** Reads what `opencode stats --models --tools` printed. */
export function printedStats(text: string): Stats {
  const lines = text.split("\n").flatMap((line) => /│\s?(.*?)\s*│/.exec(line)?.[1] ?? []);
  const overview: Record<string, string> = {};
  const models: Record<string, Record<string, string>> = {};
  const tools: Record<string, number> = {};
  let model: string | null = null;
  for (const line of lines) {
    const tool = /^(\S+)\s+█*\s+(\d+) \([ \d.]+%\)$/.exec(line);
    const pair = /^\s*(\S.*?)\s{2,}(\S+)$/.exec(line);
    if (tool) tools[tool[1] as string] = Number(tool[2]);
    else if (/^\S+\/\S+$/.test(line)) model = line;
    else if (pair && model) models[model] = { ...models[model], [pair[1] as string]: pair[2] as string };
    else if (pair) overview[pair[1] as string] = pair[2] as string;
  }
  return { overview, models, tools };
}

/** Reads what `sessionflame stats` printed: its first column of figures, or the second. */
export function shownStats(text: string, column: "as OpenCode" | "without copies" = "as OpenCode"): Stats {
  const overview: Record<string, string> = {};
  const models: Record<string, Record<string, string>> = {};
  const tools: Record<string, number> = {};
  const [totals = "", toolTable = ""] = text.split(/^(?=TOOL )/m);
  let model: Record<string, string> | null = null;
  for (const line of totals.split("\n").slice(1)) {
    const [, label = "", all = "", own = ""] = /^\s*(\S.*?)(?:\s{2,}(\S+)\s+(\S+))?$/.exec(line) ?? [];
    if (label === "") continue;
    if (all === "") models[label] = model = {};
    else (model ?? overview)[label] = column === "as OpenCode" ? all : own;
  }
  for (const line of toolTable.split("\n").slice(1, -1)) {
    const [tool = "", calls, , own] = line.split(/\s{2,}/);
    tools[tool] = Number(column === "as OpenCode" ? calls : own);
  }
  return { overview, models, tools };
}
