import type { EpochMs, TokenUsage } from "./units.js";

/** USD per token of each count, at the size of prompt of that call. Reasoning is charged as output. */
export interface TokenPrices {
  readonly uncachedInput: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
  readonly output: number;
}

/** A model of the list, as OpenCode names it, and what it would charge. */
export interface ListedSibling {
  readonly model: string;
  readonly prices: TokenPrices;
}

/** What models cost by a public list: list prices, without taxes, discounts and what a gateway adds. */
export interface PriceBook {
  /** The name and version of the list, for the notes. */
  readonly source: string;
  /**
   * Rates for one call of `provider/model`; null for a model that is not in the list, or whose price is not one of
   * these counts alone. Tiered prices are resolved by the call's prompt size, prices that changed by `at`.
   */
  readonly pricesFor: (model: string, usage: TokenUsage, at: EpochMs) => TokenPrices | null;
  /**
   * The small models of the same provider and family, the nearest first: by generation, then by price. Empty for what is
   * small itself or not in the list. Prices are those of such a call, as above.
   */
  readonly smallerThan: (model: string, usage: TokenUsage, at: EpochMs) => readonly ListedSibling[];
}
