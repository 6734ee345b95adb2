import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { sum } from "simple-statistics";
import type { Recorded } from "./fixtures.js";

export interface RowSums {
  readonly messages: number;
  readonly tools: Record<string, number>;
  readonly tokens: Record<"input" | "output" | "reasoning" | "read" | "write", number>;
  readonly cost: number;
  /** Tokens that were counted for the sessions, but stand in no message. */
  readonly besides: number;
}

interface RawTokens {
  readonly input: number;
  readonly output: number;
  readonly reasoning: number;
  readonly cache: { readonly read: number; readonly write: number };
}
interface Raw {
  /** What counts as a message. */
  readonly messages: number;
  readonly usage: readonly { readonly tokens?: RawTokens | null; readonly cost?: number | null }[];
  readonly tools: readonly string[];
  readonly besides?: number;
}

/** What a recording says of a session and its subagents, added up without any code of ours. */
export function rowSums({ path, kind, generation }: Recorded, rootId: string): RowSums {
  const read = { database: generation === 1 ? tables1 : tables2, storage: files, export: exported, run: printed }[kind];
  const { messages, usage, tools, besides = 0 } = read(path, rootId);
  const total = (field: (tokens: RawTokens) => number) => sum(usage.map(({ tokens }) => (tokens ? field(tokens) : 0)));
  const counts: Record<string, number> = {};
  for (const tool of tools) counts[tool] = (counts[tool] ?? 0) + 1;
  return {
    ...{ messages, tools: counts, besides },
    tokens: {
      input: total((tokens) => tokens.input),
      output: total((tokens) => tokens.output),
      reasoning: total((tokens) => tokens.reasoning),
      read: total((tokens) => tokens.cache.read),
      write: total((tokens) => tokens.cache.write),
    },
    cost: sum(usage.map(({ cost }) => cost ?? 0)),
  };
}

// biome-ignore lint/suspicious/noExplicitAny: whatever was recorded, as it is
type Json = any;
const FAMILY =
  "WITH RECURSIVE family(id) AS (VALUES (?) UNION SELECT s.id FROM session s JOIN family f ON s.parent_id = f.id)";

function tables1(path: string, rootId: string): Raw {
  const db = new Database(path, { readonly: true });
  const rows = (table: string): Json[] =>
    (db.prepare(`${FAMILY} SELECT data FROM ${table} WHERE session_id IN family`).pluck().all(rootId) as string[]).map(
      (json) => JSON.parse(json),
    );
  const raw = generation1(rows("message"), rows("part"));
  db.close();
  return raw;
}

function tables2(path: string, rootId: string): Raw {
  const db = new Database(path, { readonly: true });
  const select = (sql: string): Json[] => db.prepare(`${FAMILY} ${sql}`).all(rootId);
  const rows = select("SELECT type, data FROM session_message WHERE session_id IN family");
  const used = select("SELECT data FROM event WHERE type = 'session.usage.recorded.1' AND aggregate_id IN family").map(
    (row) => JSON.parse(row.data),
  );
  db.close();
  const messages = rows.map((row) => ({ type: row.type, ...JSON.parse(row.data) }));
  return {
    messages: messages.filter(({ type }) => ["user", "assistant", "compaction", "synthetic"].includes(type)).length,
    usage: [...messages, ...used.filter(({ source }) => source === "compaction")],
    tools: messages.flatMap(({ content = [] }) =>
      content.flatMap((item: Json) => (item.type === "tool" ? item.name : [])),
    ),
    besides: sum(
      used
        .filter(({ source }) => source === "title")
        .map(({ tokens }) => tokens.input + tokens.output + tokens.reasoning + tokens.cache.read + tokens.cache.write),
    ),
  };
}

function files(path: string, rootId: string): Raw {
  const all = (folder: string): Json[] =>
    readdirSync(join(path, folder)).map((name) => JSON.parse(readFileSync(join(path, folder, name), "utf8")));
  const messages = all(join("message", rootId));
  return generation1(
    messages,
    messages.flatMap(({ id }) => all(join("part", id))),
  );
}

function exported(path: string): Raw {
  const text = readFileSync(path, "utf8");
  const { messages } = JSON.parse(text.slice(text.indexOf("{")));
  return generation1(
    messages.map(({ info }: Json) => info),
    messages.flatMap(({ parts }: Json) => parts),
  );
}

function printed(path: string): Raw {
  const lines: Json[] = readFileSync(path, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  const ended = lines.flatMap(({ type, part }) => (type === "step_finish" ? [part] : []));
  return {
    messages: new Set(lines.map(({ part }) => part.messageID)).size,
    usage: ended,
    tools: lines.flatMap(({ type, part }) => (type === "tool_use" ? [part.tool] : [])),
  };
}

function generation1(messages: readonly Json[], parts: readonly Json[]): Raw {
  return {
    messages: messages.length,
    usage: messages.filter(({ role }) => role === "assistant"),
    tools: parts.flatMap((part) => (part.type === "tool" ? [part.tool] : [])),
  };
}
