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
  | { readonly code: "generation-2"; readonly path: string; readonly version: string | null }
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
