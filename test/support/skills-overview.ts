import type { SkillMetrics } from "../../src/model/report.js";
import type { SkillsOverview, SkillTotals } from "../../src/model/skills-overview.js";

const DAY_MS = 86_400_000;
const NOTHING_DONE = { steps: 0, toolCalls: 0, toolErrors: 0, ms: 0, tokens: 0, costUsd: 0 };

const METRICS: SkillMetrics = {
  ...{ records: 2, tokens: 4_000, durationMs: null, succeeded: 1, failed: 1, retries: 3 },
  ...{ verificationAttempts: null, maxIterationsReached: 1, escalated: 0 },
};

export function skillTotal(name: string, fields: Partial<SkillTotals> = {}): SkillTotals {
  return {
    ...{ name, description: null, folder: null, uses: 1, recordedCalls: 1, sessions: 1, projects: 1 },
    ...{ firstAt: 0, lastAt: 0, durationMs: 20, succeeded: 1, failed: 0, contentTokens: 80, carriedTokens: 900 },
    ...{ costUsd: 0.001, after: NOTHING_DONE, metrics: null },
    ...fields,
  };
}

/** Skills of three sessions in two projects, in two weeks. */
export const SKILLS_OVERVIEW: SkillsOverview = {
  ...{ version: 1, kind: "skills", generator: { name: "sessionflame", version: "test" } },
  scope: {
    sessionId: null,
    project: null,
    days: null,
    sessions: 3,
    copies: 1,
    folders: 2,
    unknownFolders: 1,
    knownSkills: 3,
  },
  skills: [
    skillTotal("code-agent", {
      ...{ uses: 3, sessions: 2, projects: 2, lastAt: 11 * DAY_MS, succeeded: 2, failed: 1 },
      description: "How to edit code",
      folder: "~/app/.opencode/skills/code-agent",
      after: { steps: 9, toolCalls: 12, toolErrors: 1, ms: 65_000, tokens: 123_456, costUsd: 0.25 },
    }),
    skillTotal("tests", { succeeded: 0, metrics: METRICS }),
  ],
  projects: [
    {
      directory: "~/app",
      sessions: 2,
      uses: 3,
      skills: [
        { name: "code-agent", uses: 2 },
        { name: "tests", uses: 1 },
      ],
    },
    { directory: "~/site", sessions: 1, uses: 1, skills: [{ name: "code-agent", uses: 1 }] },
  ],
  sessions: [
    {
      id: "ses_2",
      title: "Mend <b>it</b>",
      directory: "~/app",
      startedAt: 11 * DAY_MS,
      uses: 1,
      skills: [{ name: "code-agent", uses: 1 }],
    },
    {
      id: "ses_1",
      title: "Build it",
      directory: "~/site",
      startedAt: 4 * DAY_MS,
      uses: 1,
      skills: [{ name: "code-agent", uses: 1 }],
    },
  ],
  uses: [
    {
      ...{ name: "code-agent", sessionId: "ses_2", messageId: "msg_1", callId: "call_1", by: "skill-tool" },
      ...{ at: 11 * DAY_MS, durationMs: 20, status: "ok", checks: 2, lastCheck: "failed", success: false },
      after: { steps: 3, toolCalls: 4, toolErrors: 1, ms: 9_000, tokens: 1_200, costUsd: 0.1 },
    },
  ],
  weeks: [
    {
      startsAt: 11 * DAY_MS,
      name: "code-agent",
      uses: 2,
      succeeded: 1,
      failed: 1,
      durationMs: 40,
      after: NOTHING_DONE,
    },
    {
      startsAt: 4 * DAY_MS,
      name: "code-agent",
      uses: 1,
      succeeded: 1,
      failed: 0,
      durationMs: null,
      after: NOTHING_DONE,
    },
  ],
  unusedSkills: [
    { name: "release-notes", description: "How notes are written", folder: "~/app/.opencode/skills/release-notes" },
  ],
};
