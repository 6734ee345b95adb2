import Database from "better-sqlite3";
import { sum } from "simple-statistics";

export interface RowSums {
  readonly messages: number;
  readonly tools: Record<string, number>;
  readonly tokens: Record<"input" | "output" | "reasoning" | "read" | "write", number>;
  readonly cost: number;
}

/** What the rows of a session and its subagents say, added up without any code of ours. */
export function rowSums(path: string, rootId: string): RowSums {
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
