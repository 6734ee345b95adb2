import { group } from "d3";
import { median } from "simple-statistics";
import type { CompositionRow, Remedy } from "../../model/report.js";
import type { Tokens } from "../../model/units.js";
import { formatCompact, formatCount, formatShare, listed, plural } from "../../report/format.js";
import { mcpServerOf } from "../../report/tool-names.js";
import type { SessionFacts } from "../facts/session-facts.js";
import type { Finding, Rule } from "../rule.js";
import type { Limits } from "../thresholds.js";

/** What stands before every conversation, where it is much of all input: instructions, and tools that nobody called. */
export const heavyBase: Rule<"heavy-base"> = {
  id: "heavy-base",
  type: "context",
  title: "Shorten what every prompt begins with",
  why: "The system prompt and the tool definitions are sent with every call, whatever it is about.",
  panel: "composition",
  find(facts, limits) {
    const rows = facts.composition.filter((row) => row.sessionId === facts.session.id && isConversation(row));
    if (rows.length < Math.max(1, limits.fewestCalls)) return [];
    const base = baseIn(rows);
    const unused = unusedServers(facts);
    const chars = definedChars(facts, unused);
    return isHeavy(base, unused.length > 0, limits) ? [finding(base, unused, chars, rows)] : [];
  },
};

/** A compaction's own prompt has no base. */
function isConversation({ parts }: CompositionRow): boolean {
  return parts.every(({ kind }) => kind !== "compaction-input");
}

interface Base {
  /** In the middle of all calls. */
  readonly tokens: Tokens;
  readonly allTokens: Tokens;
  readonly inputTokens: Tokens;
}

function baseIn(rows: readonly CompositionRow[]): Base {
  const all = rows.map(({ parts }) => parts.find(({ kind }) => kind === "base")?.tokens ?? 0);
  return {
    tokens: median(all),
    allTokens: all.reduce((sum, tokens) => sum + tokens, 0),
    inputTokens: rows.reduce((sum, { promptTokens }) => sum + promptTokens, 0),
  };
}

function isHeavy(
  { tokens, allTokens, inputTokens }: Base,
  hasUnused: boolean,
  { baseTokens, baseTokensWithUnused, shareOfInput }: Limits<"heavy-base">,
): boolean {
  return tokens >= (hasUnused ? baseTokensWithUnused : baseTokens) && allTokens >= shareOfInput * inputTokens;
}

/** Servers that the settings turn on, whose tools stood in the prompts as far as a recording says, and that no call was for. */
function unusedServers({ session }: SessionFacts): string[] {
  const known = session.local?.mcpServers ?? [];
  const defined =
    session.baseSizes && new Set(session.baseSizes.tools.map(({ tool }) => mcpServerOf(tool, known)?.server));
  const servers = known.filter((server) => defined?.has(server) ?? true);
  if (servers.length === 0) return [];
  const tools = new Set(session.messages.flatMap((message) => message.tools));
  const used = new Set([...tools].map((tool) => mcpServerOf(tool, servers)?.server));
  return servers.filter((server) => !used.has(server));
}

/** How long the definitions of the servers' tools were; null where no recording says. */
function definedChars({ session: { local, baseSizes } }: SessionFacts, servers: readonly string[]): number | null {
  if (!baseSizes) return null;
  const isOfOne = (tool: string) => servers.includes(mcpServerOf(tool, local?.mcpServers ?? null)?.server ?? "");
  return baseSizes.tools.reduce((sum, { tool, chars }) => (isOfOne(tool) ? sum + chars : sum), 0);
}

function finding(
  base: Base,
  unused: readonly string[],
  unusedChars: number | null,
  rows: readonly CompositionRow[],
): Finding {
  const share = formatShare(base.allTokens / base.inputTokens);
  const tokens = formatCompact(base.tokens);
  const turnOff = { title: "Turn off servers that are not used", ...(unusedChars === null ? { caveat: AS_NOW } : {}) };
  return {
    ...(unused.length > 0 ? turnOff : {}),
    message: `The system prompt and the tool definitions took ${tokens} tokens of every call, ${share} of all input.${aboutUnused(unused, unusedChars)}`,
    evidence: firstOfEach(rows),
    affected: rows.length,
    affectedNoun: "call",
    savings: {},
    basis: "derived",
    formula: `what the prompts of ${plural(rows.length, "call")} held before any conversation: ${formatCompact(base.allTokens)} of ${formatCompact(base.inputTokens)} tokens, median ${tokens}; how much of it can be spared is not recorded, so nothing is claimed`,
    apply: unused.length > 0 ? [turnedOff(unused), SHORTEN] : [SHORTEN],
  };
}

function aboutUnused(servers: readonly string[], chars: number | null): string {
  if (servers.length === 0) return "";
  const take = servers.length === 1 ? "it takes" : "they take";
  const said = chars === null ? `what ${take} of it is not recorded` : `${take} ${formatCount(chars)} characters of it`;
  return ` No call was for ${listed(servers)}, whose tools stand in every prompt; ${said}.`;
}

const AS_NOW = "The settings are those of now: when the session ran, other servers may have been on.";

/** The first call of each agent and model: each has a base of its own. */
function firstOfEach(rows: readonly CompositionRow[]): number[] {
  const first = [...group(rows, ({ agent, model }) => [agent, model].join("\n")).values()].map(([row]) => row);
  return first.flatMap((row) => (row && row.spanId !== null ? [row.spanId] : []));
}

function turnedOff(servers: readonly string[]): Remedy {
  const mcp = Object.fromEntries(servers.map((server) => [server, { enabled: false }]));
  return { label: "opencode.json", text: JSON.stringify({ mcp }, null, 2) };
}

const SHORTEN: Remedy = {
  label: "Prompt",
  text: "Shorten AGENTS.md to what nearly every task needs: commands, layout, rules that are often broken. Move the rest into files of its own, and name in one line each when to read them.",
};
