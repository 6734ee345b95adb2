import Database from "better-sqlite3";
import { medianSorted, sum } from "simple-statistics";
import { describe, expect, test } from "vitest";
import { analyze } from "../../src/analyze/index.js";
import type { Message, Session } from "../../src/model/session.js";
import type { TokenUsage } from "../../src/model/units.js";
import { loadRoots, RECORDED, SCENARIOS } from "../support/fixtures.js";

interface Rows {
  readonly messages: number;
  readonly tools: Record<string, number>;
  readonly tokens: Record<"input" | "output" | "reasoning" | "read" | "write", number>;
  readonly cost: number;
}

/** What the rows of a session and its subagents say, added up without any code of ours. */
function rowsOf(path: string, rootId: string): Rows {
  const db = new Database(path, { readonly: true });
  const family = `WITH RECURSIVE family(id) AS (VALUES (?) UNION SELECT s.id FROM session s JOIN family f ON s.parent_id = f.id)`;
  const messages = db
    .prepare(`${family} SELECT data FROM message WHERE session_id IN family`)
    .pluck()
    .all(rootId) as string[];
  const parts = db
    .prepare(`${family} SELECT data FROM part WHERE session_id IN family`)
    .pluck()
    .all(rootId) as string[];
  db.close();
  const tools: Record<string, number> = {};
  for (const part of parts.map((json) => JSON.parse(json)))
    if (part.type === "tool") tools[part.tool] = (tools[part.tool] ?? 0) + 1;
  const answers = messages.map((json) => JSON.parse(json)).filter((message) => message.role === "assistant");
  const total = (
    field: (tokens: {
      input: number;
      output: number;
      reasoning: number;
      cache: { read: number; write: number };
    }) => number,
  ) => sum(answers.map((message) => (message.tokens ? field(message.tokens) : 0)));
  return {
    messages: messages.length,
    tools,
    tokens: {
      input: total((tokens) => tokens.input),
      output: total((tokens) => tokens.output),
      reasoning: total((tokens) => tokens.reasoning),
      read: total((tokens) => tokens.cache.read),
      write: total((tokens) => tokens.cache.write),
    },
    cost: sum(answers.map((message) => message.cost ?? 0)),
  };
}

/** Releases up to 1.3.2 count reasoning inside output. */
const countsReasoningInside = (name: string) => /^(1\.2|1\.3|v1\.2|v1\.3)/.test(name);

describe.each(RECORDED)("$name", ({ name, db }) => {
  test("every session: the ledger sums to the wall time, figures equal the sums of the rows", async () => {
    const sessions = await loadRoots(db);
    expect(sessions.length).toBeGreaterThan(0);
    for (const session of sessions) {
      const { summary, time, tokens } = analyze(session, "test");
      const rows = rowsOf(db, session.id);
      expect(sum(time.ledger.map((row) => row.ms))).toBe(summary.wallMs);
      expect(summary.messages).toBe(rows.messages);
      expect(summary.toolCalls).toBe(sum(Object.values(rows.tools)));
      expect(summary.tokens).toMatchObject({
        uncachedInput: rows.tokens.input,
        cacheRead: rows.tokens.read,
        cacheWrite: rows.tokens.write,
      });
      const { output, reasoning } = summary.tokens;
      expect(reasoning).toBe(rows.tokens.reasoning);
      expect(countsReasoningInside(name) ? output + reasoning : output).toBe(rows.tokens.output);
      expect(summary.costUsd ?? 0).toBeCloseTo(rows.cost, 9);
      expect(sum(tokens.byMessage.map((row) => row.tokens?.total ?? 0))).toBe(summary.tokens.total);
      expect(sum(tokens.byModel.map((row) => row.tokens.total))).toBe(summary.tokens.total);
    }
  });

  test("children lie inside their parents, ids are unique, messages are in order", async () => {
    for (const { spans, messages, notes } of await loadRoots(db)) {
      expect(notes.map((note) => note.text).filter((text) => text.includes("reached outside"))).toEqual([]);
      expect(spans[0]?.kind).toBe("session");
      expect(new Set(messages.map((message) => message.id)).size).toBe(messages.length);
      expect(messages.map((message) => message.number)).toEqual(messages.map((_, i) => i + 1));
      for (const message of messages) expect(message.span === null || message.span < spans.length).toBe(true);
    }
  });
});

describe.each(RECORDED.filter(({ stats }) => stats !== null))("$name", ({ name, db, stats }) => {
  test("equals what `opencode stats` printed, in its own format", async () => {
    const printed = printedStats(stats ?? "");
    const sessions = await loadRoots(db);
    const messages = sessions.flatMap((session) => session.messages);
    const total = (field: keyof TokenUsage) => sum(messages.map((message) => message.tokens?.[field] ?? 0));
    const outputLine = total("output") + (countsReasoningInside(name) ? total("reasoning") : 0);
    const perSession = sessionTotals(messages);
    expect(printed.overview).toMatchObject({
      Sessions: String(perSession.length),
      Messages: String(messages.length),
      "Total Cost": `$${sum(sessions.map((session) => analyze(session, "test").summary.costUsd ?? 0)).toFixed(2)}`,
      "Avg Tokens/Session": short(sum(perSession) / perSession.length),
      "Median Tokens/Session": short(medianSorted(perSession)),
      Input: short(total("uncachedInput")),
      Output: short(outputLine),
      "Cache Read": short(total("cacheRead")),
      "Cache Write": short(total("cacheWrite")),
    });
    expect(modelFigures(sessions)).toEqual(printed.models);
    expect(toolCounts(sessions)).toEqual(printed.tools);
  });
});

test("the sessions of the scenarios equal what `opencode stats` printed of them", async () => {
  const sessions = await loadRoots(SCENARIOS);
  const messages = sessions.flatMap((session) => session.messages);
  const perSession = sessionTotals(messages);
  const total = (field: keyof TokenUsage) => short(sum(messages.map((message) => message.tokens?.[field] ?? 0)));
  expect([perSession.length, messages.length]).toEqual([13, 44]);
  expect([total("uncachedInput"), total("output"), total("cacheRead")]).toEqual(["38.0K", "1.2K", "105.5K"]);
  expect([short(sum(perSession) / 13), short(medianSorted(perSession))]).toEqual(["11.1K", "320"]);
  expect(modelFigures(sessions)).toEqual({
    "mock/m1": expect.objectContaining({ Messages: "27", "Output Tokens": "1.3K", Cost: "$0.1656" }),
  });
  expect(toolCounts(sessions)).toEqual({
    read: 7,
    bash: 7,
    glob: 3,
    edit: 3,
    grep: 3,
    task: 3,
    write: 3,
    todowrite: 3,
    skill: 3,
  });
});

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
          Cost: `$${sum(own.map((message) => message.costUsd ?? 0)).toFixed(4)}`,
        },
      ];
    }),
  );
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

function printedStats(text: string) {
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
