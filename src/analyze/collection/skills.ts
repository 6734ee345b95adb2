import type { CollectionSkill } from "../../model/collection.js";
import type { Report, SkillRow } from "../../model/report.js";
import { roundedUsd } from "../round.js";
import { byText, type Fold, type Open, Rows } from "./fold.js";

/** The skills that were used in any of the sessions. */
export class SkillFold implements Fold<CollectionSkill[]> {
  readonly #rows = new Rows<Open<CollectionSkill>>();

  add({ report }: { readonly report: Report }): void {
    for (const row of report.skills.filter(({ uses }) => uses.length > 0))
      addTo(
        this.#rows.of(row.name, () => ({ skill: row.name, ...NOTHING })),
        row,
      );
  }

  result(): CollectionSkill[] {
    const rows = this.#rows.all().sort((a, b) => b.uses - a.uses || byText(a.skill, b.skill));
    return rows.map((row) => ({ ...row, costUsd: roundedUsd(row.costUsd) }));
  }
}

const NOTHING = {
  ...{ sessions: 0, uses: 0, succeeded: 0, failed: 0, contentTokens: 0, carriedTokens: 0 },
  costUsd: 0 as number | null,
};

function addTo(row: Open<CollectionSkill>, own: SkillRow): void {
  row.sessions += 1;
  row.uses += own.uses.length;
  row.succeeded += own.succeeded;
  row.failed += own.failed;
  row.contentTokens += own.contentTokens;
  row.carriedTokens += own.carriedTokens;
  row.costUsd = row.costUsd === null || own.costUsd === null ? null : row.costUsd + own.costUsd;
}
