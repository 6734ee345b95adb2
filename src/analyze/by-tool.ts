import type { ToolTokensRow } from "../model/report.js";
import type { Session, ToolCallContent, ToolResultContent } from "../model/session.js";
import type { Basis } from "../model/units.js";
import { mcpServerOf } from "../report/tool-names.js";
import { addedUp, type Carried, type CarriedTotals } from "./context/carried.js";
import { roundedUsd } from "./round.js";

/** What a row is about, and how that is known; null for what has no row. */
type Naming = (call: {
  readonly tool: string;
  readonly skill: string | null;
}) => { readonly name: string; readonly basis: Basis } | null;

/** One row a tool, the most carried first. */
export function tokensByTool(session: Session, totals: CarriedTotals): ToolTokensRow[] {
  return grouped(session, totals, ({ tool }) => ({ name: tool, basis: "recorded" }));
}

/** One row an MCP server: the tools that are not the agent's own. */
export function tokensByServer(session: Session, totals: CarriedTotals): ToolTokensRow[] {
  const servers = session.local?.mcpServers ?? null;
  return grouped(session, totals, ({ tool }) => {
    const found = mcpServerOf(tool, servers);
    return found && { name: found.server, basis: found.basis };
  });
}

/** One row a skill that was loaded by a tool call. */
export function tokensBySkill(session: Session, totals: CarriedTotals): ToolTokensRow[] {
  return grouped(session, totals, ({ skill }) => (skill === null ? null : { name: skill, basis: "recorded" }));
}

interface Group {
  readonly basis: Basis;
  calls: number;
  errors: number;
  readonly given: Carried[];
  readonly returned: Carried[];
}

function grouped(session: Session, totals: CarriedTotals, nameOf: Naming): ToolTokensRow[] {
  const skills = skillsOf(session);
  const groups = new Map<string, Group>();
  const groupOf = (tool: string, callId: string): Group | null => {
    const named = nameOf({ tool, skill: skills.get(callId) ?? null });
    if (!named) return null;
    const group = groups.get(named.name) ?? { basis: named.basis, calls: 0, errors: 0, given: [], returned: [] };
    groups.set(named.name, group);
    return group;
  };
  for (const { tool, callId, status } of callsOf(session)) {
    const group = groupOf(tool, callId);
    if (group) group.calls++;
    if (group && status === "error") group.errors++;
  }
  for (const [item, carried] of totals.ofItem) {
    const group = item.tool === null ? null : groupOf(item.tool, item.callId ?? "");
    (item.kind === "tool-call" ? group?.given : group?.returned)?.push(carried);
  }
  return [...groups].map(rowOf).sort((a, b) => b.carriedTokens - a.carriedTokens || (a.name < b.name ? -1 : 1));
}

function rowOf([name, { basis, calls, errors, given, returned }]: [string, Group]): ToolTokensRow {
  const both = addedUp([...given, ...returned]);
  return {
    ...{ name, calls, errors },
    argumentTokens: addedUp(given).contentTokens,
    resultTokens: addedUp(returned).contentTokens,
    carriedTokens: both.carriedTokens,
    costUsd: roundedUsd(both.costUsd),
    basis,
  };
}

function callsOf({ messages }: Session): ToolCallContent[] {
  return messages.flatMap(({ content }) =>
    content.filter((part): part is ToolCallContent => part.kind === "tool-call"),
  );
}

function skillsOf({ messages }: Session): ReadonlyMap<string, string> {
  const results = messages.flatMap(({ content }) =>
    content.filter((part): part is ToolResultContent => part.kind === "tool-result"),
  );
  return new Map(results.flatMap(({ callId, skill }) => (skill === null ? [] : [[callId, skill] as const])));
}
