import { analyze } from "../../src/analyze/index.js";
import type { RuleId, RuleSettings } from "../../src/analyze/thresholds.js";
import type { PriceBook } from "../../src/model/price-book.js";
import type { Suggestion } from "../../src/model/report.js";
import type { Session } from "../../src/model/session.js";
import { loadTitled, recordedPath } from "./fixtures.js";
import { sessionFromStory } from "./story-text.js";

/** What one rule suggests for a session drawn as text (see story-text.ts). */
export function foundInStory(rule: RuleId, story: string, settings: RuleSettings = {}): readonly Suggestion[] {
  return foundIn(rule, sessionFromStory(story), null, settings);
}

export function foundIn(
  rule: RuleId,
  session: Session,
  book: PriceBook | null = null,
  settings: RuleSettings = {},
): readonly Suggestion[] {
  return analyze(session, "test", book, settings).suggestions.filter((suggestion) => suggestion.rule === rule);
}

/** What one rule suggests for a recorded session: the name of the recording, and the session's title. */
export async function foundInRecorded(rule: RuleId, name: string, title: string): Promise<readonly Suggestion[]> {
  return foundIn(rule, await loadTitled(recordedPath(name), title));
}
