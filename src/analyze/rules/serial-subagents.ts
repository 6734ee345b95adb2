import { sum } from "simple-statistics";
import type { Milliseconds } from "../../model/units.js";
import { formatDuration, plural } from "../../report/format.js";
import { isTask } from "../../report/tool-names.js";
import { hiddenTime } from "../facts/hidden-time.js";
import { listedFew, listedTimes } from "../facts/listed-few.js";
import type { SessionFacts } from "../facts/session-facts.js";
import { costOfSparedPrompts, promptsOfSteps } from "../facts/step-sums.js";
import { sparedMs, sparedSpans } from "../facts/step-waits.js";
import type { Step, ToolCall } from "../facts/steps.js";
import { type TouchedFiles, touchedFiles } from "../facts/touched-files.js";
import type { Finding, Rule } from "../rule.js";

/** Tasks in steps of their own, one after the other, where none needed what one before it gave back or had edited. */
export const serialSubagents: Rule<"serial-subagents"> = {
  id: "serial-subagents",
  type: "batching",
  title: "Start independent tasks in one step",
  why: "Tasks that are started in one step run side by side: together they take as long as the longest.",
  panel: "subagents",
  find(facts, { fewestTasks }) {
    const filesOf = touchedFiles(facts);
    const rows = facts.runs
      .flatMap(({ steps }) => taskRows(steps))
      .flatMap((row) => (row.length < 2 ? [] : independentRows(row, filesOf)))
      .filter((row) => row.length >= Math.max(2, fewestTasks));
    return rows.length === 0 ? [] : [finding(rows, facts)];
  },
};

interface TaskStep {
  readonly step: Step;
  readonly task: ToolCall;
}

/** Steps in a row that do nothing but start one task. */
function taskRows(steps: readonly Step[]): TaskStep[][] {
  const rows: TaskStep[][] = [[]];
  for (const step of steps) {
    const [task] = step.tools;
    const isRow = task && step.tools.length === 1 && task.span.status === "ok" && isTask(task.span.tool);
    if (isRow) (rows.at(-1) as TaskStep[]).push({ step, task });
    else rows.push([]);
  }
  return rows;
}

/** The longest parts of a row in which no task needed another. */
function independentRows(row: readonly TaskStep[], filesOf: (id: number) => TouchedFiles | null): TaskStep[][] {
  const rows: TaskStep[][] = [];
  let before = { callIds: new Set<string>(), all: new Set<string>(), edited: new Set<string>() };
  for (const taskStep of row) {
    const { callId, learnedFrom } = taskStep.task.span;
    const files = filesOf(taskStep.task.id);
    const isIndependent =
      files !== null &&
      !learnedFrom.some((earlier) => before.callIds.has(earlier)) &&
      areApart(files.edited, before.all) &&
      areApart(files.all, before.edited);
    if (isIndependent && rows.length > 0) (rows.at(-1) as TaskStep[]).push(taskStep);
    else {
      rows.push([taskStep]);
      before = { callIds: new Set(), all: new Set(), edited: new Set() };
    }
    before.callIds.add(callId);
    for (const path of files?.all ?? []) before.all.add(path);
    for (const path of files?.edited ?? []) before.edited.add(path);
  }
  return rows;
}

function areApart(some: readonly string[], others: ReadonlySet<string>): boolean {
  return !some.some((path) => others.has(path));
}

function finding(rows: readonly (readonly TaskStep[])[], facts: SessionFacts): Finding {
  const tasks = rows.flatMap((row) => row.map(({ task }) => lengthOf(task, facts)));
  const beside = rows.map((row) => besideLongest(row, facts));
  const spared = rows.flatMap((row) => row.slice(1).map(({ step }) => step));
  const waitedMs = sum(spared.map(sparedMs));
  const savedMs =
    sum(beside.map((each) => each.savedMs)) + facts.work.savedOwnMs(spared.flatMap((step) => sparedSpans(step, facts)));
  const spentMs = sum(beside.map((each) => each.spentMs));
  const longest = beside.map(({ longestMs }) => formatDuration(longestMs));
  return {
    message: `${plural(tasks.length, "task")} ran one after the other${rows.length > 1 ? `, in ${rows.length} rows` : ""}, and none needed what an earlier one gave back or had edited: ${formatDuration(sum(tasks))} and ${formatDuration(waitedMs)} of waiting for the model in between.`,
    evidence: rows.flatMap((row) => row.flatMap(({ step, task }) => [step.id, task.id])),
    affected: tasks.length,
    affectedNoun: "task",
    savings: { ms: savedMs, tokens: promptsOfSteps(spared), usd: costOfSparedPrompts(spared, facts.ratesOf) },
    basis: "derived",
    formula: `the tasks (${listedTimes(tasks)}) without the longest${rows.length > 1 ? " of each row" : ""} (${listedFew(longest)}), and the waits for the model and the overhead of the ${plural(spared.length, "step")} after the first: ${listedTimes(spared.map(sparedMs))}${hiddenTime(spentMs + waitedMs, savedMs)}`,
    caveat:
      "The machine and the provider may be slower when tasks run side by side; what commands inside a task changed is not known.",
    apply: [
      {
        label: "AGENTS.md",
        text: "When several tasks for subagents do not need each other's results and do not edit the same files, start all of them in one step.",
      },
    ],
  };
}

/** What a row's tasks took besides the longest: had they run side by side, that one would still have taken its time. */
function besideLongest(row: readonly TaskStep[], facts: SessionFacts) {
  const lengths = row.map(({ task }) => lengthOf(task, facts));
  const longestMs = lengths.reduce((most, ms) => Math.max(most, ms), 0);
  const longest = lengths.indexOf(longestMs);
  const others = row.flatMap(({ task }, i) => (i === longest ? [] : [task.id]));
  return { longestMs, spentMs: facts.work.spentMs(others), savedMs: facts.work.savedMs(others) };
}

function lengthOf({ id }: ToolCall, { spans }: SessionFacts): Milliseconds {
  const { startMs = 0, endMs = 0 } = spans[id] ?? {};
  return endMs - startMs;
}
