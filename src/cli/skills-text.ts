import type { WorkDone } from "../model/report.js";
import type { NamedCount, SkillsOverview } from "../model/skills-overview.js";
import { formatCompact, formatCount, formatDuration, formatInstant, formatUsd } from "../report/format.js";
import { outcomeText, successText, USED_BY } from "../report/skills-words.js";
import { displayTitle, visibleLine } from "../report/visible.js";
import { textTable } from "./text-table.js";

/** A heading and what stands under it. */
type Block = readonly (readonly string[])[];

/** The skills as tables under each other. */
export function skillsText(overview: SkillsOverview): string {
  const isOne = overview.scope.sessionId !== null;
  const blocks = [
    skillBlock(overview),
    ...(isOne ? [useBlock(overview)] : [weekBlock(overview), projectBlock(overview), sessionBlock(overview)]),
    metricsBlock(overview),
    unusedBlock(overview),
  ];
  const tables = blocks.filter((rows) => rows.length > 1).map((rows) => textTable(rows, isNumberColumn(rows)));
  return tables.join("\n");
}

/** Headings of columns whose figures stand to the right. */
const FIGURES = new Set([
  ...["USES", "SESSIONS", "SUCCEEDED", "LOADING", "CONTENT", "CARRIED", "COST"],
  ...["STEPS", "CALLS", "ERRORS", "TIME", "TOKENS"],
  ...["RECORDS", "RETRIES", "CHECKS", "LIMIT REACHED", "HANDED ON"],
]);

function isNumberColumn(rows: Block): (column: number) => boolean {
  return (column) => FIGURES.has(rows[0]?.[column] ?? "");
}

const WORK = ["STEPS", "CALLS", "ERRORS", "TIME", "TOKENS"];

function workCells({ steps, toolCalls, toolErrors, ms, tokens }: WorkDone): string[] {
  return [
    formatCount(steps),
    formatCount(toolCalls),
    formatCount(toolErrors),
    formatDuration(ms),
    formatCompact(tokens),
  ];
}

function skillBlock({ skills }: SkillsOverview): Block {
  const heading = [
    "SKILL",
    "USES",
    "SESSIONS",
    "SUCCEEDED",
    "LOADING",
    "CONTENT",
    "CARRIED",
    "COST",
    ...WORK,
    "LAST USED",
  ];
  const rows = skills.map((skill) => [
    ...[visibleLine(skill.name), formatCount(skill.uses), formatCount(skill.sessions), successText(skill)],
    ...[formatDuration(skill.durationMs), formatCompact(skill.contentTokens), formatCompact(skill.carriedTokens)],
    ...[formatUsd(skill.costUsd), ...workCells(skill.after), skill.lastAt === null ? "" : formatInstant(skill.lastAt)],
  ]);
  return [heading, ...rows];
}

function useBlock({ uses }: SkillsOverview): Block {
  const heading = ["USED", "SKILL", "LOADED BY", "STATUS", "LOADING", ...WORK, "HOW IT WENT"];
  const rows = uses.map((use) => [
    ...[formatInstant(use.at), visibleLine(use.name), USED_BY[use.by], use.status, formatDuration(use.durationMs)],
    ...[...workCells(use.after), outcomeText(use)],
  ]);
  return [heading, ...rows];
}

function weekBlock({ weeks }: SkillsOverview): Block {
  const heading = ["WEEK OF", "SKILL", "USES", "SUCCEEDED", "LOADING", "TIME", "TOKENS"];
  const rows = weeks.map((week) => [
    ...[formatInstant(week.startsAt).split(",", 1)[0] as string, visibleLine(week.name), formatCount(week.uses)],
    ...[
      successText(week),
      formatDuration(week.durationMs),
      formatDuration(week.after.ms),
      formatCompact(week.after.tokens),
    ],
  ]);
  return [heading, ...rows];
}

function projectBlock({ projects }: SkillsOverview): Block {
  const rows = projects.map(({ directory, uses, sessions, skills }) => {
    return [visibleLine(directory), formatCount(uses), formatCount(sessions), counts(skills)];
  });
  return [["PROJECT", "USES", "SESSIONS", "SKILLS"], ...rows];
}

function sessionBlock({ sessions }: SkillsOverview): Block {
  const rows = sessions.map(({ id, title, startedAt, uses, skills }) => {
    return [formatInstant(startedAt), formatCount(uses), visibleLine(id), counts(skills), displayTitle(title)];
  });
  return [["STARTED", "USES", "SESSION", "SKILLS", "TITLE"], ...rows];
}

function metricsBlock({ skills }: SkillsOverview): Block {
  const heading = [
    "FROM TELEMETRY",
    "RECORDS",
    "SUCCEEDED",
    "TOKENS",
    "TIME",
    "RETRIES",
    "CHECKS",
    "LIMIT REACHED",
    "HANDED ON",
  ];
  const rows = skills.flatMap(({ name, metrics }) => {
    if (metrics === null) return [];
    const { records, tokens, durationMs, retries, verificationAttempts, maxIterationsReached, escalated } = metrics;
    const counts = [retries, verificationAttempts, maxIterationsReached, escalated].map(formatCount);
    const figures = [formatCount(records), successText(metrics), formatCompact(tokens), formatDuration(durationMs)];
    return [[visibleLine(name), ...figures, ...counts]];
  });
  return [heading, ...rows];
}

function unusedBlock({ unusedSkills }: SkillsOverview): Block {
  const rows = (unusedSkills ?? []).map(({ name, folder, description }) => {
    return [visibleLine(name), visibleLine(folder), visibleLine(description ?? "")];
  });
  return [["NEVER USED", "FOLDER", "WHAT IT IS FOR"], ...rows];
}

function counts(skills: readonly NamedCount[]): string {
  return skills.map(({ name, uses }) => visibleLine(uses === 1 ? name : `${name} (${formatCount(uses)})`)).join(", ");
}
