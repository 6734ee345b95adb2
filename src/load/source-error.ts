/**
 * What can be wrong with a source, each with the facts that a message needs.
 * Here only facts are stated; what the user can do about it is said by `src/cli/failure.ts`.
 */
export type SourceProblem =
  | { readonly code: "no-such-file"; readonly path: string }
  | { readonly code: "no-store"; readonly path: string; readonly others: readonly string[] }
  | { readonly code: "unreadable"; readonly path: string; readonly reason: string }
  | { readonly code: "empty-file"; readonly path: string }
  | { readonly code: "not-a-database"; readonly path: string }
  | { readonly code: "foreign-database"; readonly path: string; readonly tables: readonly string[] }
  | { readonly code: "unknown-schema"; readonly path: string; readonly missing: readonly string[] }
  | { readonly code: "go-program"; readonly path: string }
  | { readonly code: "unknown-form"; readonly path: string; readonly wanted: string | null }
  | { readonly code: "torn-file"; readonly path: string }
  | { readonly code: "broken-export"; readonly path: string }
  | { readonly code: "cut-export"; readonly path: string; readonly bytes: number; readonly hasMessages: boolean }
  | { readonly code: "too-big-to-read"; readonly path: string; readonly bytes: number }
  | { readonly code: "no-server"; readonly url: string; readonly reason: string }
  | { readonly code: "not-a-server"; readonly url: string }
  | { readonly code: "garbled-answer"; readonly url: string }
  | { readonly code: "wrong-password"; readonly url: string; readonly wasGiven: boolean }
  | { readonly code: "server-failed"; readonly url: string; readonly status: number }
  | { readonly code: "damaged"; readonly path: string; readonly reason: string }
  | { readonly code: "locked"; readonly path: string }
  | { readonly code: "too-big-to-copy"; readonly path: string; readonly bytes: number }
  | { readonly code: "native-module"; readonly reason: string }
  | { readonly code: "no-sessions"; readonly path: string }
  | { readonly code: "unknown-session"; readonly selector: string; readonly path: string }
  | { readonly code: "ambiguous-session"; readonly selector: string; readonly matches: readonly string[] };

export class SourceError extends Error {
  override readonly name = "SourceError";
  constructor(
    readonly problem: SourceProblem,
    options?: ErrorOptions,
  ) {
    super(problem.code, options);
  }
}
