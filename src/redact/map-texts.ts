import type { ContentPart, LocalFacts, Message, Session, Span, TextFacts } from "../model/session.js";

type Change = (text: string) => string;

/** The session with every text that a user, a model or a tool wrote changed, and every figure as it was. */
export function mapTexts(session: Session, change: Change): Session {
  return Object.freeze({
    ...session,
    title: change(session.title),
    directory: change(session.directory),
    messages: session.messages.map((message) => changedMessage(message, change)),
    spans: session.spans.map((span) => changedSpan(span, change)),
    notes: session.notes.map((note) => ({ ...note, text: change(note.text) })),
    local: session.local && changedLocal(session.local, change),
  });
}

function changedLocal(local: LocalFacts, change: Change): LocalFacts {
  return {
    ...local,
    mcpServers: local.mcpServers?.map(change) ?? null,
    files: local.files.map(change),
  };
}

function changedMessage(message: Message, change: Change): Message {
  return Object.freeze({
    ...message,
    text: changedFacts(message.text, change),
    content: message.content.map((part) => changedContent(part, change)),
    error: message.error && change(message.error),
  });
}

function changedContent(part: ContentPart, change: Change): ContentPart {
  if (part.kind === "tool-call") return { ...part, paths: part.paths.map(change) };
  if (part.kind === "file") return { ...part, path: change(part.path) };
  if (part.kind === "media" || part.kind === "tool-result") return { ...part, path: part.path && change(part.path) };
  return part;
}

function changedSpan(span: Span, change: Change): Span {
  const name = change(span.name);
  if (span.kind !== "tool") return Object.freeze({ ...span, name });
  return Object.freeze({
    ...span,
    name,
    target: change(span.target),
    files: span.files.map((file) => ({ ...file, path: change(file.path) })),
    error: span.error && change(span.error),
    output: span.output && changedFacts(span.output, change),
    excerpts: { input: change(span.excerpts.input), output: change(span.excerpts.output) },
  });
}

function changedFacts(facts: TextFacts, change: Change): TextFacts {
  return { ...facts, firstWords: change(facts.firstWords) };
}
