import type { LedgerRow, Report, State } from "../../model/report.js";
import { formatShares } from "../../report/format.js";

/** Each state's part of the active time as it is shown, the same at every place of the page; they sum to 100 %. */
export type Percents = Readonly<Record<State, string>>;

export function statePercents({ time }: Report): Percents {
  return ledgerPercents(time.ledger);
}

export function ledgerPercents(ledger: readonly Pick<LedgerRow, "state" | "share">[]): Percents {
  const texts = formatShares(ledger.map(({ share }) => share));
  return Object.fromEntries(ledger.map(({ state }, i) => [state, texts[i]])) as Percents;
}
