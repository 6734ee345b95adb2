/** The skill that a call used. */
export interface SkillFacet {
  readonly name: string;
  /** What the tool said, in a line; null where it said nothing. */
  readonly title: string | null;
  readonly description: string | null;
  readonly folder: string | null;
}

/** What an edit changed, in lines; null where its result does not say. */
export interface EditFacet {
  readonly linesAdded: number | null;
  readonly linesRemoved: number | null;
}
