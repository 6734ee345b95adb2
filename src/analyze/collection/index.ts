import type { CollectedSession, CollectionIndex, CollectionScope, UnreadableSession } from "../../model/collection.js";
import type { Report } from "../../model/report.js";
import type { StatsTotals } from "../../model/stats.js";
import { CommandFold, ToolFold } from "./calls.js";
import { collectedSession } from "./collected-session.js";
import { collectionDays } from "./days.js";
import { FileFold } from "./files.js";
import { byText, type Fold, type Member } from "./fold.js";
import { SkillFold } from "./skills.js";
import { SuggestionFold } from "./suggestions.js";
import { collectionTotals } from "./totals.js";

/** What of a collection is not worked out from its sessions. */
export interface CollectionFacts {
  readonly generator: Report["generator"];
  readonly scope: CollectionScope;
  /** Of `stats` for the same sessions, without copies. */
  readonly counted: StatsTotals;
  readonly unreadable: readonly UnreadableSession[];
}

/** A collection as it grows: one session after the other, of each of which only its row is kept. */
export class Collecting {
  readonly #sessions: CollectedSession[] = [];
  readonly #folds = {
    tools: new ToolFold(),
    commands: new CommandFold(),
    files: new FileFold(),
    skills: new SkillFold(),
    suggestions: new SuggestionFold(),
  };

  /**
   * What is nothing but a copy gets its row, and counts nowhere. `isKept` is asked whether the Report of a row is kept
   * beside it.
   */
  add(member: Member, isKept: (row: CollectedSession) => boolean): void {
    const row = collectedSession(member);
    this.#sessions.push({ ...row, hasReport: isKept(row) });
    if (member.isCopy) return;
    for (const fold of Object.values(this.#folds) as Fold<unknown>[]) fold.add(member);
  }

  index({ generator, scope, counted, unreadable }: CollectionFacts): CollectionIndex {
    const sessions = [...this.#sessions].sort(newestFirst);
    const { tools, commands, files, skills, suggestions } = this.#folds;
    return {
      ...{ version: 1, kind: "collection", generator, scope },
      totals: collectionTotals(sessions, counted),
      ...{ sessions, unreadable, days: collectionDays(sessions) },
      ...{ tools: tools.result(), commands: commands.result(), files: files.result() },
      ...{ skills: skills.result(), suggestions: suggestions.result() },
    };
  }
}

function newestFirst(a: CollectedSession, b: CollectedSession): number {
  return b.session.startedAt - a.session.startedAt || byText(a.session.id, b.session.id);
}
