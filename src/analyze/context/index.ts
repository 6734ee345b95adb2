import type { CacheMiss, CompactionRow, CompositionRow } from "../../model/report.js";
import type { Message, Session } from "../../model/session.js";
import { compositionRow, droppedByKind } from "../composition.js";
import type { RatesOf } from "../prices.js";
import { CarriedSums, type CarriedTotals } from "./carried.js";
import { composeCalls } from "./compose.js";
import { type HistoryBefore, HistorySums } from "./history-sums.js";

/** What is known of the session's prompts. */
export interface ContextLedger {
  readonly totals: CarriedTotals;
  /** In time order. */
  readonly rows: readonly CompositionRow[];
  /** What each compaction took out, by the id of its summary. */
  readonly droppedBy: ReadonlyMap<string, CompactionRow["dropped"]>;
  /** By turn of the session, in time order. */
  readonly historyBefore: readonly HistoryBefore[];
}

/** Works out every prompt once, and keeps what is said of it. */
export function contextLedger(
  session: Session,
  ratesOf: RatesOf,
  idOf: readonly number[],
  misses: ReadonlyMap<Message, CacheMiss>,
): ContextLedger {
  const totals = new CarriedSums(ratesOf);
  const rows: { readonly number: number; readonly row: CompositionRow }[] = [];
  const droppedBy = new Map<string, CompactionRow["dropped"]>();
  const history = new HistorySums(session);
  composeCalls(session, (composition) => {
    totals.add(composition, history.visitor(composition.call));
    rows.push({ number: composition.call.message.number, row: compositionRow(composition, session, idOf, misses) });
    const { compaction } = composition.call;
    if (compaction) droppedBy.set(compaction.id, droppedByKind(composition));
  });
  rows.sort((a, b) => a.number - b.number);
  return { totals, rows: rows.map(({ row }) => row), droppedBy, historyBefore: history.sums() };
}
