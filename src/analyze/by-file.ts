import type { FileRow } from "../model/report.js";
import type { Session } from "../model/session.js";
import { isSearch } from "../report/tool-names.js";
import { addedUp, type Carried, type CarriedTotals, NOTHING_CARRIED } from "./context/carried.js";
import type { ContextItem } from "./context/context-items.js";
import { type FileAccess, fileAccess, NO_ACCESS } from "./file-access.js";
import { roundedUsd, wholeNumbers } from "./round.js";

const SHARE_DIGITS = 1e6;

/** One row for each thing that the prompts were made of, the most carried first; together they are all input. */
export function tokensByFile(session: Session, totals: CarriedTotals): FileRow[] {
  const access = fileAccess(session);
  const rows = new Map<
    string,
    { readonly row: Pick<FileRow, "file" | "kind">; readonly carried: Carried[]; readonly access: FileAccess }
  >();
  const add = (key: string, row: Pick<FileRow, "file" | "kind">, carried: Carried) => {
    const known = rows.get(key) ?? { row, carried: [], access: access.get(key) ?? NO_ACCESS };
    known.carried.push(carried);
    rows.set(key, known);
  };
  for (const [item, carried] of totals.ofItem) {
    const { key, ...row } = rowOf(item);
    add(key, row, carried);
  }
  for (const { key, row, carried } of otherRows(totals)) if (carried.carriedTokens > 0) add(key, row, carried);
  // A file that was only written to has brought nothing into the context; it is listed all the same.
  for (const path of access.keys()) if (!rows.has(path)) add(path, { file: path, kind: "file" }, NOTHING_CARRIED);
  return withShares(
    [...rows.values()].map(({ row, carried, access: own }) => ({ ...row, ...addedUp(carried), ...own })),
  );
}

type Row = Pick<FileRow, "file" | "kind"> & { readonly key: string };

function rowOf({ kind, path, tool, shape }: ContextItem): Row {
  if (path !== null) {
    return { key: path, file: path, kind: shape === null ? "media" : "file" };
  }
  if (shape === null) return { key: "\0media", file: "images and documents", kind: "media" };
  if (kind !== "tool-result") return { key: "\0history", file: "conversation history", kind: "history" };
  if (isSearch(tool ?? "")) return { key: `\0${tool}`, file: `results of ${tool}`, kind: "search" };
  return { key: "\0tools", file: "results of other tools", kind: "tools" };
}

function otherRows({ ofOther }: CarriedTotals) {
  return [
    { key: "\0base", row: { file: "system prompt and tool definitions", kind: "base" }, carried: ofOther.base },
    {
      key: "\0compaction",
      row: { file: "what compactions were given to sum up", kind: "compaction-input" },
      carried: ofOther["compaction-input"],
    },
    { key: "\0rest", row: { file: "unattributed", kind: "unattributed" }, carried: ofOther.unattributed },
  ] as const;
}

/** Shares are rounded together, so that they sum to 1. */
function withShares(rows: readonly Omit<FileRow, "share">[]): FileRow[] {
  const all = rows.reduce((sum, { carriedTokens }) => sum + carriedTokens, 0);
  const shares = wholeNumbers(rows.map(({ carriedTokens }) => (all === 0 ? 0 : (carriedTokens / all) * SHARE_DIGITS)));
  const named = rows.map(({ file, kind, contentTokens, carriedTokens, costUsd, ...access }, i): FileRow => {
    const share = (shares[i] as number) / SHARE_DIGITS;
    return { file, kind, contentTokens, carriedTokens, share, ...access, costUsd: roundedUsd(costUsd) };
  });
  return named.sort((a, b) => b.carriedTokens - a.carriedTokens || (a.file < b.file ? -1 : 1));
}
