import type { SessionTotals } from "../../load/source.js";
import type { RedactLevel } from "../../model/redaction.js";
import { redactEntries } from "../../redact/entries.js";
import { formatCompact, formatDuration, formatInstant, formatUsd, plural, UNKNOWN } from "../../report/format.js";
import { displayTitle, visibleLine } from "../../report/visible.js";
import type { Context } from "../context.js";
import { openNamedStore, type SourceOptions, withStore } from "../open-source.js";
import { textTable } from "../text-table.js";

export interface ListOptions extends SourceOptions {
  readonly json?: boolean;
  readonly limit?: number;
  readonly redact: RedactLevel;
  readonly quiet?: boolean;
}

/** `sessionflame list`: the root sessions of the source, newest first, their subagents counted in. */
export async function listCommand(options: ListOptions, context: Context): Promise<void> {
  const totals = await withStore(openNamedStore(options, context), (store) => store.totals());
  const newest = [...totals].sort(newestFirst).slice(0, options.limit);
  const shown = await redacted(newest, options.redact);
  if (options.json) {
    context.stdout(`${JSON.stringify(shown)}\n`);
    return;
  }
  const rows = [["LAST CHANGE", "TIME", "COST", "TOKENS", "ID", "TITLE"], ...shown.map(row)];
  context.stdout(textTable(rows, (column) => RIGHT_ALIGNED.has(column)));
  if (!options.quiet)
    context.stderr(
      `${plural(totals.length, "session")}${shown.length < totals.length ? `, ${shown.length} shown` : ""}\n`,
    );
}

async function redacted(totals: readonly SessionTotals[], level: RedactLevel): Promise<SessionTotals[]> {
  const { findCredentials } = await import("../../redact/credentials/find.js"); // the rules take time to load
  const entries = redactEntries(totals, level, findCredentials);
  return totals.map((each, i) => ({ ...each, ...entries[i] }));
}

function newestFirst(a: SessionTotals, b: SessionTotals): number {
  return b.updatedAt - a.updatedAt || (a.id < b.id ? -1 : 1);
}

function row({ startedAt, endedAt, updatedAt, costUsd, messages, tokens, id, title }: SessionTotals): string[] {
  const timeMs = startedAt === null || endedAt === null ? (messages === 0 ? 0 : null) : endedAt - startedAt;
  const time = timeMs === null ? UNKNOWN : formatDuration(timeMs);
  const counted = tokens === null || (tokens === 0 && messages !== 0) ? UNKNOWN : formatCompact(tokens);
  const changed = updatedAt === 0 ? UNKNOWN : formatInstant(updatedAt);
  return [changed, time, formatUsd(costUsd), counted, visibleLine(id), displayTitle(title)];
}

const RIGHT_ALIGNED = new Set([1, 2, 3]);
