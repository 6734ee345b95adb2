/** A stretch of a text that looks like a credential. Offsets are in UTF-16 units. */
export interface CredentialFinding {
  readonly from: number;
  readonly to: number;
  /** What it looks like, in words for the reader: `GitHub token`; null for the beginning of what may be anything. */
  readonly kind: string | null;
}

/** Every stretch of a text that looks like a credential; they may overlap. */
export type FindCredentials = (text: string) => CredentialFinding[];

/** Stands between texts that are looked at as one: no rule finds anything across it. No text holds it. */
export const BETWEEN_TEXTS = "\u0000";
