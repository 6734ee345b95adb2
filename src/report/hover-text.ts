import type { Report, ReportSpan } from "../model/report.js";
import { formatBytes, formatCount, formatDuration, formatShare, relativePath } from "./format.js";

type Part = Pick<ReportSpan, "startMs" | "endMs">;

/** What a bar says when it is pointed at. A call with waits in it is drawn as several bars: `part` is the one meant. */
export function hoverText(span: ReportSpan, label: string, part: Part, { summary, session }: Report): string {
  const partMs = part.endMs - part.startMs;
  const wholeMs = span.endMs - span.startMs;
  const share = summary.wallMs > 0 ? partMs / summary.wallMs : 0;
  const facts = [
    label,
    `${formatDuration(partMs)}${share >= 0.01 ? ` (${formatShare(share)} of the session)` : ""}`,
    partMs < wholeMs ? `whole call ${formatDuration(wholeMs)}` : "",
    `from ${formatDuration(part.startMs)}`,
    span.kind === "model" ? answerFacts(span) : target(span, label, session.directory),
    span.status === "ok" || label.includes(span.status) ? "" : span.status,
    span.queuedMs ? `prompt queued for ${formatDuration(span.queuedMs)}` : "",
    span.mayHaveSlept ? "the machine may have slept" : "",
    span.basis === "estimated" || span.basis === "unknown" ? `times ${span.basis}` : "",
  ];
  return facts.filter(Boolean).join(" · ");
}

function answerFacts({ model, tokens }: ReportSpan): string {
  const counts = tokens ? `${formatCount(tokens.output + tokens.reasoning)} tokens of output` : "";
  return [model, counts].filter(Boolean).join(", ");
}

/** The whole path or command, where the label has only a part of it. */
function target({ args = "", files }: ReportSpan, label: string, directory: string): string {
  const file = files?.[0];
  if (!file) return label.includes(args) ? "" : args;
  const path = relativePath(file.path, directory);
  return file.bytes === undefined ? path : `${path}, ${formatBytes(file.bytes)}`;
}
