import type { Remedy } from "../../model/report.js";
import type { Tokens } from "../../model/units.js";
import { formatCompact, formatCount, plural, relativePath } from "../../report/format.js";
import { programName } from "../../report/program-name.js";
import { isShell } from "../../report/tool-names.js";
import { shortened } from "../../report/visible.js";
import { addedUp, type Carried } from "../context/carried.js";
import { listedApart, listedFew } from "../facts/listed-few.js";
import type { SessionFacts } from "../facts/session-facts.js";
import type { ToolCall } from "../facts/steps.js";
import type { Finding, Rule } from "../rule.js";

/** Results that are far larger than what mostly matters of them, and were sent again by call after call. */
export const oversizedToolOutput: Rule<"oversized-tool-output"> = {
  id: "oversized-tool-output",
  type: "context",
  title: "Ask tools for less",
  why: "A result is paid for once when it comes in, and again with every call after it.",
  panel: "by-tool",
  find(facts, { resultTokens, keptTokens, fewestCarries }) {
    const large = facts.tools
      .filter(({ span }) => !MEANT_WHOLE.has(span.tool))
      .map((call): Result => ({ call, carried: facts.resultOf(call) }))
      .filter(({ carried }) => carried.contentTokens > resultTokens && timesCarried(carried) >= fewestCarries)
      .sort((a, b) => b.carried.carriedTokens - a.carried.carriedTokens || a.call.id - b.call.id);
    return large.length === 0 ? [] : [finding(large, { resultTokens, keptTokens }, facts)];
  },
};

const NAME_CHARS = 60;
/** How many results are named. */
const NAMED = 3;

/** Instructions: whoever loads them wants all of them. */
const MEANT_WHOLE: ReadonlySet<string> = new Set(["skill"]);

interface Result {
  readonly call: ToolCall;
  readonly carried: Carried;
}

/** By how many calls, had each held all of it. */
function timesCarried({ contentTokens, carriedTokens }: Carried): number {
  return Math.round(carriedTokens / contentTokens);
}

function finding(
  large: readonly Result[],
  { resultTokens, keptTokens }: { readonly resultTokens: Tokens; readonly keptTokens: Tokens },
  { session }: SessionFacts,
): Finding {
  const spared = addedUp(large.map(({ carried }) => sparedOf(carried, keptTokens)));
  const whole = addedUp(large.map(({ carried }) => carried));
  const names = large.map(
    ({ call, carried }) =>
      `${nameOf(call, session.directory)}: ${formatCount(carried.contentTokens)} tokens, sent ${timesCarried(carried)} times`,
  );
  return {
    message: `${plural(large.length, "result")} of over ${formatCount(resultTokens)} tokens ${large.length === 1 ? "was" : "were"} sent again with the calls after, ${formatCompact(whole.carriedTokens)} tokens in all. ${listedApart(names, NAMED)}.`,
    evidence: large.map(({ call }) => call.id),
    affected: large.length,
    affectedNoun: "call",
    savings: { tokens: spared.carriedTokens, usd: spared.costUsd },
    basis: "estimated",
    formula: `${formatCompact(whole.carriedTokens)} tokens sent, minus ${formatCount(keptTokens)} per sending (if that had been enough) = ${formatCompact(spared.carriedTokens)}`,
    caveat: "If most of a result was needed, the saving is smaller.",
    apply: remedies(large.map(({ call }) => call)),
  };
}

function sparedOf({ contentTokens, carriedTokens, costUsd }: Carried, keptTokens: Tokens): Carried {
  const share = Math.max(0, 1 - keptTokens / contentTokens);
  return {
    contentTokens: contentTokens * share,
    carriedTokens: carriedTokens * share,
    costUsd: costUsd === null ? null : costUsd * share,
  };
}

/** A shell's by its program, else the tool with the file or whatever it was about. */
function nameOf({ span }: ToolCall, directory: string): string {
  if (isShell(span.tool)) return programOf(span);
  const about = span.files[0]?.path ?? span.target;
  return about === "" ? span.tool : `${span.tool} ${shortened(relativePath(about, directory), NAME_CHARS)}`;
}

function programOf({ target, tool }: ToolCall["span"]): string {
  return shortened(programName(target), NAME_CHARS) || tool;
}

/** What to write down, by the tools that it is about. */
function remedies(calls: readonly ToolCall[]): Remedy[] {
  const programs = [...new Set(calls.filter(({ span }) => isShell(span.tool)).map(({ span }) => programOf(span)))];
  const others = calls.filter(({ span }) => !isShell(span.tool));
  const reads = others.filter(({ span }) => span.tool === "read");
  return [
    ...(programs.length > 0 ? [agentsLine(ofShell(programs))] : []),
    ...(reads.length > 0 ? [agentsLine(OF_READS)] : []),
    ...(others.length > reads.length ? [agentsLine(OF_OTHERS)] : []),
  ];
}

function agentsLine(text: string): Remedy {
  return { label: "AGENTS.md", text };
}

function ofShell(programs: readonly string[]): string {
  return `If a command may print more than about 200 lines, redirect it to a file and read only the end and the lines that matter: \`COMMAND > /tmp/out.txt 2>&1; tail -n 40 /tmp/out.txt\`. Here that was: ${listedFew(programs)}.`;
}

const OF_READS =
  "Do not read files of over 500 lines as a whole: search for the place first, then read its lines with offset and limit.";
const OF_OTHERS =
  "Narrow down what a tool is to give back before calling it: a path, a pattern, a limit, a question; ask for more only if that was not enough.";
