import type { SuccessRate } from "../../report/edit-figures.js";
import { summedRates } from "../../report/edit-figures.js";
import { formatCount, UNKNOWN } from "../../report/format.js";
import type { Column } from "./data-table.js";

/** A column of how many worked: `2 of 3`, with the share as its value. */
export function rateColumn<Row>(label: string, of: (row: Row) => SuccessRate): Column<Row> {
  return {
    ...{ label, className: "n", unit: "share" },
    cell: (row) => ({ text: countsText(of(row)), value: shareValue(of(row)) }),
    sum: (rows) => countsText(summedRates(rows.map(of))),
  };
}

/** A share as the value of a cell; null where it is not known. */
export function shareValue({ rate }: Pick<SuccessRate, "rate">): string | null {
  return rate === null ? null : String(Math.round(rate * 10_000) / 10_000);
}

function countsText({ succeeded, ended }: SuccessRate): string {
  return ended === 0 ? UNKNOWN : `${formatCount(succeeded)} of ${formatCount(ended)}`;
}
