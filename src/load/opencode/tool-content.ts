import type {
  ContentPart,
  FileFacet,
  SpanStatus,
  TextFacts,
  TextShape,
  ToolCallContent,
  ToolResultContent,
} from "../../model/session.js";
import { jsonText } from "../json-text.js";
import type { Weigh } from "../source.js";
import { textFacts } from "../text-facts.js";
import { isFileEdit, skillFacet } from "./call-facets.js";
import { isMedia } from "./content.js";
import { type InstructionText, instructionTexts } from "./instructions.js";
import type { ToolPart } from "./json-1.js";

const READS = new Set(["read"]);
/** What the model is told of a call that never came to its end. */
const INTERRUPTED = "[Tool execution was interrupted]";
/** Instructions that a read found beside the file stand behind its text. */
const REMINDER = "<system-reminder>";
const REMINDER_END = "</system-reminder>";
const REMINDER_OF_INSTRUCTIONS = /<system-reminder>\s{0,9}Instructions from: /;

/** A call as later prompts hold it: the call with its arguments, then what it gave back, of which `output` is known. */
export function toolContent(
  data: ToolPart,
  files: readonly FileFacet[],
  status: SpanStatus,
  output: TextFacts | null,
  weigh: Weigh,
): ContentPart[] {
  const media = (data.state.attachments ?? []).filter(({ mime }) => isMedia(mime));
  return [
    callContent(data, files, status, weigh),
    ...resultContents(data, files, output, weigh),
    ...media.map(() => ({ kind: "media" as const, path: files[0]?.path ?? null })),
  ];
}

function callContent(data: ToolPart, files: readonly FileFacet[], status: SpanStatus, weigh: Weigh) {
  const { tool, callID, state } = data;
  const request = { id: callID, type: "function", function: { name: tool, arguments: jsonText(state.input) } };
  const access = READS.has(tool) ? "read" : isFileEdit(data) ? "write" : null;
  return {
    ...{ kind: "tool-call", tool, callId: callID, shape: weigh(JSON.stringify([request])), status, access },
    paths: files.map(({ path }) => path),
  } satisfies ToolCallContent;
}

function resultContents(
  data: ToolPart,
  files: readonly FileFacet[],
  output: TextFacts | null,
  weigh: Weigh,
): ToolResultContent[] {
  const { tool, callID, state } = data;
  const text = state.status === "completed" ? (state.output ?? "") : (state.error ?? INTERRUPTED);
  const common = {
    ...{ kind: "tool-result" as const, tool, callId: callID, isExtra: false },
    ...{ skill: skillFacet(data)?.name ?? null, prunedAt: state.time?.compacted ?? null },
  };
  const result = (part: string, path: string | null): ToolResultContent => {
    const { shape, digest } = output !== null && part === state.output ? output : textFacts(part, weigh);
    return { shape, digest, path, ...common };
  };
  const isAboutFiles = READS.has(tool) || isFileEdit(data);
  if (!isAboutFiles || files.length === 0) return [result(text, null)];
  if (files.length > 1) return sharedOut(result(text, null), files);
  const [own, extras] = withoutInstructions(text, state.metadata.loaded);
  const path = (files[0] as FileFacet).path;
  return [result(own, path), ...extras.map((extra) => ({ ...result(extra.text, extra.path), isExtra: true }))];
}

/** A short remark on several files is a little of each. */
function sharedOut(result: ToolResultContent, files: readonly FileFacet[]): ToolResultContent[] {
  const entries = Object.entries(result.shape) as [keyof TextShape, number][];
  const shape = Object.fromEntries(
    entries.map(([name, count]) => [name, count / files.length]),
  ) as unknown as TextShape;
  return files.map(({ path }) => ({ ...result, shape, path }));
}

/** Splits off the instruction files that a read brought along. */
function withoutInstructions(text: string, loaded: unknown): [string, InstructionText[]] {
  const paths = Array.isArray(loaded) ? loaded.filter((path): path is string => typeof path === "string") : [];
  const whole = text.trimEnd();
  const start = paths.length > 0 && whole.endsWith(REMINDER_END) ? whole.search(REMINDER_OF_INSTRUCTIONS) : -1;
  if (start < 0) return [text, []];
  const reminder = whole.slice(start + REMINDER.length, -REMINDER_END.length).trimStart();
  const [first, ...others] = instructionTexts(reminder, paths);
  return first?.path ? [text.slice(0, start).trimEnd(), [first, ...others]] : [text, []];
}
