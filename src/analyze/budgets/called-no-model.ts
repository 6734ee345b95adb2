import type { Report } from "../../model/report.js";

/**
 * A session of commands alone, say: that it took nothing is known, and not only recorded nowhere. Of a session without a
 * message, which may have been deleted, nothing is known.
 */
export function calledNoModel({ spans, summary }: Report): boolean {
  return summary.messages > 0 && summary.tokens.total === 0 && !spans.some(({ kind }) => kind === "model");
}

export const NO_MODEL = "no model was called";
