import type { Remedy } from "../../model/report.js";
import { isTask } from "../../report/tool-names.js";
import type { SessionFacts } from "./session-facts.js";
import type { Step } from "./steps.js";

/**
 * A call that ended in an error of the provider, where the data does not say when it was tried again: OpenCode tries
 * again before it gives up, so all of such a call was attempts. One rule speaks of these, and no other claims them.
 */
export function hasFailedForGood({ model, message }: Step, { session }: SessionFacts): boolean {
  const isRecorded = session.records.retries === "recorded";
  return !isRecorded && model.status === "error" && message.error?.startsWith("APIError") === true;
}

const REFUSED_KEY = /\b40[13]\b|\bapi[ _-]?key\b|unauthori[sz]ed/i;
const TOO_MANY = /\b429\b|rate[ _-]?limit|too many requests/i;
const OVERLOADED = /\b(?:503|529)\b|overload|\bbusy\b|unavailable|capacity/i;

/** Whether errors say that there were too many requests, and several were sent at a time. */
export function asksForFewer(errors: readonly string[], facts: SessionFacts): boolean {
  return errors.some((error) => kindOf(error) === "too-many") && runsSideBySide(facts);
}

/** What to do about errors, given what they say: a refused key is not mended by going on. */
export function remediesForErrors(errors: readonly string[], goOn: Remedy, facts: SessionFacts): Remedy[] {
  const kinds = new Set(errors.map(kindOf));
  const isTooMany = asksForFewer(errors, facts);
  const isOverloaded = kinds.has("overloaded") || (kinds.has("too-many") && !isTooMany);
  return [
    ...(kinds.has("refused-key") ? [CHECK_KEY] : []),
    ...(isTooMany ? [FEWER] : []),
    ...(isOverloaded ? [TRY_LATER] : []),
    ...(errors.length > 0 && errors.every((error) => kindOf(error) === "refused-key") ? [] : [goOn]),
  ];
}

function kindOf(error: string): "refused-key" | "too-many" | "overloaded" | "other" {
  if (TOO_MANY.test(error)) return "too-many";
  if (REFUSED_KEY.test(error)) return "refused-key";
  return OVERLOADED.test(error) ? "overloaded" : "other";
}

/** Subagents send requests at the same time, and so do calls that overlap for another reason. */
function runsSideBySide({ tools, modelCalls }: SessionFacts): boolean {
  if (tools.some(({ span }) => isTask(span.tool))) return true;
  const byStart = [...modelCalls].sort((a, b) => a.startedAt - b.startedAt);
  return byStart.some(({ startedAt }, i) => i > 0 && startedAt < (byStart[i - 1]?.endedAt ?? startedAt));
}

const CHECK_KEY: Remedy = { label: "Shell", text: "# Check the provider's key:\nopencode auth login" };
export const FEWER: Remedy = {
  label: "AGENTS.md",
  text: "The provider turns requests down when there are many. Run at most two subagents at the same time, and put calls that do not depend on each other into one step.",
};
const TRY_LATER: Remedy = {
  label: "Advice",
  text: "The provider was overloaded: try later, or set another model.",
};
