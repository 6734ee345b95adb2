import { frozenCopy } from "../model/frozen-copy.js";
import type { Session, Span, ToolSpan } from "../model/session.js";

/** What of a call a reader sees first. */
type CallName = Pick<ToolSpan, "tool" | "target">;

/**
 * The session with its calls renamed, also where a message or a turn is known by the call that it is: a step by its
 * first call (`read src/a.ts`), the turn of a person's command by that (`!npm test`). There the tool is renamed too; of
 * the call itself it is not.
 */
export function withRenamedCalls(session: Session, renamed: (call: ToolSpan) => CallName): Session {
  const known = new Map<string, string>();
  const spans = session.spans.map((span) => {
    if (span.kind !== "tool") return span;
    const { tool, target } = renamed(span);
    known.set(callName(span), callName({ tool, target }));
    if (span.target !== "") known.set(`!${span.target}`, `!${target}`);
    return frozenCopy(span, { target });
  });
  const words = (text: string) => known.get(text) ?? text;
  return {
    ...session,
    spans: spans.map((span) => (hasWords(span) ? frozenCopy(span, { name: words(span.name) }) : span)),
    messages: session.messages.map((message) => {
      const isCall = message.text.chars === 0;
      return isCall ? { ...message, text: { ...message.text, firstWords: words(message.text.firstWords) } } : message;
    }),
  };
}

/** What a step without words is known by. */
export function callName({ tool, target }: CallName): string {
  return `${tool} ${target}`.trim();
}

/** What a call on files was about: the first of them, and how many others there are. */
export function fileTarget(paths: readonly [string, ...string[]]): string {
  return paths.length === 1 ? paths[0] : `${paths[0]} and ${paths.length - 1} more`;
}

function hasWords({ kind }: Span): boolean {
  return kind === "turn" || kind === "step";
}
