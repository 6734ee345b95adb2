import type { ToolPart } from "./json-1.js";
import type { ToolItem } from "./json-2.js";

/** A tool call in the words of generation 1, so that one place says what a call was about. */
export function toolPart({ id, name, state, time }: ToolItem): ToolPart {
  const error = state.error && { type: state.error.type ?? "", message: state.error.message ?? "" };
  const metadata = error ? { ...state.metadata, errorType: error.type } : state.metadata;
  return {
    type: "tool",
    tool: name,
    callID: id,
    state: {
      status: state.status === "streaming" ? "pending" : state.status,
      input: state.input,
      output: state.content === undefined ? undefined : textOf(state.content),
      error: error?.message,
      title: undefined,
      metadata,
      time: { start: time.ran ?? time.created, end: time.completed ?? null, compacted: undefined },
      attachments: state.content?.flatMap((item) => mediaOf(item)),
    },
  };
}

/** What a result holds beside text. */
function mediaOf(item: unknown): { mime: string }[] {
  const { type, mime } = (item ?? {}) as { type?: unknown; mime?: unknown };
  return type === "file" ? [{ mime: typeof mime === "string" ? mime : "" }] : [];
}

function textOf(content: readonly unknown[]): string {
  return content
    .map((item) => (item as { text?: unknown } | null)?.text)
    .filter((text) => typeof text === "string")
    .join("");
}
