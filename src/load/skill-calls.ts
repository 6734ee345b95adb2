import { frozenCopy } from "../model/frozen-copy.js";
import type { ContentPart, Session, SkillFacet, Span } from "../model/session.js";
import { isBuiltIn, isSkillTool } from "../report/tool-names.js";

/** Plugins put this before the names of the skills that they make tools of. */
const PREFIX = /^skills?_/;

/**
 * The session with its calls of tools that are called after a skill marked as uses of it. `known`: names of skills beside
 * those that the session loads. OpenCode writes `_` for what may not stand in the name of a tool.
 */
export function withSkillCalls(session: Session, known: readonly string[]): Session {
  const names = byToolName([...known, ...loadedIn(session)]);
  const tools = new Set(session.messages.flatMap(({ tools }) => tools));
  const skills = new Map([...tools].flatMap((tool) => nameOf(tool, names)));
  if (skills.size === 0) return session;
  return Object.freeze({
    ...session,
    spans: Object.freeze(session.spans.map((span) => marked(span, skills))),
    messages: Object.freeze(
      session.messages.map((message) =>
        message.tools.some((tool) => skills.has(tool))
          ? frozenCopy(message, { content: message.content.map((part) => markedContent(part, skills)) })
          : message,
      ),
    ),
  });
}

/** Whether a tool loads a skill, or is called after one of `names`. */
export function isSkillCall(tool: string, names: readonly string[]): boolean {
  return isSkillTool(tool) || nameOf(tool, byToolName(names)).length > 0;
}

function loadedIn({ spans, messages }: Session): string[] {
  const byCall = spans.flatMap((span) => (span.kind === "tool" && span.skill ? [span.skill.name] : []));
  return [...byCall, ...messages.flatMap(({ skill }) => skill ?? [])];
}

function byToolName(names: readonly string[]): ReadonlyMap<string, string> {
  return new Map(names.map((name) => [asToolName(name), name]));
}

function asToolName(name: string): string {
  return name.replace(/[^a-zA-Z0-9]/g, "_").toLowerCase();
}

/** The skill that a tool is called after; none for a tool that comes with the agent, whatever skill has its name. */
function nameOf(tool: string, names: ReadonlyMap<string, string>): [string, string][] {
  if (isBuiltIn(tool)) return [];
  const name = names.get(asToolName(tool)) ?? names.get(asToolName(tool.replace(PREFIX, "")));
  return name === undefined ? [] : [[tool, name]];
}

function marked(span: Span, skills: ReadonlyMap<string, string>): Span {
  if (span.kind !== "tool" || span.skill !== null) return span;
  const name = skills.get(span.tool);
  if (name === undefined) return span;
  const skill: SkillFacet = { name, title: null, description: null, folder: null };
  return frozenCopy(span, { skill });
}

function markedContent(part: ContentPart, skills: ReadonlyMap<string, string>): ContentPart {
  return part.kind === "tool-result" ? { ...part, skill: skills.get(part.tool) ?? part.skill } : part;
}
