import { group } from "d3";
import type { EditedFileRow, EditRow } from "../model/report.js";
import type { EditFacet, EditRecord, Message, Session } from "../model/session.js";
import { type EditFailure, editFailures } from "./facts/edit-failures.js";
import type { SessionFacts } from "./facts/session-facts.js";
import { tokensOfSteps } from "./facts/step-sums.js";
import type { ToolCall } from "./facts/steps.js";

/** A call that edited or failed to; what was rejected, aborted or never ended is no attempt. */
interface Attempt {
  readonly call: ToolCall;
  readonly format: string;
  readonly model: string | null;
  readonly isGood: boolean;
}

/** One row for each format of each model, the most tried first; then what telemetry files alone tell of. */
export function edits(facts: SessionFacts): EditRow[] {
  const records = editRecords(facts.session);
  const recordsOf = recordsByCall(records);
  const attempts = attemptsIn(facts, recordsOf);
  const failures = editFailures(facts.runs);
  const byKey = group(attempts, keyOf);
  const rows = [...byKey.values()].map((own) => rowOf(own, failuresOf(own, failures)));
  const bound = new Set(attempts.flatMap(({ call }) => recordsOf(call)));
  const others = group(
    records.filter((record) => !bound.has(record)),
    keyOf,
  );
  return [...rows.sort(mostTried), ...[...others.values()].map(recordedRow).sort(mostTried)];
}

/** One row a file, the most tried first. */
export function editedFiles(facts: SessionFacts): EditedFileRow[] {
  const attempts = attemptsIn(facts, recordsByCall(editRecords(facts.session)));
  const byFile = group(
    attempts.flatMap((attempt) => pathsOf(attempt.call).map((path) => ({ path, attempt }))),
    ({ path }) => path,
  );
  const rows = [...byFile].map(([file, all]): EditedFileRow => {
    const own = all.map(({ attempt }) => attempt);
    return {
      file,
      attempts: own.length,
      failed: own.filter(({ isGood }) => !isGood).length,
      // Of a change to several files nothing says which lines were whose.
      ...lines(own.filter(({ call }) => pathsOf(call).length === 1)),
      spanIds: own.map(({ call }) => call.id),
    };
  });
  return rows.sort((a, b) => b.attempts - a.attempts || b.failed - a.failed || (a.file < b.file ? -1 : 1));
}

type RecordsOf = (call: ToolCall) => readonly EditRecord[];

function attemptsIn({ tools }: SessionFacts, recordsOf: RecordsOf): Attempt[] {
  return tools.flatMap((call) => {
    const { span, message } = call;
    if (span.edit === null || (span.status !== "ok" && span.status !== "error")) return [];
    const records = recordsOf(call);
    const told = records.flatMap(({ success }) => success ?? []);
    const isGood = told.length > 0 ? told.every(Boolean) : span.status === "ok";
    const format = records[0]?.format ?? span.tool;
    return [{ call, format, model: message.model ?? records[0]?.model ?? null, isGood }];
  });
}

/** As the table by file calls them. */
function pathsOf({ span, message }: ToolCall): readonly string[] {
  const part = message.content.find((each) => each.kind === "tool-call" && each.callId === span.callId);
  return part?.kind === "tool-call" ? part.paths : [];
}

/** What telemetry files say of a call: a line for each of its files. Call ids are unique in a message, not in a session. */
function recordsByCall(records: readonly EditRecord[]): RecordsOf {
  const byCallId = group(records, ({ callId }) => callId);
  const isOf = (record: EditRecord, { id, sessionId }: Message) =>
    record.messageId === null ? (record.sessionId ?? sessionId) === sessionId : record.messageId === id;
  return ({ span, message }) =>
    span.callId === "" ? [] : (byCallId.get(span.callId) ?? []).filter((record) => isOf(record, message));
}

function rowOf(attempts: readonly Attempt[], failures: readonly EditFailure[]): EditRow {
  const [{ format, model }] = attempts as readonly [Attempt, ...Attempt[]];
  const succeeded = attempts.filter(({ isGood }) => isGood).length;
  const spent = failures.flatMap((failure) => failure.spent);
  return {
    ...{ format, model, basis: "derived", attempts: attempts.length },
    ...{ succeeded, failed: attempts.length - succeeded },
    files: new Set(attempts.flatMap(({ call }) => pathsOf(call))).size,
    ...lines(attempts),
    ...{ wastedSteps: spent.length, wastedTokens: tokensOfSteps(spent) },
  };
}

/** A step is wasted for the format of its first edit that failed. */
function failuresOf(attempts: readonly Attempt[], failures: readonly EditFailure[]): EditFailure[] {
  const own = new Set(attempts.map(({ call }) => call.id));
  return failures.filter(({ edits: [first] }) => first !== undefined && own.has(first.id));
}

function recordedRow(records: readonly EditRecord[]): EditRow {
  const [{ format, model }] = records as readonly [EditRecord, ...EditRecord[]];
  const attempts = records.reduce((sum, record) => sum + record.attempts, 0);
  const succeeded = records.filter(({ success }) => success === true).length;
  const unknown = records.filter(({ success }) => success === null).length;
  return {
    ...{ format, model, basis: "recorded", attempts, succeeded },
    failed: Math.max(0, attempts - succeeded - unknown),
    files: new Set(records.flatMap(({ file }) => file ?? [])).size,
    ...{ linesAdded: null, linesRemoved: null, wastedSteps: 0, wastedTokens: 0 },
  };
}

function lines(attempts: readonly Attempt[]): Pick<EditRow, "linesAdded" | "linesRemoved"> {
  const facets = attempts.flatMap(({ call, isGood }) => (isGood && call.span.edit ? [call.span.edit] : []));
  const total = (field: keyof EditFacet) => {
    const known = facets.flatMap((facet) => facet[field] ?? []);
    return known.length === 0 ? null : known.reduce((sum, count) => sum + count, 0);
  };
  return { linesAdded: total("linesAdded"), linesRemoved: total("linesRemoved") };
}

function editRecords({ telemetry }: Session): EditRecord[] {
  return telemetry.filter((record) => record.kind === "edit");
}

function keyOf({ format, model }: { readonly format: string; readonly model: string | null }): string {
  return `${format}\n${model}`;
}

function mostTried(a: EditRow, b: EditRow): number {
  return b.attempts - a.attempts || (keyOf(a) < keyOf(b) ? -1 : 1);
}
