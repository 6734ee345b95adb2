import type { Remedy } from "../../model/report.js";
import type { Milliseconds } from "../../model/units.js";
import { formatDuration, listed, plural } from "../../report/format.js";
import { isShell } from "../../report/tool-names.js";
import { callName } from "../facts/call-name.js";
import { hiddenTime } from "../facts/hidden-time.js";
import { listedFew } from "../facts/listed-few.js";
import { permissionPiece } from "../facts/permission-piece.js";
import type { SessionFacts } from "../facts/session-facts.js";
import type { ToolCall } from "../facts/steps.js";
import type { Finding, Rule } from "../rule.js";
import { inState } from "../waits-in.js";

/** Calls that waited until the user had allowed or refused them. */
export const permissionWaits: Rule<"permission-waits"> = {
  id: "permission-waits",
  type: "prompting",
  title: "Allow beforehand what is always allowed",
  why: "While a question of permission is open, the agent stands still until somebody looks.",
  panel: "ledger",
  find(facts, { leastMs }) {
    const waits = facts.tools.flatMap((call) => waitsOf(call, facts));
    const waitedMs = waits.reduce((sum, { ms }) => sum + ms, 0);
    return waits.length === 0 || waitedMs < leastMs ? [] : [finding(waits, waitedMs, facts)];
  },
};

interface Wait {
  readonly call: ToolCall;
  /** The wait in the call, or the call, where it is nothing but a wait. */
  readonly spanId: number;
  readonly ms: Milliseconds;
}

function waitsOf(call: ToolCall, { spans }: SessionFacts): Wait[] {
  const { id, span } = call;
  if (span.tool === "question" || span.userWaits.length === 0) return [];
  return inState("waiting-for-user", id, spans).map((spanId) => {
    const { startMs = 0, endMs = 0 } = spans[spanId] ?? {};
    return { call, spanId, ms: endMs - startMs };
  });
}

function finding(waits: readonly Wait[], waitedMs: Milliseconds, facts: SessionFacts): Finding {
  const savedMs = facts.work.savedOwnMs(waits.map(({ spanId }) => spanId));
  const calls = new Set(waits.map(({ call }) => call));
  const different = [...new Map([...calls].map((call) => [JSON.stringify(whatOf(call)), call])).values()];
  const onlyCommands = facts.session.records.permissionWaits === "commands";
  return {
    message: `${plural(calls.size, "call")} waited ${formatDuration(waitedMs)} for your permission: ${listedFew([...new Set(different.map((call) => callName(call, facts)))], 3)}.`,
    evidence: waits.flatMap(({ call, spanId }) => [call.id, spanId]),
    affected: waits.length,
    affectedNoun: "wait",
    savings: { ms: savedMs, isWaitForUser: true },
    basis: "measured",
    formula: `the waits: ${listedFew(waits.map(({ ms }) => formatDuration(ms)))}${hiddenTime(waitedMs, savedMs)}; time of yours, no part of active time`,
    caveat: `What is allowed runs without a question: allow only what may do no harm.${onlyCommands ? " Waits of calls other than commands are not recorded." : ""}`,
    apply: remedies(different, facts),
  };
}

/** Many calls may wait for the same. */
function whatOf({ span: { tool, target, files, status } }: ToolCall) {
  return [tool, target, files, status === "rejected"];
}

function remedies(calls: readonly ToolCall[], facts: SessionFacts): Remedy[] {
  const refused = calls.filter(({ span }) => span.status === "rejected");
  const granted = calls.filter((call) => !refused.includes(call)).map(({ span }) => span);
  const piece = permissionPiece(granted, facts.session.directory);
  const names = [...new Set(refused.map((call) => callName(call, facts)))];
  const isTangled = piece === null && granted.some(({ tool }) => isShell(tool));
  return [
    ...(piece === null ? [] : [{ label: "opencode.json", text: piece }]),
    ...(isTangled ? [{ label: "AGENTS.md", text: PLAIN_COMMANDS }] : []),
    ...(names.length === 0
      ? []
      : [{ label: "AGENTS.md", text: `Never run ${listed(names)}: it is not allowed here.` }]),
  ];
}

const PLAIN_COMMANDS =
  "Run plain commands, one program each, without `$( )`, here-documents and sub-shells: those can be allowed by their beginning.";
