import type { FileTotals } from "../../model/collection.js";
import type { FileRow, Report } from "../../model/report.js";
import { roundedUsd } from "../round.js";
import { byText, type Fold, type Open, Rows } from "./fold.js";

const MOST_ROWS = 50;

/** The files that cost most over all sessions. What prompts held besides files is not among them. */
export class FileFold implements Fold<FileTotals[]> {
  readonly #rows = new Rows<Open<FileTotals>>();

  add({ report }: { readonly report: Report }): void {
    const { directory } = report.session;
    for (const row of report.tokens.byFile.filter(({ kind }) => kind === "file"))
      addTo(
        this.#rows.of(`${directory}\n${row.file}`, () => ({ directory, file: row.file, ...NOTHING })),
        row,
      );
  }

  result(): FileTotals[] {
    const rows = this.#rows.all().sort(dearest).slice(0, MOST_ROWS);
    return rows.map((row) => ({ ...row, costUsd: roundedUsd(row.costUsd) }));
  }
}

const NOTHING = {
  ...{ sessions: 0, contentTokens: 0, carriedTokens: 0, reads: 0, writes: 0, repeatedReads: 0 },
  costUsd: 0 as number | null,
};

function addTo(row: Open<FileTotals>, own: FileRow): void {
  row.sessions += 1;
  row.contentTokens += own.contentTokens;
  row.carriedTokens += own.carriedTokens;
  row.reads += own.reads;
  row.writes += own.writes;
  row.repeatedReads += own.repeatedReads + own.repeatedAfterCompaction;
  // A sum without one of its parts would be of something else.
  row.costUsd = row.costUsd === null || own.costUsd === null ? null : row.costUsd + own.costUsd;
}

function dearest(a: FileTotals, b: FileTotals): number {
  const byCost = (b.costUsd ?? 0) - (a.costUsd ?? 0);
  return byCost || b.carriedTokens - a.carriedTokens || byText(a.directory + a.file, b.directory + b.file);
}
