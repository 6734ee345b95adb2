import type { Report, SkillRow, SkillUse, Summary } from "../../model/report.js";
import { successRate } from "../../report/edit-figures.js";
import { formatCount, formatShare, plural } from "../../report/format.js";
import { type Column, countColumn, type DataTable, dataTable, durationColumn, knownSum } from "./data-table.js";
import { type PanelTable, type PanelView, panelView } from "./panel.js";
import { rateColumn } from "./rate-column.js";
import { panelRemarks } from "./remarks.js";
import { skillUsesTable } from "./skill-uses.js";
import type { SpanLinks } from "./span-links.js";
import { cutTable } from "./table.js";
import { costText, inputCostColumn, summedCost } from "./usage-columns.js";

/** The panel of skills: those that were used, each use of one, and those that were not; null where there is none at all. */
export function skillsPanel(report: Report, links: SpanLinks, limit: number): PanelView | null {
  const { skills, unusedSkills } = report;
  if (skills.length === 0 && !unusedSkills?.length) return null;
  const tables: PanelTable[] = [
    ...(skills.length > 0 ? [{ heading: "", table: skillsTable(report, links, limit) }] : []),
    ...(usesOf(skills).length > 0
      ? [{ heading: "Use by use", table: skillUsesTable(report, links, limit), isMore: true }]
      : []),
    ...(unusedSkills?.length ? [{ heading: "Not used", table: unusedTable(unusedSkills, limit) }] : []),
  ];
  return panelView({
    ...{ id: "skills", heading: "Skills", hint: "by name; what came after: until the next skill or the turn's end" },
    tables,
    foot: [
      skills.length > 0
        ? "A use succeeded if it ended without error or abort and the last test or check after it, if there was one, passed. Content: what a skill's texts brought in; carried: the same over every prompt that held them, which is what the input cost is of. First use: since the session began."
        : "",
      unusedText(unusedSkills),
    ],
    remarks: panelRemarks(report, "skills"),
  });
}

/** The answer first: how many skills were used, how often, and what they took; null where there is none at all. */
export function skillsAnswer({ skills, unusedSkills, summary }: Report): { lead: string; rest: string } | null {
  const unused = unusedSkills?.length ?? 0;
  const used = skills.filter(({ uses }) => uses.length > 0);
  const count = usesOf(used).length;
  if (skills.length + unused === 0) return null;
  if (count === 0)
    return {
      lead: "No use of a skill is recorded",
      rest: unused === 0 ? "." : `; ${plural(unused, "skill")} could have been used.`,
    };
  const { succeeded, ended } = successRate(skills);
  const known = ended === 0 ? "" : `: ${formatCount(succeeded)} of ${plural(ended, "use")} succeeded`;
  return {
    lead: `${plural(used.length, "skill")} ${used.length === 1 ? "was" : "were"} used ${timesText(count)}`,
    rest: [
      `${known}.`,
      carriedText(skills, summary),
      unused > 0 ? `${plural(unused, "further skill")} ${unused === 1 ? "was" : "were"} there and not used.` : "",
    ]
      .filter(Boolean)
      .join(" "),
  };
}

function carriedText(skills: readonly SkillRow[], { costBasis, tokens }: Summary): string {
  const content = knownSum(skills, ({ contentTokens }) => contentTokens) ?? 0;
  const carried = knownSum(skills, ({ carriedTokens }) => carriedTokens) ?? 0;
  if (carried === 0) return "";
  const input = tokens.uncachedInput + tokens.cacheRead + tokens.cacheWrite;
  const costUsd = skills.some((skill) => skill.costUsd === null) ? null : summedCost(skills);
  const basis = costBasis === "estimated" ? costBasis : null;
  const said = [
    input > 0 ? `${formatShare(carried / input)} of all input` : "",
    costUsd === null || costUsd === 0 ? "" : costText({ costUsd, costBasis: basis }),
  ].filter(Boolean);
  const whose = skills.length === 1 ? "Its text is" : "Their texts are";
  return `${whose} ${formatCount(content)} tokens that prompts carried along to ${formatCount(carried)}${said.length > 0 ? ` (${said.join(", ")})` : ""}.`;
}

function timesText(count: number): string {
  return count === 1 ? "once" : `${formatCount(count)} times`;
}

function usesOf(skills: readonly SkillRow[]): SkillUse[] {
  return skills.flatMap(({ uses }) => uses);
}

/** One row a skill; `hasAfter`: with what was done after it was loaded. */
export function skillsTable(report: Report, links: SpanLinks, limit: number, hasAfter = true): DataTable {
  const rows = report.skills;
  const columns: Column<SkillRow>[] = [
    { label: "Skill", className: "name", cell: (row) => nameCell(row, links) },
    countColumn("Uses", ({ uses }) => uses.length),
    { ...durationColumn("First use", (row) => firstUseMs(row, report)), sum: () => "" },
    durationColumn("Load time", ({ durationMs }) => durationMs),
    rateColumn("Succeeded", (row) => successRate([row])),
    countColumn("Content", ({ contentTokens }) => contentTokens),
    countColumn("Carried", ({ carriedTokens }) => carriedTokens),
    inputCostColumn(report.summary),
    ...(hasAfter ? AFTER : []),
  ];
  const words = {
    ...{ name: "used-skills", label: "Skills that were used", total: null },
    rest: (count: number) => plural(count, "further skill"),
  };
  return dataTable(
    words,
    columns,
    rows,
    cutTable(rows, ({ uses }) => uses.length, limit),
  );
}

const AFTER: readonly Column<SkillRow>[] = [
  countColumn("Steps after", ({ after }) => after.steps),
  countColumn("Calls after", ({ after }) => after.toolCalls),
  countColumn("Failed after", ({ after }) => after.toolErrors),
  durationColumn("Time after", ({ after }) => after.ms),
  countColumn("Tokens after", ({ after }) => after.tokens),
];

function nameCell({ name, title, description, folder, uses }: SkillRow, links: SpanLinks) {
  // What the agent says by itself tells nothing but the name.
  const called = title === null || title === name || title === `Loaded skill: ${name}` ? [] : [title];
  return {
    text: name,
    link: links(uses.find(({ spanId }) => spanId !== null)?.spanId ?? null),
    details: [...called, description ?? "", folder ?? ""].filter(Boolean),
  };
}

/** Since the session began. */
function firstUseMs({ uses }: SkillRow, { session }: Report): number | null {
  return uses.length === 0
    ? null
    : Math.max(0, uses.reduce((first, { at }) => Math.min(first, at), uses[0]?.at ?? 0) - session.startedAt);
}

function unusedTable(rows: NonNullable<Report["unusedSkills"]>, limit: number): DataTable {
  const words = {
    ...{ name: "unused-skills", label: "Skills that were not used", total: null },
    rest: (count: number) => plural(count, "further skill"),
  };
  const columns: Column<(typeof rows)[number]>[] = [
    { label: "Skill", className: "name", cell: ({ name }) => ({ text: name }) },
    { label: "Description", className: "words", cell: ({ description }) => ({ text: description ?? "" }) },
    { label: "Folder", className: "words", cell: ({ folder }) => ({ text: folder }) },
  ];
  return dataTable(
    words,
    columns,
    rows,
    cutTable(rows, () => 0, limit),
  );
}

function unusedText(unused: Report["unusedSkills"]): string {
  if (unused === null)
    return "Which skills were there and not used is not known: the session's folder is not on this machine, or was not looked into.";
  return unused.length === 0
    ? "Every skill that lies where the agent looks for skills was used."
    : "Not used: what lies where the agent looks for skills now, which need not be as it was then. The model is told of each in every prompt.";
}
