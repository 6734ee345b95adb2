import type { Report, SkillUse, WorkDone } from "../../model/report.js";
import { plural, UNKNOWN } from "../../report/format.js";
import { outcomeText, USED_BY } from "../../report/skills-words.js";
import { type Column, countColumn, type DataTable, dataTable, durationColumn } from "./data-table.js";
import type { SpanLinks } from "./span-links.js";
import { cutTable } from "./table.js";
import { inputCostColumn } from "./usage-columns.js";

/** A use, with the name of its skill, and the work after it in its own fields. */
interface UseRow extends WorkDone {
  readonly name: string;
  readonly use: SkillUse;
}

/** One row a use, in time order. */
export function skillUsesTable(report: Report, links: SpanLinks, limit: number): DataTable {
  const rows = report.skills.flatMap(({ name, uses }) => uses.map((use): UseRow => ({ name, use, ...use.after })));
  rows.sort((a, b) => a.use.at - b.use.at);
  const columns: Column<UseRow>[] = [
    { label: "Skill", className: "name", cell: ({ name, use }) => ({ text: name, link: links(use.spanId) }) },
    messageColumn(report),
    { ...durationColumn("At", ({ use }) => Math.max(0, use.at - report.session.startedAt)), sum: () => "" },
    { label: "Loaded by", className: "", cell: ({ use }) => ({ text: USED_BY[use.by] }) },
    durationColumn("Load time", ({ use }) => use.durationMs),
    { label: "How it went", className: "words", cell: ({ use }) => ({ text: outcomeText(use) }) },
    countColumn("Steps after", ({ steps }) => steps),
    countColumn("Calls after", ({ toolCalls }) => toolCalls),
    countColumn("Failed after", ({ toolErrors }) => toolErrors),
    durationColumn("Time after", ({ ms }) => ms),
    countColumn("Tokens after", ({ tokens }) => tokens),
    inputCostColumn(report.summary, "Cost after"),
  ];
  const words = {
    ...{ name: "skill-uses", label: "Uses of skills", total: null },
    rest: (count: number) => plural(count, "further use"),
  };
  return dataTable(
    words,
    columns,
    rows,
    cutTable(rows, ({ ms }) => ms, limit),
  );
}

/** What a user loaded is no call: then the row of the message is where to look. */
function messageColumn({ tokens }: Report): Column<UseRow> {
  const numbers = new Map(tokens.byMessage.map(({ messageId, number }) => [messageId, number]));
  return {
    ...{ label: "Message", className: "n" },
    cell: ({ use }) => {
      const number = numbers.get(use.messageId);
      return number === undefined
        ? { text: UNKNOWN }
        : { text: `#${number}`, link: { href: `#m${number}`, span: null } };
    },
  };
}
