import { openStore } from "../../load/index.js";
import type { Store } from "../../load/source.js";
import type { SessionTally } from "../../model/tally.js";
import type { Context } from "../context.js";
import { openNamedStore, type SourceOptions } from "../open-source.js";

interface OpenedStore {
  readonly store: Store;
  readonly tallies: readonly SessionTally[];
}

/** Several stores, each opened when it is first asked for, and its sessions counted once. */
export class OpenedStores {
  readonly #opened = new Map<string | null, OpenedStore>();
  readonly #options: SourceOptions;
  readonly #context: Context;

  constructor(options: SourceOptions, context: Context) {
    this.#options = options;
    this.#context = context;
  }

  /** `path`: null for the store that the options name. */
  async of(path: string | null): Promise<OpenedStore> {
    const known = this.#opened.get(path);
    if (known) return known;
    const options = this.#options;
    const store = await (path === null ? openNamedStore(options, this.#context) : openStore(path, options));
    // Closed in any case, should its sessions not be readable.
    const opened = { store, tallies: [] };
    this.#opened.set(path, opened);
    const counted = { store, tallies: await store.tallies() };
    this.#opened.set(path, counted);
    return counted;
  }

  close(): void {
    for (const { store } of this.#opened.values()) store.close();
  }
}
