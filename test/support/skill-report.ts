import { analyze } from "../../src/analyze/index.js";
import type {
  ChunkRow,
  EditedFileRow,
  EditRow,
  IntentRow,
  IterationRow,
  Report,
  SkillMetrics,
  SkillRow,
  SkillUse,
  UnusedSkill,
  WorkDone,
} from "../../src/model/report.js";
import { EXAMPLE, loadRoots } from "./fixtures.js";
import { redacted } from "./redacted.js";

/** Everything that the Report says of skills and edits, and that a session without any of it leaves empty. */
export type SkillFields = Pick<
  Report,
  "skills" | "unusedSkills" | "edits" | "editedFiles" | "iterations" | "chunks" | "intents"
>;

export const NO_SKILLS: SkillFields = {
  ...{ skills: [], unusedSkills: null, edits: [], editedFiles: [], iterations: [], chunks: [], intents: [] },
};

/** The example's report without a word of skills and edits, but for these. */
export async function reportWithSkills(fields: Partial<SkillFields>): Promise<Report> {
  const [session] = await loadRoots(EXAMPLE);
  if (!session) throw new Error("the example holds no session");
  return { ...analyze(redacted(session, "paths"), "test"), ...NO_SKILLS, ...fields };
}

/** The example's report with a row of every kind: what it says fits the example's spans. */
export async function skillReport(): Promise<Report> {
  const bare = await reportWithSkills({});
  const { startedAt } = bare.session;
  const messageOf = (number: number) => bare.tokens.byMessage[number - 1]?.messageId ?? "";
  return { ...bare, ...skillFields(startedAt, messageOf) };
}

function skillFields(startedAt: number, messageOf: (number: number) => string): SkillFields {
  return {
    skills: [
      skillRow("code-agent", [
        use({ spanId: 5, messageId: messageOf(2), callId: "c1", at: startedAt + 2_198, durationMs: 28 }),
        use({
          ...{ spanId: null, messageId: messageOf(8), by: "user", at: startedAt + 15_082, checks: 2, success: true },
          ...{ lastCheck: "passed", after: work(7, 7, 1, 11_711, 71_204, 0.0496) },
        }),
      ]),
      skillRow("test-writer", [
        use({
          ...{ spanId: 48, messageId: messageOf(13), callId: "c9", by: "own-tool", at: startedAt + 23_657 },
          ...{ durationMs: 38, checks: 1, lastCheck: "failed", success: false, after: work(2, 1, 1, 3_098, 24_611) },
        }),
      ]),
    ],
    unusedSkills: UNUSED,
    ...{ edits: EDITS, editedFiles: EDITED_FILES, iterations: ITERATIONS },
    chunks: chunkRows(startedAt),
    intents: intentRows(startedAt),
  };
}

function work(
  steps: number,
  toolCalls: number,
  toolErrors: number,
  ms: number,
  tokens: number,
  costUsd: number | null = null,
): WorkDone {
  return { steps, toolCalls, toolErrors, ms, tokens, costUsd };
}

export function use(given: Partial<SkillUse>): SkillUse {
  return {
    ...{ spanId: 5, messageId: "m", callId: null, by: "skill-tool", at: 0, durationMs: null, status: "ok" },
    ...{ after: work(5, 6, 0, 5_974, 38_219, 0.0268), checks: 0, lastCheck: null, success: true },
    ...given,
  };
}

export function skillRow(name: string, uses: readonly SkillUse[], given: Partial<SkillRow> = {}): SkillRow {
  const sum = (of: (each: SkillUse) => number) => uses.reduce((total, each) => total + of(each), 0);
  return {
    ...{ name, title: `Loaded skill: ${name}`, description: DESCRIPTIONS[name] ?? null },
    ...{ folder: `~/auth-app/.opencode/skills/${name}`, uses, durationMs: sum(({ durationMs }) => durationMs ?? 0) },
    ...{ contentTokens: 1_204, carriedTokens: 14_448, costUsd: 0.0061 },
    after: work(
      sum(({ after }) => after.steps),
      sum(({ after }) => after.toolCalls),
      sum(({ after }) => after.toolErrors),
      sum(({ after }) => after.ms),
      sum(({ after }) => after.tokens),
      sum(({ after }) => after.costUsd ?? 0),
    ),
    succeeded: uses.filter(({ success }) => success === true).length,
    failed: uses.filter(({ success }) => success === false).length,
    metrics: METRICS[name] ?? null,
    ...given,
  };
}

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  "code-agent": "Reads before it edits, and runs the tests behind every change",
  "test-writer": "Writes tests from the types of a component",
};

const METRICS: Readonly<Record<string, SkillMetrics>> = {
  "code-agent": {
    ...{ records: 3, tokens: 40_812, durationMs: 19_870, succeeded: 2, failed: 1 },
    ...{ retries: 2, verificationAttempts: 3, maxIterationsReached: 1, escalated: null },
  },
  "test-writer": {
    ...{ records: 1, tokens: null, durationMs: 3_140, succeeded: 1, failed: 0 },
    ...{ retries: 0, verificationAttempts: null, maxIterationsReached: 0, escalated: null },
  },
};

const UNUSED: readonly UnusedSkill[] = [
  {
    ...{ name: "release-notes", description: "Writes the notes of a release from its commits" },
    folder: "~/auth-app/.opencode/skills/release-notes",
  },
  { name: "migrations", description: null, folder: "~/.config/opencode/skills/migrations" },
];

export function editRow(given: Partial<EditRow>): EditRow {
  return {
    ...{ format: "edit", model: "mock/mock-large", basis: "measured", attempts: 3, succeeded: 2, failed: 1, files: 1 },
    ...{ linesAdded: 9, linesRemoved: 4, wastedSteps: 2, wastedTokens: 21_870 },
    ...given,
  };
}

const NOTHING_WASTED = { linesRemoved: 0, wastedSteps: 0, wastedTokens: 0 };
const UNKNOWN_LINES = { ...NOTHING_WASTED, linesAdded: null, linesRemoved: null };

const EDITS: readonly EditRow[] = [
  editRow({}),
  editRow({ format: "write", attempts: 1, succeeded: 1, failed: 0, linesAdded: 22, ...NOTHING_WASTED }),
  editRow({ model: "mock/mock-small", attempts: 4, succeeded: 4, failed: 0, linesAdded: null, ...NOTHING_WASTED }),
  editRow({ format: "udiff", basis: "recorded", attempts: 6, succeeded: 3, failed: 3, ...UNKNOWN_LINES }),
  editRow({ format: "whole-file", basis: "recorded", attempts: 2, succeeded: 2, failed: 0, ...UNKNOWN_LINES }),
];

const EDITED_FILES: readonly EditedFileRow[] = [
  { ...file("src/auth/session.ts", 3, 1), linesAdded: 9, linesRemoved: 4, spanIds: [32, 36, 44] },
  { ...file("src/components/AuthPanel.test.tsx", 1, 0), linesAdded: 22, linesRemoved: 0, spanIds: [48] },
];

function file(name: string, attempts: number, failed: number) {
  return { file: `~/auth-app/${name}`, attempts, failed };
}

export function iterationRow(given: Partial<IterationRow>): IterationRow {
  return {
    ...{ by: "tool", name: "edit", spanId: null, calls: 3, failed: 1, retries: 1, recovered: 1 },
    ...{ verificationLoops: 0, maxIterationsReached: null, isFlaky: false, spanIds: [44] },
    ...given,
  };
}

const ITERATIONS: readonly IterationRow[] = [
  iterationRow({ by: "skill", name: "code-agent", calls: 2, isFlaky: true, maxIterationsReached: 1 }),
  iterationRow({ by: "turn", name: '"PLAY-TWO Can you fix it"', spanId: 28, calls: 7, verificationLoops: 1 }),
  iterationRow({}),
  iterationRow({ name: "bash", calls: 2, failed: 1, retries: 1, isFlaky: true, verificationLoops: 1, spanIds: [52] }),
];

export function chunkRow(given: Partial<ChunkRow>): ChunkRow {
  return {
    ...{ spanId: null, at: null, mode: "sequential", chunks: 8, chunkChars: 4_000, meanChunkMs: 910.5 },
    ...{ maxChunkMs: 1_420, durationMs: 7_284, chunksPerSecond: 1.098, tokensPerChunk: 1_020, accuracy: 0.875 },
    ...given,
  };
}

function chunkRows(startedAt: number): ChunkRow[] {
  return [
    chunkRow({ spanId: 21, at: startedAt + 4_263 }),
    chunkRow({
      ...{ spanId: 22, at: startedAt + 4_325, mode: "parallel", chunks: 12, meanChunkMs: 980, maxChunkMs: 1_900 },
      ...{ durationMs: 2_410, chunksPerSecond: 4.979, accuracy: 0.917 },
    }),
    chunkRow({ at: startedAt + 9_000, mode: "parallel", durationMs: null, chunksPerSecond: null, accuracy: null }),
  ];
}

export function intentRow(
  label: string,
  correctLabel: string | null,
  confidence: number | null,
  given: Partial<IntentRow> = {},
): IntentRow {
  return { spanId: null, at: null, label, confidence, correctLabel, escalated: false, ...given };
}

function intentRows(startedAt: number): IntentRow[] {
  return [
    intentRow("bug-fix", "bug-fix", 0.95, { spanId: 1, at: startedAt }),
    intentRow("bug-fix", "bug-fix", 0.91, { spanId: 28, at: startedAt + 15_082 }),
    intentRow("question", "question", 0.88),
    intentRow("question", "bug-fix", 0.62, { escalated: true }),
    intentRow("refactoring", "bug-fix", 0.34, { escalated: true }),
    intentRow("refactoring", "refactoring", 0.71),
    intentRow("question", null, 0.83, { spanId: 57, at: startedAt + 32_569, escalated: null }),
    intentRow("bug-fix", "bug-fix", null),
  ];
}
