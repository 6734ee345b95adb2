import type { EpochMs, TokenUsage } from "./units.js";

/** USD per token of each count, at the size of prompt of that call. Reasoning is charged as output. */
export interface TokenPrices {
  readonly uncachedInput: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
  readonly output: number;
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
}
