import type { Difference, Presence, Verdict } from "../../../model/comparison.js";
import { UNKNOWN } from "../../../report/format.js";
import { formatChange, formatDifference, formatFigure, type Unit } from "../../../report/signed.js";
import { visible } from "../../../report/visible.js";
import type { Column } from "../data-table.js";

/** What columns of a difference need to know of the rows. */
export interface Differing<Row> {
  readonly of: (row: Row) => Difference;
  readonly unit: (row: Row) => Unit;
}

/** A figure of a row as it was, as it is, the difference, and that in parts of what it was. */
export function figureColumns<Row>(label: string, { of, unit }: Differing<Row>): Column<Row>[] {
  return [
    textColumn(label === "" ? "A" : `${label} A`, (row) => formatFigure(of(row).a, unit(row))),
    textColumn("B", (row) => formatFigure(of(row).b, unit(row))),
    signedColumn("Difference", { of, unit }, "no change"),
    textColumn("Change", (row) => formatChange(of(row).a, of(row).difference)),
  ];
}

/** The difference alone. `same`: what stands where there is none. */
export function signedColumn<Row>(label: string, { of, unit }: Differing<Row>, same = ""): Column<Row> {
  return textColumn(label, (row) => {
    const { difference } = of(row);
    return difference === 0 ? same : formatDifference(difference, unit(row));
  });
}

/** Of groups: how many sessions there are on each side, how likely chance is, and what follows from that. */
export function testColumns<Row>(of: Differing<Row>["of"]): Column<Row>[] {
  return [
    textColumn("n", (row) => `${of(row).test?.nA ?? UNKNOWN} / ${of(row).test?.nB ?? UNKNOWN}`),
    textColumn("p", (row) => pText(of(row).test?.p ?? null)),
    { label: "Verdict", className: "words", cell: (row) => ({ text: VERDICTS[of(row).test?.verdict ?? "too-few"] }) },
  ];
}

const VERDICTS: Readonly<Record<Verdict, string>> = {
  more: "▲ more in B",
  less: "▼ less in B",
  none: "no difference shown",
  "too-few": "no verdict: n < 5",
};

function pText(p: number | null): string {
  if (p === null) return UNKNOWN;
  return p < 0.001 ? "<\u00a00.001" : p.toFixed(3);
}

export function textColumn<Row>(label: string, of: (row: Row) => string): Column<Row> {
  return { label, className: "n", cell: (row) => ({ text: of(row) }) };
}

/** A name, marked where it is on one side alone. */
export function nameColumn<Row extends { readonly isIn: Presence }>(
  label: string,
  of: (row: Row) => string,
): Column<Row> {
  return { label, className: "name", cell: (row) => ({ text: visible(of(row)), marks: presenceMarks(row.isIn) }) };
}

export function presenceMarks(isIn: Presence): string[] {
  return isIn === "both" ? [] : [`only in ${isIn === "a" ? "A" : "B"}`];
}
