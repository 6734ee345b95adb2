import type { TokenPrices } from "../model/price-book.js";

/** How makers call the small models of a family. */
const SMALL = /(^|[-_.])(haiku|mini|nano|micro|flash|lite|small)([-_.:@]|$)/i;
/** Models for something else than answering in text, and offers that are not for everybody. */
const SPECIAL =
  /audio|image|tts|live|embed|transcri|search|research|realtime|moderation|vision|voice|ocr|guard|oss|codex|preview|latest$|free$|^regional\.|(^|[:.])ft[-:]/i;
/** The smallest model of another time is another kind of model. */
const MOST_GENERATIONS_APART = 1;

interface Sibling {
  readonly name: string;
  readonly prices: TokenPrices;
}

/** The small models among a provider's names that are of the same family: the nearest generation first, then the dearest. */
export function smallSiblings(
  of: string,
  names: readonly string[],
  pricesOf: (name: string) => TokenPrices | null,
): Sibling[] {
  const family = familyOf(of);
  const own = generationOf(of);
  if (family === null || own === null || SMALL.test(of)) return [];
  const siblings = names.flatMap((name) => {
    const generation = generationOf(name);
    if (!SMALL.test(name) || SPECIAL.test(name) || familyOf(name) !== family || generation === null) return [];
    const apart = Math.abs(generation - own);
    const prices = apart <= MOST_GENERATIONS_APART ? pricesOf(name) : null;
    return prices ? [{ name, prices, generation, apart }] : [];
  });
  siblings.sort(
    (a, b) =>
      a.apart - b.apart ||
      b.generation - a.generation ||
      b.prices.uncachedInput - a.prices.uncachedInput ||
      (a.name < b.name ? -1 : 1),
  );
  return siblings.map(({ name, prices }) => ({ name, prices }));
}

/** `claude` of `global.anthropic.claude-haiku-4-5`. */
function familyOf(name: string): string | null {
  const own = name.slice(name.lastIndexOf("/") + 1).replace(/^(?:[a-z]+\.)+(?=[a-z])/i, "");
  return /^[a-z]+/i.exec(own)?.[0].toLowerCase() ?? null;
}

/** 4.5 of `claude-haiku-4-5-20251001`; a date is none. null where the name has no number. */
function generationOf(name: string): number | null {
  const found = /(?<![\d.])(\d{1,2})(?:[.-](\d{1,2})(?!\d))?(?!\d)/.exec(name);
  return found ? Number(`${found[1]}.${found[2] ?? 0}`) : null;
}
