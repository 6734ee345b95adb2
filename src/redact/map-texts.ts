import { frozenCopy } from "../model/frozen-copy.js";
import type {
  ContentPart,
  LocalFacts,
  Message,
  Note,
  PromptBase,
  Session,
  SkillFacet,
  SkillOnDisk,
  Span,
  TextFacts,
  ToolSpan,
} from "../model/session.js";
import { changedRecord } from "./record-texts.js";

/**
 * What a text of a session is. `words`: what a user or a model wrote, or what a step is known by; `target`: what a call
 * was about; `note`: our own words, with names in them; `label`: a name that an agent's own code gave to something;
 * `id`: joins one thing to another.
 */
export type TextRole =
  | "title"
  | "words"
  | "error"
  | "target"
  | "arguments"
  | "output"
  | "path"
  | "agent"
  | "skill"
  | "tool"
  | "server"
  | "model"
  | "note"
  | "label"
  | "version"
  | "id";

/** Equal texts of one role must become equal texts, or tables and joins would fall apart. */
export type ChangeText = (text: string, role: TextRole) => string;

/**
 * The session with every text changed that comes from its source, and every figure as it was. What holds no text that
 * changed is not copied: long sessions are gone through several times.
 */
export function mapTexts(session: Session, change: ChangeText): Session {
  return changedFields(session, {
    id: change(session.id, "id"),
    parentId: session.parentId && change(session.parentId, "id"),
    title: change(session.title, "title"),
    sourceVersion: session.sourceVersion && change(session.sourceVersion, "version"),
    directory: change(session.directory, "path"),
    messages: changedItems(session.messages, (message) => changedMessage(message, change)),
    counted: changedItems(session.counted, (place) =>
      changedFields(place, { sessionId: change(place.sessionId, "id") }),
    ),
    spans: changedItems(session.spans, (span) => changedSpan(span, change)),
    notes: changedItems(session.notes, (note) => changedNote(note, change)),
    local: session.local && changedLocal(session.local, change),
    telemetry: changedItems(session.telemetry, (record) => changedRecord(record, change)),
    ...(session.baseSizes ? { baseSizes: changedBase(session.baseSizes, change) } : {}),
  });
}

/** A copy with these fields; the object itself where they are as they were. */
function changedFields<T extends object>(object: T, fields: Partial<T>): T {
  for (const name in fields) if (fields[name] !== object[name]) return frozenCopy(object, fields);
  return object;
}

/** A list of what becomes of each; the list itself where they are as they were. */
function changedItems<T>(items: readonly T[], changed: (item: T) => T): readonly T[] {
  const all = items.map(changed);
  return all.every((item, i) => item === items[i]) ? items : all;
}

function changedNote(note: Note, change: ChangeText): Note {
  const text = change(note.text, "note");
  return changedFields(note, note.files ? { text, files: changedPaths(note.files, change) } : { text });
}

function changedPaths(paths: readonly string[], change: ChangeText): readonly string[] {
  return changedItems(paths, (path) => change(path, "path"));
}

function changedLocal({ contextLimits, mcpServers, skills, files }: LocalFacts, change: ChangeText): LocalFacts {
  const limits = Object.entries(contextLimits).map(([model, limit]) => [change(model, "model"), limit] as const);
  return {
    contextLimits: Object.fromEntries(limits),
    mcpServers: mcpServers?.map((server) => change(server, "server")) ?? null,
    skills: skills?.map((skill) => changedSkill(skill, change)) ?? null,
    files: changedPaths(files, change),
  };
}

function changedBase({ systemChars, tools }: PromptBase, change: ChangeText): PromptBase {
  return { systemChars, tools: tools.map(({ tool, chars }) => ({ tool: change(tool, "tool"), chars })) };
}

function changedSkill<T extends SkillFacet | SkillOnDisk>(skill: T, change: ChangeText): T {
  const named = {
    ...("title" in skill ? { title: skill.title && change(skill.title, "words") } : {}),
    name: change(skill.name, "skill"),
    description: skill.description && change(skill.description, "words"),
    folder: skill.folder && change(skill.folder, "path"),
  };
  return changedFields<SkillFacet | SkillOnDisk>(skill, named) as T;
}

function changedMessage(message: Message, change: ChangeText): Message {
  const { compaction } = message;
  const keptFrom = compaction?.keptFrom && change(compaction.keptFrom, "id");
  return changedFields(message, {
    id: change(message.id, "id"),
    sessionId: change(message.sessionId, "id"),
    agent: message.agent && change(message.agent, "agent"),
    model: message.model && change(message.model, "model"),
    text: changedFacts(message.text, "words", change),
    content: changedItems(message.content, (part) => changedContent(part, change)),
    compaction: compaction && changedFields(compaction, { keptFrom: keptFrom ?? null }),
    tools: changedItems(message.tools, (tool) => change(tool, "tool")),
    error: message.error && change(message.error, "error"),
    skill: message.skill && change(message.skill, "skill"),
  });
}

function changedContent(part: ContentPart, change: ChangeText): ContentPart {
  switch (part.kind) {
    case "text":
    case "reasoning":
      return part;
    case "file":
      return changedFields(part, { path: change(part.path, "path") });
    case "media":
      return changedFields(part, { path: part.path && change(part.path, "path") });
    case "tool-call":
      return changedFields(part, { paths: changedPaths(part.paths, change), ...changedCall(part, change) });
    case "tool-result": {
      const { path, skill } = part;
      return changedFields(part, {
        path: path && change(path, "path"),
        skill: skill && change(skill, "skill"),
        ...changedCall(part, change),
      });
    }
  }
}

function changedCall<T extends { readonly tool: string; readonly callId: string }>(
  { tool, callId }: T,
  change: ChangeText,
) {
  return { tool: change(tool, "tool"), callId: change(callId, "id") };
}

function changedSpan(span: Span, change: ChangeText): Span {
  switch (span.kind) {
    case "session":
      return changedFields(span, { name: change(span.name, "title") });
    case "turn":
    case "step":
      return changedFields(span, { name: change(span.name, "words") });
    case "model":
      return changedFields(span, { name: change(span.name, "model"), model: change(span.model, "model") });
    case "subagent":
      return changedFields(span, {
        name: change(span.name, "title"),
        sessionId: change(span.sessionId, "id"),
        agent: span.agent && change(span.agent, "agent"),
        startedBy: span.startedBy && change(span.startedBy, "id"),
      });
    case "tool":
      return changedToolSpan(span, change);
  }
}

function changedToolSpan(span: ToolSpan, change: ChangeText): ToolSpan {
  const { input, output } = span.excerpts;
  return changedFields(span, {
    name: change(span.name, "tool"),
    ...changedCall(span, change),
    target: change(span.target, "target"),
    files: changedItems(span.files, (file) => changedFields(file, { path: change(file.path, "path") })),
    error: span.error && change(span.error, "error"),
    output: span.output && changedFacts(span.output, "output", change),
    excerpts: changedFields(span.excerpts, { input: change(input, "arguments"), output: change(output, "output") }),
    skill: span.skill && changedSkill(span.skill, change),
    learnedFrom: changedItems(span.learnedFrom, (callId) => change(callId, "id")),
  });
}

function changedFacts(facts: TextFacts, role: TextRole, change: ChangeText): TextFacts {
  return changedFields(facts, { firstWords: change(facts.firstWords, role) });
}
