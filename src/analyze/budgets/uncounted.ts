import { toolName } from "../../flame/tool-target.js";
import type { Report, ReportSpan } from "../../model/report.js";
import { plural } from "../../report/format.js";
import { isTask } from "../../report/tool-names.js";

/** What took tokens that stand nowhere in the Report, in words; empty where there is no such thing. */
export function uncounted(report: Report): string[] {
  const answers = uncountedAnswers(report);
  const subagents = missingSubagents(report);
  return [
    ...(answers === 0 ? [] : [`${plural(answers, "answer")} without a count of tokens`]),
    ...(subagents === 0 ? [] : [`${plural(subagents, "subagent")} not in the data`]),
  ];
}

/** Answers that had begun. A request that got none may well have taken nothing. */
function uncountedAnswers({ tokens, time }: Report): number {
  const begun = new Set(
    time.modelCalls.filter(({ firstOutputAt }) => firstOutputAt !== null).map(({ messageId }) => messageId),
  );
  return tokens.byMessage.filter(
    ({ role, tokens: counted, messageId }) => role === "assistant" && counted === null && begun.has(messageId),
  ).length;
}

/** Tasks that went well and started none that is here: an export holds one session alone. */
function missingSubagents({ spans }: Report): number {
  const subagents = spans.filter(({ kind }) => kind === "subagent");
  const parents = new Set(subagents.map(({ parent }) => parent));
  // In the background it does not lie in its task.
  const starters = new Set(subagents.map(({ startedBy }) => startedBy));
  const hasStarted = ({ callId }: ReportSpan, id: number) =>
    parents.has(id) || (callId !== undefined && starters.has(callId));
  return spans.filter(
    (span, id) => span.kind === "tool" && span.status === "ok" && isTask(toolName(span)) && !hasStarted(span, id),
  ).length;
}
