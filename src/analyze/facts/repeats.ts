import { rollup } from "d3";
import { isEdit } from "../../report/tool-names.js";
import { type RepeatedRead, repeatedReads as repeatsIn } from "../file-access.js";
import type { SessionFacts } from "./session-facts.js";
import type { ToolCall } from "./steps.js";

/** A call that brought in nothing but what had been there before. */
export interface Repeat {
  readonly call: ToolCall;
  readonly paths: readonly string[];
  readonly earlier: RepeatedRead["earlier"];
}

/** The calls that did so, in pre-order. */
export function repeatedCalls({ session, tools }: SessionFacts): Repeat[] {
  const byMessage = rollup(
    repeatsIn(session),
    (all) => all,
    ({ message }) => message,
    ({ callId }) => callId,
  );
  const failures = new FailedEdits();
  return tools.flatMap((call): Repeat[] => {
    const repeats = byMessage.get(call.message)?.get(call.span.callId) ?? [];
    const [first] = repeats;
    const isMending = failures.isFollowedBy(call);
    const isAll = repeats.length === filesGivenBy(call) && repeats.every(({ earlier }) => earlier === first?.earlier);
    return first && isAll && !isMending
      ? [{ call, paths: repeats.map(({ path }) => path), earlier: first.earlier }]
      : [];
  });
}

/** Whoever looks again at a file since an edit did not fit, mends that edit: another rule speaks of it. */
class FailedEdits {
  readonly #open = new Set<string>();

  /** Is asked of every call, in time order. */
  isFollowedBy({ span, message }: ToolCall): boolean {
    const places = span.files.map(({ path }) => `${message.sessionId}\n${path}`);
    if (isEdit(span.tool)) {
      for (const place of places) if (span.status === "error") this.#open.add(place);
      return false;
    }
    const mended = places.filter((place) => this.#open.delete(place));
    return mended.length > 0;
  }
}

function filesGivenBy({ message, span }: ToolCall): number {
  return message.content.filter(
    (part) => part.kind === "tool-result" && part.callId === span.callId && part.path !== null && !part.isExtra,
  ).length;
}
