import fc from "fast-check";
import { expect, test } from "vitest";
import { needsPriceBook, pricesOf, withEstimatedCosts } from "../../src/analyze/prices.js";
import type { PriceBook, TokenPrices } from "../../src/model/price-book.js";
import type { Message, Session } from "../../src/model/session.js";
import { sessionFromMessages } from "../support/context-text.js";

const RATES: TokenPrices = { uncachedInput: 3e-6, cacheRead: 0.3e-6, cacheWrite: 3.75e-6, output: 15e-6 };
const bookOf = (rates: TokenPrices, model = "p/m"): PriceBook => ({
  source: "list",
  pricesFor: (asked) => (asked === model ? rates : null),
  smallerThan: () => [],
});

function costOf({ tokens }: Message, rates: TokenPrices, reasoningTimes = 1): number {
  if (!tokens) return 0;
  const { uncachedInput, cacheRead, cacheWrite, output, reasoning } = tokens;
  const answer = (output + reasoning * reasoningTimes) * rates.output;
  return uncachedInput * rates.uncachedInput + cacheRead * rates.cacheRead + cacheWrite * rates.cacheWrite + answer;
}

/** The session with the costs that rates lead to, `factor` times. */
function charged(text: string, rates = RATES, { factor = 1, reasoningTimes = 1 } = {}): Session {
  const session = sessionFromMessages(text);
  const messages = session.messages.map((message) =>
    message.tokens ? { ...message, costUsd: factor * costOf(message, rates, reasoningTimes) } : message,
  );
  return { ...session, messages };
}

const ratesIn = (session: Session, book: PriceBook | null = null) => session.messages.map(pricesOf(session, book));
const SIX = `
  call build p/m prompt:9000 cached:0 wrote:8000 out:300
  call build p/m prompt:9900 cached:8000 wrote:1700 out:20 reasoned:500
  call build p/m prompt:12000 cached:9700 wrote:2200 out:900
  call build p/m prompt:12300 cached:11900 wrote:0 out:100
  call build p/m prompt:15000 cached:3000 wrote:7000 out:50
  call build p/m prompt:4000 cached:100 wrote:900 out:70
`;
const expectNear = (rates: TokenPrices | null | undefined, real: TokenPrices) => {
  for (const [name, rate] of Object.entries(real)) expect(rates?.[name as keyof TokenPrices]).toBeCloseTo(rate, 10);
};

test("prices that lead to the recorded costs are found, whatever they are", () => {
  const rate = fc.double({ min: 1e-8, max: 1e-4, noNaN: true });
  const rates = fc.record({ uncachedInput: rate, cacheRead: rate, cacheWrite: rate, output: rate });
  fc.assert(
    fc.property(rates, (real) => {
      const found = ratesIn(charged(SIX, real))[0];
      for (const name of Object.keys(real) as (keyof TokenPrices)[])
        expect(Math.abs((found?.[name] as number) / real[name] - 1)).toBeLessThan(0.01);
    }),
  );
});

test("each model has its own", () => {
  const [of, other] = [charged(SIX), charged(SIX.replaceAll("p/m", "p/other"), { ...RATES, output: 5e-6 })];
  const all = ratesIn({ ...of, messages: [...of.messages, ...other.messages] });
  expect([all[0]?.output, all.at(-1)?.output].map((rate) => ((rate ?? 0) * 1e6).toFixed(3))).toEqual([
    "15.000",
    "5.000",
  ]);
});

const TWO = "call build p/m prompt:1000 out:100 \n call build p/m prompt:3000 out:50";

test("as many calls as prices will do where what comes out looks like prices", () => {
  expectNear(ratesIn(charged(TWO))[0], { ...RATES, cacheRead: 0, cacheWrite: 0 });
  // Output that is cheaper than input is no price that anybody asks.
  expect(ratesIn(charged(TWO, { ...RATES, output: 1e-6 }))).toEqual([null, null]);
});

test("fewer calls than prices leave them open", () => {
  expect(ratesIn(charged("call build p/m prompt:1000 out:100"))).toEqual([null]);
});

test("calls that are all alike leave prices open", () => {
  const alike = [1, 2, 3, 4].map((times) => `call build p/m prompt:${1000 * times} out:${100 * times}`).join("\n");
  expect(ratesIn(charged(alike)).every((rates) => rates === null)).toBe(true);
});

test("costs that no prices lead to leave them open", () => {
  const session = charged(SIX);
  const messages = session.messages.map((each, i) => ({ ...each, costUsd: (each.costUsd ?? 0) * (i % 2 ? 3 : 1) }));
  expect(ratesIn({ ...session, messages })[0]).toBeNull();
});

test("a price list is believed where it leads to the recorded costs within 1 %", () => {
  const one = (factor: number) => charged("call build p/m prompt:1000 out:100", RATES, { factor });
  expect(ratesIn(one(1.009), bookOf(RATES))).toEqual([RATES]);
  expect(ratesIn(one(1.02), bookOf(RATES))).toEqual([null]);
  expect(ratesIn(one(0.98), bookOf(RATES))).toEqual([null]);
  expect(ratesIn(one(1), bookOf(RATES, "p/other"))).toEqual([null]);
});

test("what the costs themselves say goes before a price list", () => {
  expectNear(ratesIn(charged(SIX), bookOf({ ...RATES, output: 1 }))[0], RATES);
});

test("a call without a recorded cost is shown at list prices and marked; others stay as they are", () => {
  const text = `call build p/m prompt:1000 out:100 reasoned:10
    call build p/m prompt:1000 out:100 cost:0
    call build p/m prompt:1000 out:100 cost:0.5
    call build p/free prompt:1000
    call build p/m text:9`;
  const session = withEstimatedCosts(sessionFromMessages(text), bookOf(RATES));
  expect(session.messages.map(({ costUsd, costIsEstimated = false }) => [costUsd, costIsEstimated])).toEqual([
    [expect.closeTo(1000 * 3e-6 + 110 * 15e-6, 9), true],
    ...[0, 0.5, null, null].map((usd) => [usd, false]),
  ]);
  expect(withEstimatedCosts(session, null)).toBe(session);
  expect(ratesIn(session, bookOf(RATES))[0]).toEqual(RATES);
});

test("an estimate says nothing of what the recorded costs are made of", () => {
  const recorded = charged(SIX, { ...RATES, output: 30e-6 });
  const messages = recorded.messages.map((each, i) => (i < 1 ? { ...each, costUsd: null } : each));
  const [estimated, other] = ratesIn(withEstimatedCosts({ ...recorded, messages }, bookOf(RATES)), bookOf(RATES));
  expect(estimated).toEqual(RATES);
  expect((other?.output ?? 0) * 1e6).toBeCloseTo(30, 3);
});

test("a recorded 0 is a subscription's: all of it is free, and it tells nothing of others", () => {
  const session = charged(SIX);
  const messages = session.messages.map((each, i) => (i === 0 ? { ...each, costUsd: 0 } : each));
  const [free, other] = ratesIn({ ...session, messages }, bookOf(RATES));
  expect(free).toEqual({ uncachedInput: 0, cacheRead: 0, cacheWrite: 0, output: 0 });
  expectNear(other, RATES);
});

test("releases that counted reasoning inside output charged it twice; an estimate does not", () => {
  const inside = SIX.replaceAll("call build p/m", "call build p/m inside");
  expectNear(ratesIn(charged(inside, RATES, { reasoningTimes: 2 }))[0], RATES);
  const one = sessionFromMessages("call build p/m inside prompt:1000 out:100 reasoned:50");
  const [estimated] = withEstimatedCosts(one, bookOf(RATES)).messages;
  expect(estimated?.costUsd).toBeCloseTo(1000 * 3e-6 + 150 * 15e-6, 9);
});

test("a price list is needed for what has no cost, or costs that say too little; else it is not", () => {
  expect(needsPriceBook(charged(SIX))).toBe(false);
  expect(needsPriceBook(sessionFromMessages("call build p/m prompt:1000 cost:0"))).toBe(false);
  expect(needsPriceBook(sessionFromMessages("user text:9 \n call build p/m text:9"))).toBe(false);
  expect(needsPriceBook(sessionFromMessages("call build p/m prompt:1000"))).toBe(true);
  expect(needsPriceBook(charged("call build p/m prompt:1000 out:100"))).toBe(true);
});

test("it is needed too for a smaller model, where many small steps ran on a large one of a known family and none was used", () => {
  const onOpus = SIX.replaceAll("p/m", "anthropic/claude-opus-4-5");
  const priced = charged(onOpus);
  expect(needsPriceBook(priced)).toBe(true);
  expect(needsPriceBook(priced, { "smaller-model": false })).toBe(false);
  expect(needsPriceBook(charged(onOpus.replaceAll("opus", "haiku")))).toBe(false);
  const cheaper = charged(
    SIX.replaceAll("p/m", "p/small"),
    mapped(RATES, (rate) => rate / 3),
  );
  expect(needsPriceBook({ ...priced, messages: [...priced.messages, ...cheaper.messages] })).toBe(false);
});

function mapped(rates: TokenPrices, change: (rate: number) => number): TokenPrices {
  const { uncachedInput, cacheRead, cacheWrite, output } = rates;
  return {
    ...{ uncachedInput: change(uncachedInput), cacheRead: change(cacheRead) },
    ...{ cacheWrite: change(cacheWrite), output: change(output) },
  };
}
