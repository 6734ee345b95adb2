import type { Report } from "../../model/report.js";
import { formatInstant } from "../../report/format.js";
import { OUTCOME_LABELS } from "./labels.js";

/** Under the title: what recorded the session, which models, when, and how it ended. */
export function metaLine({ session, summary, tokens }: Report): string {
  const models = tokens.byModel.map(({ model }) => model.split("/").at(-1) as string);
  const source = session.source === "opencode" ? "OpenCode" : session.source;
  const parts = [
    [source, session.sourceVersion].filter(Boolean).join(" "),
    models.length > 2 ? `${models.length} models` : models.join(", "),
    summary.messages === 0 ? "no messages" : formatInstant(session.startedAt),
    OUTCOME_LABELS[session.outcome],
  ];
  return parts.filter(Boolean).join(" · ");
}
