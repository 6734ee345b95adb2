import type { Report, SkillMetrics } from "../../model/report.js";
import { successRate } from "../../report/edit-figures.js";
import { plural } from "../../report/format.js";
import { type Column, countColumn, dataTable, durationColumn, knownColumn, saidColumns } from "./data-table.js";
import { type PanelView, panelView } from "./panel.js";
import { rateColumn } from "./rate-column.js";
import { cutTable } from "./table.js";

interface MetricsRow extends SkillMetrics {
  readonly name: string;
}

/** The panel of what telemetry files say of skills; null where none does. A column that no record fills is left out. */
export function skillMetricsPanel({ skills }: Report, limit: number): PanelView | null {
  const rows = skills.flatMap(({ name, metrics }): MetricsRow[] => (metrics === null ? [] : [{ name, ...metrics }]));
  if (rows.length === 0) return null;
  const words = {
    ...{ name: "skill-metrics", label: "Skill metrics", total: null },
    rest: (count: number) => plural(count, "further skill"),
  };
  const table = dataTable(
    words,
    saidColumns(COLUMNS, rows),
    rows,
    cutTable(rows, ({ records }) => records, limit),
  );
  const hint = "as telemetry files tell it: what the agent's own code counted, beside what is worked out here";
  return panelView({ id: "skill-metrics", heading: "Skill metrics", hint, tables: [{ heading: "", table }] });
}

const COLUMNS: readonly Column<MetricsRow>[] = [
  { label: "Skill", className: "name", cell: ({ name }) => ({ text: name }) },
  countColumn("Records", ({ records }) => records),
  rateColumn("Succeeded", (row) => successRate([row])),
  knownColumn("Tokens", ({ tokens }) => tokens),
  durationColumn("Time", ({ durationMs }) => durationMs),
  knownColumn("Retries", ({ retries }) => retries),
  knownColumn("Verification attempts", ({ verificationAttempts }) => verificationAttempts),
  knownColumn("Iteration limit reached", ({ maxIterationsReached }) => maxIterationsReached),
  knownColumn("Handed on", ({ escalated }) => escalated),
];
