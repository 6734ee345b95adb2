import { median } from "simple-statistics";
import type { ReportSpan } from "../model/report.js";
import type { Message } from "../model/session.js";
import type { Tokens } from "../model/units.js";
import { formatBytes, formatCount, formatDuration } from "../report/format.js";
import { programName } from "../report/program-name.js";
import { isEdit, isShell } from "../report/tool-names.js";
import type { Limits } from "./thresholds.js";

/** What is normal to take long, by what runs. */
const EXPECTED: readonly (readonly [pattern: RegExp, words: string])[] = [
  [/\b(test|tests|pytest|vitest|jest|mocha|rspec|phpunit|ctest|tox)\b/, "Normal for a test run."],
  [/\b(install|ci|sync|fetch|pull|clone)\b/, "Normal for what is fetched over the network."],
  [/\b(build|compile|tsc|make|cargo|gradle|mvn|webpack)\b/, "Normal for a build."],
];
const TEST_FILE = /[._-](test|spec)\.\w+$|(^|[/\\])(tests?|__tests__|spec)[/\\]|(^|[/\\])test_[^/\\]+$/;

type SlowLimits = Limits<"slowest-operations">;

/** The median output of the session's answers; null without one. */
export function medianOutput(messages: Iterable<Message>): Tokens | null {
  const outputs = [...messages].flatMap(({ isAnswered, tokens }) => (isAnswered && tokens ? [tokens.output] : []));
  return outputs.length === 0 ? null : median(outputs);
}

/** Why a model call took long, as far as its figures say it. `waitMs`: before its first output. */
export function slowAnswerNote(
  message: Message,
  { durationMs, waitMs }: { readonly durationMs: number; readonly waitMs: number },
  typicalOutput: Tokens | null,
  limits: SlowLimits,
): string | null {
  const { output = 0, reasoning = 0 } = message.tokens ?? {};
  if (waitMs > limits.waitShare * durationMs)
    return `${formatDuration(waitMs)} of it was waiting for the first output.`;
  const isLarge = typicalOutput !== null && output > limits.timesMedianOutput * typicalOutput;
  if (isLarge && output > limits.outputTokens)
    return `Large output (${formatCount(output)} tokens; the median is ${formatCount(typicalOutput)}). Ask for it in smaller pieces.`;
  if (reasoning > output && reasoning > limits.outputTokens)
    return `Most of it was reasoning (${formatCount(reasoning)} of ${formatCount(output + reasoning)} tokens).`;
  return null;
}

/** Why a tool call took long, where that is to be expected. */
export function slowCallNote({ tool = "", args = "", files = [] }: ReportSpan, limits: SlowLimits): string | null {
  const [file] = files;
  if (isShell(tool)) return EXPECTED.find(([pattern]) => pattern.test(programName(args)))?.[1] ?? null;
  if (!isEdit(tool) || (file?.bytes ?? 0) <= limits.writtenBytes) return null;
  const size = `Large file write (${formatBytes(file?.bytes ?? 0)}).`;
  return TEST_FILE.test(file?.path ?? "") ? `${size} Normal for test files.` : size;
}
