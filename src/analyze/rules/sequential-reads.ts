import type { ToolSpan } from "../../model/session.js";
import { formatCount, formatDuration, plural } from "../../report/format.js";
import { saysNothingFound } from "../../report/found-nothing.js";
import { isReadOnly, isSearch } from "../../report/tool-names.js";
import { hiddenTime } from "../facts/hidden-time.js";
import { listedTimes } from "../facts/listed-few.js";
import type { SessionFacts } from "../facts/session-facts.js";
import { costOfSparedPrompts, promptsOfSteps } from "../facts/step-sums.js";
import { sparedMs, sparedSpans } from "../facts/step-waits.js";
import type { Step, ToolCall } from "../facts/steps.js";
import type { Finding, Rule } from "../rule.js";

/** Steps in a row with one call each that only looks, where no call needed what one before it gave back. */
export const sequentialReads: Rule<"sequential-reads"> = {
  id: "sequential-reads",
  type: "batching",
  title: "Read what is needed in one step",
  why: "Each further step sends the whole context again and waits for the model before the next file is read.",
  panel: "critical-path",
  find(facts, { fewestSteps }) {
    const rows = facts.runs.flatMap(({ steps }) => independentRows(steps)).filter((row) => row.length >= fewestSteps);
    return rows.length === 0 ? [] : [finding(rows, facts)];
  },
};

/** The longest rows of such steps. */
function independentRows(steps: readonly Step[]): readonly (readonly Step[])[] {
  const rows = [new Row()];
  for (const step of steps) {
    const call = onlyLook(step);
    if (call === null || (rows.at(-1) as Row).hadToPrecede(call.span)) rows.push(new Row());
    if (call !== null) (rows.at(-1) as Row).add(step, call.span);
  }
  return rows.map((row) => row.steps);
}

/** Steps that could have been one, and what their calls looked at. */
class Row {
  readonly steps: Step[] = [];
  readonly #callIds = new Set<string>();
  readonly #inputs = new Set<string>();
  readonly #paths = new Set<string>();
  #hasSearch = false;
  #hasSearchedInVain = false;

  add(step: Step, { callId, inputDigest, files, tool, output }: ToolSpan): void {
    this.steps.push(step);
    this.#callIds.add(callId);
    this.#inputs.add(inputDigest);
    for (const { path } of files) this.#paths.add(path);
    this.#hasSearch ||= isSearch(tool);
    this.#hasSearchedInVain ||= isSearch(tool) && output !== null && saysNothingFound(output.firstWords);
  }

  /** Whether a call was given what one of these gave back, or looks more closely where one of them had looked. */
  hadToPrecede({ learnedFrom, inputDigest, files, tool, fromLine }: ToolSpan): boolean {
    if (learnedFrom.some((id) => this.#callIds.has(id)) || this.#inputs.has(inputDigest)) return true;
    if (files.some(({ path }) => this.#paths.has(path))) return true;
    // Where in a file to look is what a search says; a search in vain is followed by another one.
    return (this.#hasSearch && fromLine !== null) || (this.#hasSearchedInVain && isSearch(tool));
  }
}

function onlyLook({ tools }: Step): ToolCall | null {
  const [call] = tools;
  return call && tools.length === 1 && call.span.status === "ok" && isReadOnly(call.span.tool) ? call : null;
}

function finding(rows: readonly (readonly Step[])[], facts: SessionFacts): Finding {
  const spared = rows.flatMap((row) => row.slice(1));
  const savedMs = facts.work.savedOwnMs(spared.flatMap((step) => sparedSpans(step, facts)));
  const waitedMs = spared.reduce((sum, step) => sum + sparedMs(step), 0);
  const steps = rows.reduce((sum, row) => sum + row.length, 0);
  return {
    message: `${steps} steps in ${rows.length > 1 ? `${rows.length} rows` : "a row"} made one read-only call each, and nothing shows that any needed what the one before gave back: ${formatDuration(waitedMs)} of waiting for the model in between.`,
    evidence: rows.flatMap((row) => row.map(({ id }) => id)),
    affected: spared.length,
    affectedNoun: "response",
    savings: { ms: savedMs, tokens: promptsOfSteps(spared), usd: costOfSparedPrompts(spared, facts.ratesOf) },
    basis: "derived",
    formula: `the waits for the model and the overhead of the ${plural(spared.length, "step")} after the first: ${listedTimes(spared.map(sparedMs))}${hiddenTime(waitedMs, savedMs)}; and their prompts, ${formatCount(promptsOfSteps(spared))} tokens`,
    caveat: "Whether a call was chosen for what the one before had shown can only be told from its words.",
    apply: [
      {
        label: "AGENTS.md",
        text: "When several files or searches are needed and none depends on the result of another, make all of these calls in one step.",
      },
    ],
  };
}
