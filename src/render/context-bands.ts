import { PAINTS, type Paint } from "../flame/palette.js";
import type { CompositionRow, ContextKind } from "../model/report.js";
import type { Tokens } from "../model/units.js";

/** What prompts are made of, as it is drawn: kinds that a reader thinks of as one. From the bottom of the picture up. */
export interface ContextBand {
  readonly id: string;
  readonly label: string;
  readonly paint: Paint;
  readonly tokens: (row: CompositionRow) => Tokens;
}

export const CONTEXT_BANDS: readonly ContextBand[] = [
  band("base", "Base", PAINTS.overhead, ["base"]),
  band("summary", "Summary", PAINTS.waiting, ["compaction-summary"]),
  band("prompts", "Prompts", PAINTS.session, ["user", "task-prompt"]),
  band("answers", "Answers, arguments", PAINTS.generating, ["assistant", "reasoning", "tool-call"]),
  { ...band("files", "Files", PAINTS.read, ["attached-file"]), tokens: fileTokens },
  {
    ...band("results", "Other results", PAINTS.tool, ["tool-result"]),
    tokens: (row) => tokensOf(row, ["tool-result"]) - row.fileResultTokens,
  },
  band("compaction", "Compaction's own prompt", PAINTS.retrying, ["compaction-input"]),
  band("unattributed", "Unattributed", PAINTS.unknown, ["unattributed"]),
];

/** The bands that hold anything in these calls. */
export function usedBands(rows: readonly CompositionRow[]): readonly ContextBand[] {
  return CONTEXT_BANDS.filter(({ tokens }) => rows.some((row) => tokens(row) > 0));
}

function band(id: string, label: string, paint: Paint, kinds: readonly ContextKind[]): ContextBand {
  return { id, label, paint, tokens: (row) => tokensOf(row, kinds) };
}

function fileTokens(row: CompositionRow): Tokens {
  return tokensOf(row, ["attached-file"]) + row.fileResultTokens;
}

function tokensOf({ parts }: CompositionRow, kinds: readonly ContextKind[]): Tokens {
  return parts.reduce((sum, { kind, tokens }) => (kinds.includes(kind) ? sum + tokens : sum), 0);
}
