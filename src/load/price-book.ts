import type { calcPrice as CalcPrice, ModelPrice } from "@pydantic/genai-prices";
import type { PriceBook, TokenPrices } from "../model/price-book.js";
import { listedModel } from "./listed-model.js";
import { smallSiblings } from "./small-siblings.js";

/** A test holds this against package.json. */
const SOURCE = "genai-prices 0.1.8";
const MILLION = 1_000_000;

/** Opens the list of prices that is built in: it is large, so it is loaded here and nowhere else. It asks no network. */
export async function openPriceBook(): Promise<PriceBook> {
  const { calcPrice, findProvider } = await import("@pydantic/genai-prices");
  const pricesFor: PriceBook["pricesFor"] = (model, usage, at) => {
    const listed = listedModel(model);
    if (!listed) return null;
    const prompt = usage.uncachedInput + usage.cacheRead + usage.cacheWrite;
    return ratesOf(calcPrice, listed.name, { providerId: listed.provider, timestamp: new Date(at) }, prompt);
  };
  return {
    source: SOURCE,
    pricesFor,
    smallerThan: (model, usage, at) => {
      const listed = listedModel(model);
      const models = (listed && findProvider({ providerId: listed.provider })?.models) ?? [];
      const names = models.flatMap(({ id, deprecated }) => (deprecated ? [] : [writtenLike(listed?.name ?? "", id)]));
      const prefix = listed === null ? "" : model.slice(0, model.length - listed.name.length);
      return smallSiblings(listed?.name ?? "", names, (name) => pricesFor(`${prefix}${name}`, usage, at)).map(
        ({ name, prices }) => ({ model: `${prefix}${name}`, prices }),
      );
    },
  };
}

/** Gateways write `4.5` where makers write `4-5`. */
function writtenLike(own: string, name: string): string {
  return /\d\.\d/.test(own) && !/\d\.\d/.test(name) ? name.replace(/(\d)-(\d{1,2})(?!\d)/, "$1.$2") : name;
}

/**
 * The list's own sums, asked about one kind of token at a time: a prompt of the same size, so of the same tier, that is
 * wholly of that kind. Its input counts cached tokens in; a kind without a price of its own is charged as input.
 */
function ratesOf(
  calcPrice: typeof CalcPrice,
  name: string,
  options: Parameters<typeof CalcPrice>[2],
  prompt: number,
): TokenPrices | null {
  const tokens = Math.max(prompt, 1);
  const whole = calcPrice({ input_tokens: tokens, output_tokens: MILLION }, name, options);
  if (!whole || !isByTokens(whole.model_price)) return null;
  const inputRate = (kind: "cache_read_tokens" | "cache_write_tokens") =>
    (calcPrice({ input_tokens: tokens, [kind]: tokens }, name, options)?.input_price ?? whole.input_price) / tokens;
  return {
    uncachedInput: whole.input_price / tokens,
    cacheRead: inputRate("cache_read_tokens"),
    cacheWrite: inputRate("cache_write_tokens"),
    output: whole.output_price / MILLION,
  };
}

/** Some entries have no price, a fee for each request, or another price for reasoning: these rates cannot say it. */
function isByTokens(price: ModelPrice): boolean {
  const hasPrice = price.input_mtok !== undefined && price.output_mtok !== undefined;
  return hasPrice && price.requests_kcount === undefined && price.output_reasoning_mtok === undefined;
}
