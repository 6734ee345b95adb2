import { PAINTS } from "../../flame/palette.js";
import type { GroupTokensRow, ModelRow, Report, ToolTokensRow } from "../../model/report.js";
import { formatCount, formatShares, plural, UNKNOWN } from "../../report/format.js";
import { cellBar } from "../bar-svg.js";
import { type Column, countColumn, type DataTable, dataTable } from "./data-table.js";
import { panelRemarks, type Remark } from "./remarks.js";
import type { SpanLinks } from "./span-links.js";
import { cutTable } from "./table.js";
import { inputCostColumn, usageColumns } from "./usage-columns.js";

export interface TokenGroup {
  readonly heading: string;
  readonly hint: string;
  readonly table: DataTable;
  readonly remarks: readonly Remark[];
}

/** The tables by model, agent and turn, those that have a row. */
export function callGroups(report: Report, links: SpanLinks, limit: number): TokenGroup[] {
  const { byModel, byAgent, byTurn } = report.tokens;
  const models = {
    ...{ heading: "By model", hint: "", table: modelTable(report, byModel, limit) },
    remarks: panelRemarks(report, "by-model"),
  };
  const agents = {
    heading: "By agent",
    hint: "",
    table: groupTable(report, "agents", "Agent", byAgent, links, limit),
    remarks: [],
  };
  const hint = "what a prompt of yours took, its subagents counted in";
  const turns = {
    ...{ heading: "By turn", hint, table: groupTable(report, "turns", "Turn", byTurn, links, limit) },
    remarks: [],
  };
  return [models, agents, turns].filter(({ table }) => table.rows.length > 0);
}

function modelTable({ summary }: Report, rows: readonly ModelRow[], limit: number): DataTable {
  const shares = formatShares(rows.map(({ share }) => share));
  const columns: Column<ModelRow>[] = [
    { label: "Model", className: "name", cell: ({ model }) => ({ text: model }) },
    {
      label: "Share of all tokens",
      className: "barcell",
      cell: ({ share }) => ({ bar: cellBar([[share ?? 0, PAINTS.generating]]) }),
    },
    { label: "Share", className: "n", cell: (row) => ({ text: shares[rows.indexOf(row)] as string }) },
    { label: "Answers", className: "n", cell: ({ calls }) => ({ text: formatCount(calls) }), sum: sumOfCalls },
    ...usageColumns(summary),
  ];
  return dataTable(
    words("models", "Tokens by model", "further model"),
    columns,
    rows,
    cutTable(rows, ({ tokens }) => tokens.total, limit),
  );
}

function groupTable(
  { summary }: Report,
  name: string,
  noun: string,
  rows: readonly GroupTokensRow[],
  links: SpanLinks,
  limit: number,
): DataTable {
  const columns: Column<GroupTokensRow>[] = [
    {
      label: noun,
      className: "name",
      cell: (row) => ({
        text: row.name || UNKNOWN,
        marks: row.isReverted ? ["taken back"] : [],
        link: links(row.spanId),
      }),
    },
    { label: "Answers", className: "n", cell: ({ calls }) => ({ text: formatCount(calls) }), sum: sumOfCalls },
    ...usageColumns(summary),
  ];
  const label = `Tokens by ${noun.toLowerCase()}`;
  return dataTable(
    words(name, label, `further ${noun.toLowerCase()}`),
    columns,
    rows,
    cutTable(rows, ({ tokens }) => tokens.total, limit),
  );
}

/** The tables by tool, MCP server and skill, those that have a row. */
export function toolGroups(report: Report, limit: number): TokenGroup[] {
  const { tokens } = report;
  const hint =
    "arguments are what the model wrote, results what came back; carried is both, over every prompt that held them";
  const isDerived = tokens.byServer.some(({ basis }) => basis === "derived");
  const derived = isDerived
    ? "derived: no settings name the server, so it is the part of the tool's name before the first _, and may be no server at all"
    : "";
  return [
    {
      ...{ heading: "By tool", hint, table: toolTable(report, "tools", "Tool", tokens.byTool, limit) },
      remarks: panelRemarks(report, "by-tool"),
    },
    {
      heading: "By MCP server",
      hint: derived,
      table: toolTable(report, "servers", "MCP server", tokens.byServer, limit),
      remarks: [],
    },
    { heading: "By skill", hint: "", table: toolTable(report, "skills", "Skill", tokens.bySkill, limit), remarks: [] },
  ].filter(({ table }) => table.rows.length > 0);
}

function toolTable(
  { summary }: Report,
  name: string,
  noun: string,
  rows: readonly ToolTokensRow[],
  limit: number,
): DataTable {
  const columns: Column<ToolTokensRow>[] = [
    {
      label: noun,
      className: "name",
      cell: (row) => ({ text: row.name, marks: row.basis === "derived" ? ["derived"] : [] }),
    },
    countColumn("Calls", ({ calls }) => calls),
    countColumn("Failed", ({ errors }) => errors),
    countColumn("Arguments", ({ argumentTokens }) => argumentTokens),
    countColumn("Results", ({ resultTokens }) => resultTokens),
    countColumn("Carried", ({ carriedTokens }) => carriedTokens),
    inputCostColumn(summary),
  ];
  const thing = noun.replace(/^[TS]/, (letter) => letter.toLowerCase());
  return dataTable(
    words(name, `Tokens by ${thing}`, `further ${thing}`),
    columns,
    rows,
    cutTable(rows, ({ carriedTokens }) => carriedTokens, limit),
  );
}

function sumOfCalls(rows: readonly { readonly calls: number }[]): string {
  return formatCount(rows.reduce((sum, { calls }) => sum + calls, 0));
}

function words(name: string, label: string, noun: string) {
  return { name, label, total: null, rest: (count: number) => plural(count, noun) };
}
