import type { CostBasis, Summary } from "../../model/report.js";
import type { TokenUsage, Usd } from "../../model/units.js";
import { formatCount, formatShare, formatUsd, NO_PRICE } from "../../report/format.js";
import type { Column } from "./data-table.js";

export type Usage = TokenUsage & { readonly total: number };

/** A row with the tokens and the cost of calls. */
export interface UsageRow {
  readonly tokens: Usage | null;
  readonly costUsd: Usd | null;
  readonly costBasis?: CostBasis;
}

const COUNTS: readonly { readonly field: keyof TokenUsage; readonly label: string; readonly always: boolean }[] = [
  { field: "uncachedInput", label: "Uncached input", always: true },
  { field: "cacheRead", label: "Cache read", always: true },
  { field: "cacheWrite", label: "Cache write", always: false },
  { field: "output", label: "Output", always: true },
  { field: "reasoning", label: "Reasoning", always: false },
];

/**
 * Total and cost stand before their parts, so that they are seen first where the table is wider than the screen. A count
 * that is 0 in the whole session has no column.
 */
export function usageColumns(summary: Summary): Column<UsageRow>[] {
  const counts = COUNTS.filter(({ field, always }) => always || summary.tokens[field] > 0);
  const column = (label: string, text: (usage: Usage | null) => string): Column<UsageRow> => ({
    ...{ label, className: "n" as const },
    cell: ({ tokens }) => ({ text: text(tokens) }),
    sum: (rows) => text(summedUsage(rows)),
  });
  return [
    column("Total", (usage) => formatCount(usage?.total ?? null)),
    {
      ...{ label: "Cost", className: "n" as const, unit: "USD" },
      cell: (row) => ({ text: costText(row), value: usdValue(row) }),
      sum: (rows) => costText({ costUsd: summedCost(rows), costBasis: basisOf(rows) }),
    },
    ...counts.map(({ field, label }) => column(label, (usage) => formatCount(usage?.[field] ?? null))),
    ...(hasCache(summary) ? [column("Cache hits", (usage) => formatShare(hitRate(usage)))] : []),
  ];
}

/** What each row cost as a part of prompts: without what the answers cost; another `label`: what it is the cost of. */
export function inputCostColumn<Row extends { readonly costUsd: Usd | null }>(
  { costBasis }: Summary,
  label = "Input cost",
): Column<Row> {
  const basis = costBasis === "estimated" ? costBasis : null;
  return {
    ...{ label, className: "n" as const, unit: "USD" },
    cell: ({ costUsd }) => ({
      text: costText({ costUsd, costBasis: costUsd === null ? null : basis }),
      value: usdValue({ costUsd, costBasis: basis }),
    }),
    // A sum without one of its parts would be of something else.
    sum: (rows) =>
      rows.some(({ costUsd }) => costUsd === null)
        ? formatUsd(null)
        : costText({ costUsd: summedCost(rows), costBasis: basis }),
  };
}

/** An estimate is marked; what has no price is not free. */
export function costText({ costUsd, costBasis }: Pick<UsageRow, "costUsd" | "costBasis">): string {
  if (costBasis === "no-price") return NO_PRICE;
  return costBasis === "estimated" ? `≈ ${formatUsd(costUsd)}` : formatUsd(costUsd);
}

/** What nothing was counted as, in words. */
export function uncountedKinds(summary: Summary): string[] {
  return COUNTS.filter(({ field, always }) => !always && summary.tokens[field] === 0).map(({ label }) =>
    label.toLowerCase(),
  );
}

/** An estimate stays marked wherever it is copied to. */
export function usdValue({ costUsd, costBasis }: Pick<UsageRow, "costUsd" | "costBasis">): string | null {
  return costUsd === null || costBasis === "estimated" ? null : String(costUsd);
}

function basisOf(rows: readonly UsageRow[]): CostBasis {
  return rows.some(({ costBasis }) => costBasis === "estimated") ? "estimated" : null;
}

/** What of the input came out of the cache; null without input. */
export function hitRate(usage: TokenUsage | null): number | null {
  const input = usage ? usage.uncachedInput + usage.cacheRead + usage.cacheWrite : 0;
  return usage && input > 0 ? usage.cacheRead / input : null;
}

export function summedCost(rows: readonly { readonly costUsd: Usd | null }[]): Usd | null {
  const costs = rows.flatMap(({ costUsd }) => costUsd ?? []);
  return costs.length === 0 ? null : costs.reduce((sum, cost) => sum + cost, 0);
}

export function summedUsage(rows: readonly UsageRow[]): Usage | null {
  const counted = rows.flatMap(({ tokens }) => tokens ?? []);
  if (counted.length === 0) return null;
  const fields = ["total", ...COUNTS.map(({ field }) => field)] as const;
  return Object.fromEntries(
    fields.map((field) => [field, counted.reduce((sum, tokens) => sum + tokens[field], 0)]),
  ) as unknown as Usage;
}

function hasCache({ tokens }: Summary): boolean {
  return tokens.cacheRead + tokens.cacheWrite > 0;
}
