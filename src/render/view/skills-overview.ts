import type { SkillMetrics, UnusedSkill } from "../../model/report.js";
import type {
  NamedCount,
  SkillsOfProject,
  SkillsOfSession,
  SkillsOverview,
  SkillTotals,
  SkillWeek,
  UseOfSkill,
} from "../../model/skills-overview.js";
import type { EpochMs } from "../../model/units.js";
import { formatCount, formatInstant, formatUsd, plural } from "../../report/format.js";
import {
  outcomeText,
  overviewAnswer,
  overviewScope,
  overviewTitle,
  successText,
  USED_BY,
  unusedRemark,
} from "../../report/skills-words.js";
import { displayTitle, visible } from "../../report/visible.js";
import { type Column, countColumn, type DataTable, dataTable, saidColumns } from "./data-table.js";
import { durationFigure } from "./figure.js";

interface Group {
  readonly heading: string;
  readonly hint: string;
  readonly table: DataTable;
}

/** Strings for the template of the page of skills. */
export function skillsOverviewView(overview: SkillsOverview) {
  const isOne = overview.scope.sessionId !== null;
  const groups = [
    ...skillGroups(overview),
    ...(isOne ? useGroups(overview) : placeGroups(overview)),
    ...restGroups(overview),
  ];
  return {
    title: visible(overviewTitle(overview)),
    meta: visible(overviewScope(overview)),
    answer: overviewAnswer(overview),
    groups: groups.filter(({ table }) => table.rows.length > 0),
    remarks: [unusedRemark(overview)].filter(Boolean),
  };
}

function skillGroups({ skills }: SkillsOverview): Group[] {
  const hint = "the most used first; what came after a skill reaches to the next one, or to the turn's end";
  return [
    group("Skills", hint, "skills", SKILL_COLUMNS, skills),
    group("What they are for", "", "about", saidColumns(ABOUT_COLUMNS, skills), skills),
  ];
}

function useGroups({ uses }: SkillsOverview): Group[] {
  return [group("Uses", "the newest first", "uses", USE_COLUMNS, uses)];
}

function placeGroups({ weeks, projects, sessions }: SkillsOverview): Group[] {
  return [
    group("By week", "weeks begin on Monday, UTC", "weeks", WEEK_COLUMNS, weeks),
    group("By project", "", "projects", PROJECT_COLUMNS, projects),
    group("By session", "", "sessions", SESSION_COLUMNS, sessions),
  ];
}

function restGroups({ skills, unusedSkills }: SkillsOverview): Group[] {
  const unused = saidColumns(UNUSED_COLUMNS, unusedSkills ?? []);
  return [
    group(
      "From telemetry files",
      "what the agent's own code counted",
      "metrics",
      METRIC_COLUMNS,
      skills.flatMap(measured),
    ),
    group("Never used", "they lie where the agent looks for skills now", "unused", unused, unusedSkills ?? []),
  ];
}

/** The page has no script that could show more; JSON has all. */
const MOST_ROWS = 2_000;

function group<Row>(
  heading: string,
  hint: string,
  name: string,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
): Group {
  const words = { name, label: heading, rest: (count: number) => plural(count, "further row"), total: null };
  const shown = { shown: rows.slice(0, MOST_ROWS), rest: rows.slice(MOST_ROWS), gaps: [] };
  return { heading, hint, table: { ...dataTable(words, columns, rows, shown), packed: null } };
}

const SKILL_COLUMNS: readonly Column<SkillTotals>[] = [
  nameColumn("Skill", ({ name }) => name),
  countColumn("Uses", ({ uses }) => uses),
  countColumn("Sessions", ({ sessions }) => sessions),
  numbers("Succeeded", successText),
  durationColumn("Load time", ({ durationMs }) => durationMs),
  countColumn("Content", ({ contentTokens }) => contentTokens),
  countColumn("Carried", ({ carriedTokens }) => carriedTokens),
  numbers("Input cost", ({ costUsd }) => formatUsd(costUsd)),
  countColumn("Steps after", ({ after }) => after.steps),
  countColumn("Calls after", ({ after }) => after.toolCalls),
  countColumn("Failed after", ({ after }) => after.toolErrors),
  durationColumn("Time after", ({ after }) => after.ms),
  countColumn("Tokens after", ({ after }) => after.tokens),
];

const ABOUT_COLUMNS: readonly Column<SkillTotals>[] = [
  nameColumn("Skill", ({ name }) => name),
  { label: "What it is for", className: "words", cell: ({ description }) => ({ text: visible(description ?? "") }) },
  numbers("First used", ({ firstAt }) => (firstAt === null ? "" : formatInstant(firstAt))),
  numbers("Last used", ({ lastAt }) => (lastAt === null ? "" : formatInstant(lastAt))),
  nameColumn("Folder", ({ folder }) => folder ?? ""),
];

const USE_COLUMNS: readonly Column<UseOfSkill>[] = [
  nameColumn("Skill", ({ name }) => name),
  numbers("When", ({ at }) => formatInstant(at)),
  { label: "Loaded by", className: "words", cell: ({ by }) => ({ text: USED_BY[by] }) },
  { label: "Status", className: "words", cell: ({ status }) => ({ text: status }) },
  durationColumn("Load time", ({ durationMs }) => durationMs),
  { label: "How it went", className: "words", cell: (use) => ({ text: outcomeText(use) }) },
  countColumn("Steps after", ({ after }) => after.steps),
  countColumn("Calls after", ({ after }) => after.toolCalls),
  countColumn("Failed after", ({ after }) => after.toolErrors),
  durationColumn("Time after", ({ after }) => after.ms),
  countColumn("Tokens after", ({ after }) => after.tokens),
];

const WEEK_COLUMNS: readonly Column<SkillWeek>[] = [
  nameColumn("Week of", ({ startsAt }) => dayText(startsAt)),
  nameColumn("Skill", ({ name }) => name),
  countColumn("Uses", ({ uses }) => uses),
  numbers("Succeeded", successText),
  durationColumn("Load time", ({ durationMs }) => durationMs),
  durationColumn("Time after", ({ after }) => after.ms),
  countColumn("Tokens after", ({ after }) => after.tokens),
];

const PROJECT_COLUMNS: readonly Column<SkillsOfProject>[] = [
  nameColumn("Project", ({ directory }) => directory),
  countColumn("Uses", ({ uses }) => uses),
  countColumn("Sessions", ({ sessions }) => sessions),
  { label: "Skills", className: "words", cell: ({ skills }) => ({ text: visible(countsText(skills)) }) },
];

const SESSION_COLUMNS: readonly Column<SkillsOfSession>[] = [
  { label: "Session", className: "words", cell: ({ title }) => ({ text: displayTitle(title) }) },
  numbers("Started", ({ startedAt }) => formatInstant(startedAt)),
  countColumn("Uses", ({ uses }) => uses),
  { label: "Skills", className: "words", cell: ({ skills }) => ({ text: visible(countsText(skills)) }) },
  nameColumn("Project", ({ directory }) => directory),
  nameColumn("Id", ({ id }) => id),
];

interface Measured extends SkillMetrics {
  readonly name: string;
}

function measured({ name, metrics }: SkillTotals): Measured[] {
  return metrics === null ? [] : [{ name, ...metrics }];
}

const METRIC_COLUMNS: readonly Column<Measured>[] = [
  nameColumn("Skill", ({ name }) => name),
  countColumn("Records", ({ records }) => records),
  numbers("Succeeded", successText),
  numbers("Tokens", ({ tokens }) => formatCount(tokens)),
  durationColumn("Time", ({ durationMs }) => durationMs),
  numbers("Retries", ({ retries }) => formatCount(retries)),
  numbers("Verification attempts", ({ verificationAttempts }) => formatCount(verificationAttempts)),
  numbers("Iteration limit reached", ({ maxIterationsReached }) => formatCount(maxIterationsReached)),
  numbers("Handed on", ({ escalated }) => formatCount(escalated)),
];

const UNUSED_COLUMNS: readonly Column<UnusedSkill>[] = [
  nameColumn("Skill", ({ name }) => name),
  { label: "What it is for", className: "words", cell: ({ description }) => ({ text: visible(description ?? "") }) },
  nameColumn("Folder", ({ folder }) => folder),
];

function nameColumn<Row>(label: string, of: (row: Row) => string): Column<Row> {
  return { label, className: "name", cell: (row) => ({ text: visible(of(row)) }) };
}

function numbers<Row>(label: string, of: (row: Row) => string): Column<Row> {
  return { label, className: "n", cell: (row) => ({ text: of(row) }) };
}

function durationColumn<Row>(label: string, of: (row: Row) => number | null): Column<Row> {
  return { label, className: "n", unit: "ms", cell: (row) => durationFigure(of(row)) };
}

function countsText(skills: readonly NamedCount[]): string {
  return skills.map(({ name, uses }) => (uses === 1 ? name : `${name} (${formatCount(uses)})`)).join(", ");
}

function dayText(at: EpochMs): string {
  return formatInstant(at).split(",", 1)[0] as string;
}
