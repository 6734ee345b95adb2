import type { Report, ReportSpan } from "../model/report.js";
import type { EpochMs, TokenUsage } from "../model/units.js";

type Row = Readonly<Record<string, unknown>>;

/** What there is to tell a row from. `wait` is the first in its call, where there is one. */
interface Known {
  readonly span: ReportSpan;
  readonly parent: ReportSpan | undefined;
  readonly wait: ReportSpan | undefined;
  readonly startedAt: EpochMs;
}

/**
 * What each figure of a row is as a rule, by its span and by the figures before it in this list: a page says only how it
 * differs. Whole numbers are told as differences, anything else as `true` where it is as expected.
 */
type Expected = Readonly<Record<string, (known: Known, row: Row) => unknown>>;

const MODEL_CALL: Expected = {
  messageId: ({ span }) => span.messageId,
  model: ({ span }) => span.model,
  startedAt: ({ span, startedAt }) => startedAt + span.startMs,
  firstOutputAt: ({ span, wait, startedAt }) => startedAt + (wait?.endMs ?? span.startMs),
  endedAt: ({ span, startedAt }) => startedAt + span.endMs,
  waitMs: (_, row) => difference(row.firstOutputAt, row.startedAt),
  generateMs: (_, row) => difference(row.endedAt, row.firstOutputAt),
  toolArgumentsMs: (_, row) => difference(difference(row.generateMs, row.reasoningMs ?? 0), row.textMs ?? 0),
  overheadMs: ({ parent }) => parent?.selfMs,
  tokensPerSecond: ({ span }, row) => outputRate(span.tokens, row.generateMs),
  basis: ({ span }) => span.basis,
};

const TOOL_CALL: Expected = {
  callId: ({ span }) => span.callId,
  tool: ({ span }) => span.tool,
  target: ({ span }) => span.args ?? "",
  startedAt: ({ span, startedAt }) => startedAt + span.startMs,
  calledAt: ({ span, startedAt }, row) => (span.calledMs === undefined ? row.startedAt : startedAt + span.calledMs),
  endedAt: ({ span, startedAt }) => startedAt + span.endMs,
  durationMs: (_, row) => difference(row.endedAt, row.startedAt),
  status: ({ span }) => span.status,
  basis: ({ span }) => span.basis,
};

const PATH_ENTRY: Expected = {
  ms: ({ span }) => span.selfMs,
  state: ({ span }) => span.state,
  savesAtLeastMs: (_, row) => row.ms,
  savesAtMostMs: (_, row) => row.ms,
};

const MESSAGE: Expected = {
  messageId: ({ span }) => span.messageId,
  model: ({ span }) => span.model,
  tokens: ({ span }) => span.tokens && { ...span.tokens, total: inputOf(span.tokens) + outputOf(span.tokens) },
  firstWords: ({ span, parent }) => (span.kind === "model" ? parent?.name : span.name),
};

const COMPOSITION: Expected = {
  messageId: ({ span }) => span.messageId,
  model: ({ span }) => span.model,
  promptTokens: ({ span }) => span.tokens && inputOf(span.tokens),
  cacheReadTokens: ({ span }) => span.tokens?.cacheRead,
  cacheWriteTokens: ({ span }) => span.tokens?.cacheWrite,
  cacheHitRate: (_, row) => rounded(Number(row.cacheReadTokens) / Number(row.promptTokens), 6),
};

interface Direction {
  readonly isReading: boolean;
  readonly tell: (value: unknown, expected: unknown) => unknown;
}

const WRITING: Direction = {
  isReading: false,
  tell: (value, expected) => {
    if (areWhole(value, expected)) return (value as number) - (expected as number);
    return isSame(value, expected) ? true : value;
  },
};

const READING: Direction = {
  isReading: true,
  tell: (value, expected) => {
    if (areWhole(value, expected)) return (value as number) + (expected as number);
    return value === true ? expected : value;
  },
};

/** The Report with the rows of its tables told by the spans that they are about. */
export function withToldRows(report: Report): Report {
  return withRows(report, WRITING);
}

/** The Report that `withToldRows` told. Its spans must be whole. */
export function withWholeRows(report: Report): Report {
  return withRows(report, READING);
}

function withRows(report: Report, direction: Direction): Report {
  const { time, tokens, spans, session } = report;
  const told = <T extends { readonly spanId: number | null }>(rows: readonly T[], expected: Expected): readonly T[] => {
    const expectations = Object.entries(expected);
    return rows.map((row) => {
      const span = spans[row.spanId ?? -1];
      if (!span) return row;
      const behind = spans[(row.spanId as number) + 1];
      const wait = behind?.kind === "wait" && behind.parent === row.spanId ? behind : undefined;
      const known = { span, parent: spans[span.parent], wait, startedAt: session.startedAt };
      return toldRow(row as unknown as Row, expectations, known, direction) as unknown as T;
    });
  };
  return {
    ...report,
    time: {
      ...time,
      modelCalls: told(time.modelCalls, MODEL_CALL),
      toolCalls: told(time.toolCalls, TOOL_CALL),
      criticalPath: told(time.criticalPath, PATH_ENTRY),
    },
    tokens: {
      ...tokens,
      byMessage: told(tokens.byMessage, MESSAGE),
      composition: told(tokens.composition, COMPOSITION),
    },
  };
}

/** An expectation reads the row as it is, of which as much is known when it is read as stands before in the list. */
function toldRow(
  row: Row,
  expectations: readonly [string, Expected[string]][],
  known: Known,
  { tell, isReading }: Direction,
): Row {
  const told: Record<string, unknown> = { ...row };
  const meant = isReading ? told : row;
  for (const [key, expected] of expectations) if (key in row) told[key] = tell(row[key], expected(known, meant));
  return told;
}

function difference(a: unknown, b: unknown): number {
  return typeof a === "number" && typeof b === "number" ? a - b : Number.NaN;
}

function areWhole(value: unknown, expected: unknown): boolean {
  return Number.isSafeInteger(value) && Number.isSafeInteger(expected);
}

/** What is written the same, to the order of its keys. */
function isSame(value: unknown, expected: unknown): boolean {
  if (value === expected) return true;
  return (
    typeof value === "object" && typeof expected === "object" && JSON.stringify(value) === JSON.stringify(expected)
  );
}

function inputOf({ uncachedInput, cacheRead, cacheWrite }: TokenUsage): number {
  return uncachedInput + cacheRead + cacheWrite;
}

function outputOf({ output, reasoning }: TokenUsage): number {
  return output + reasoning;
}

function outputRate(tokens: TokenUsage | undefined, generateMs: unknown): unknown {
  return tokens && rounded(outputOf(tokens) / (Number(generateMs) / 1_000), 1);
}

function rounded(value: number, digits: number): number {
  const factor = 10 ** digits;
  return Math.round(value * factor) / factor;
}
