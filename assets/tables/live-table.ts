import { matchingRows } from "./filter.js";
import { mergedRows, unpackedRows } from "./rest-rows.js";
import { type Order, sortedRows } from "./sort.js";

type Row = HTMLTableRowElement;

/** The rows of one table, and which of them are shown in what order. The row of the rest is none of them. */
export class LiveTable {
  readonly name: string;
  readonly headings: readonly HTMLTableCellElement[];
  /** In their original order. */
  rows: readonly Row[];
  shown: readonly Row[];
  order: Order | null = null;
  words = "";
  /** How many rows are still packed: for good, where they cannot be unpacked. */
  packed: number;
  /** Called after every change of what is shown. */
  onChange = () => {};
  readonly #body: HTMLTableSectionElement;
  readonly #block: HTMLElement | null;
  #restRow: Row | null;
  #unpacking: Promise<void> | null = null;

  constructor(readonly table: HTMLTableElement) {
    this.name = table.dataset.table ?? "";
    this.headings = [...(table.tHead?.rows[0]?.cells ?? [])];
    this.#body = table.tBodies[0] as HTMLTableSectionElement;
    this.#block = document.querySelector(`script[data-rows="${this.name}"]`);
    this.#restRow = this.#body.querySelector("tr.rest");
    this.rows = [...this.#body.rows].filter((row) => row !== this.#restRow);
    this.shown = this.rows;
    this.packed = Number(this.#block?.dataset.count ?? 0);
  }

  /** Unpacks the rows that the page leaves out, once. Settles in any case: `packed` says whether it could. */
  complete(): Promise<void> {
    this.#unpacking ??= this.#unpack();
    return this.#unpacking;
  }

  async #unpack(): Promise<void> {
    if (!this.#block) return;
    try {
      this.rows = mergedRows(this.rows, await unpackedRows(this.#block.textContent ?? ""));
      this.packed = 0;
      this.#restRow = null;
    } catch {
      // An older browser: the rows in the page, and the row that sums the others, are what there is.
    }
  }

  /** Changes the order or the words that rows must hold, and shows what follows, all rows considered. */
  async arrange(change: { readonly order?: Order | null; readonly words?: string }): Promise<void> {
    Object.assign(this, change);
    await this.complete();
    this.#paint();
  }

  /** Whether its rows carry ids of this kind: `m12` is not worth unpacking rows without ids. */
  mayHold(id: string): boolean {
    const kindOf = (text: string) => text.replace(/\d+$/, "");
    return id !== "" && this.rows.some((row) => row.id !== "" && kindOf(row.id) === kindOf(id));
  }

  /** Whether rows are missing that are nowhere in the page. */
  get isCut(): boolean {
    return this.#restRow !== null && this.packed === 0;
  }

  showAll(): void {
    this.words = "";
    this.#paint();
  }

  #paint(): void {
    this.shown = sortedRows(matchingRows(this.rows, this.words), this.order);
    const rows = document.createDocumentFragment();
    for (const row of [...this.shown, ...(this.#restRow ? [this.#restRow] : [])]) rows.append(row);
    this.#body.replaceChildren(rows);
    this.onChange();
  }
}
