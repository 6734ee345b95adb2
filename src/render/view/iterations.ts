import type { IterationRow, Report } from "../../model/report.js";
import { formatCount, plural } from "../../report/format.js";
import { type Column, countColumn, type DataTable, dataTable, knownColumn } from "./data-table.js";
import { type PanelView, panelView } from "./panel.js";
import type { SpanLinks } from "./span-links.js";
import { cutTable } from "./table.js";

/** The same retries and loops counted three ways, so each has a table of its own. */
const GROUPS = [
  { by: "skill", noun: "Skill" },
  { by: "turn", noun: "Turn" },
  { by: "tool", noun: "Tool" },
] as const;

/** The panel of what was tried again and again, by skill, turn and tool; null where nothing was. */
export function iterationsPanel({ iterations }: Report, links: SpanLinks, limit: number): PanelView | null {
  if (iterations.length === 0) return null;
  const tables = GROUPS.flatMap(({ by, noun }) => {
    const rows = iterations.filter((row) => row.by === by);
    if (rows.length === 0) return [];
    return [{ heading: `By ${by}`, table: groupTable(noun, rows, links, limit) }];
  });
  return panelView({
    ...{ id: "iterations", heading: "Iterations", hint: iterationsHint(iterations), tables },
    foot: [
      "Failed: errors, and commands that ended with another code than 0. Retry: a call on the same thing again after one. Verification loop: an edit after a test or check after an edit. The tables count the same, each in its own way.",
      iterations.some(({ isFlaky }) => isFlaky)
        ? "Flaky: the same call failed and worked with nothing changed between; of a skill: some uses succeeded and some failed."
        : "",
    ],
  });
}

/** Whatever happened did so in a turn. */
function iterationsHint(iterations: readonly IterationRow[]): string {
  const inTurns = iterations.filter(({ by }) => by === "turn");
  const sum = (of: (row: IterationRow) => number) => inTurns.reduce((total, row) => total + of(row), 0);
  const [retries, recovered] = [sum((row) => row.retries), sum((row) => row.recovered)];
  const loops = sum(({ verificationLoops }) => verificationLoops);
  const parts = [
    retries === 0 ? "" : `${plural(retries, "retry", "retries")}, of which ${formatCount(recovered)} worked`,
    loops === 0 ? "" : plural(loops, "verification loop"),
  ];
  return parts.filter(Boolean).join("; ");
}

function groupTable(noun: string, rows: readonly IterationRow[], links: SpanLinks, limit: number): DataTable {
  const thing = noun.toLowerCase();
  const words = {
    ...{ name: `iterations-by-${thing}`, label: `Iterations by ${thing}`, total: null },
    rest: (count: number) => plural(count, `further ${thing}`),
  };
  const columns: Column<IterationRow>[] = [
    {
      ...{ label: noun, className: "name" },
      cell: ({ name, spanId, spanIds, isFlaky }) => ({
        ...{ text: name, link: links(spanId ?? spanIds[0] ?? null), marks: isFlaky ? ["flaky"] : [] },
      }),
    },
    countColumn("Calls", ({ calls }) => calls),
    countColumn("Failed", ({ failed }) => failed),
    countColumn("Retries", ({ retries }) => retries),
    countColumn("Worked then", ({ recovered }) => recovered),
    countColumn("Verification loops", ({ verificationLoops }) => verificationLoops),
    ...(rows.some(({ maxIterationsReached }) => maxIterationsReached !== null)
      ? [knownColumn<IterationRow>("Iteration limit reached", ({ maxIterationsReached }) => maxIterationsReached)]
      : []),
  ];
  return dataTable(
    words,
    columns,
    rows,
    cutTable(rows, ({ retries, verificationLoops }) => retries + verificationLoops, limit),
  );
}
