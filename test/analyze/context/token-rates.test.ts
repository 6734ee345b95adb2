import fc from "fast-check";
import { expect, test } from "vitest";
import type { ContextItem } from "../../../src/analyze/context/context-items.js";
import { estimatedTokens, type Growth, tokenRates } from "../../../src/analyze/context/token-rates.js";
import { NO_SHAPE, shapeOf } from "../../../src/load/text-shape.js";
import type { TextShape } from "../../../src/model/session.js";
import { sessionFromMessages, wordsShape } from "../../support/context-text.js";

const [message] = sessionFromMessages("user text:1").messages as [ContextItem["message"]];
const BLANK = { message, tool: null, callId: null, path: null, skill: null, prunedAt: null, reasoningTokens: 0 };
const piece = (shape: TextShape | null): ContextItem => ({ ...BLANK, kind: "tool-result", shape });
const thought = (reasoningTokens: number): ContextItem => ({
  ...{ ...BLANK, kind: "reasoning" as const, shape: NO_SHAPE },
  reasoningTokens,
});
const words = (count: number) => piece(wordsShape(count));

const CODE = "const total = rows.filter((row) => row.count > 12).map((row) => row.name);\n";
const PROSE = "What stands in a prompt is worked out from how the prompts have grown, call by call. ";
const CHINESE = "这是一个关于会话的报告";
const text = (n: number) => CODE.repeat(1 + ((n * 7) % 11)) + PROSE.repeat(1 + ((n * 5) % 13));

/** Growths as a tokenizer would make them that takes `scale` of what the average one does. */
const growthsAt = (scale: number, shapes: readonly TextShape[]): Growth[] =>
  shapes.map((shape) => {
    const average = estimatedTokens(piece(shape), PRIOR);
    return { tokens: Math.round(scale * average), added: [piece(shape)] };
  });
const PRIOR = tokenRates([]);
const SHAPES = Array.from({ length: 30 }, (_, i) => shapeOf(text(i)));

test("without growths the rates are those of common tokenizers", () => {
  expect(PRIOR.perFeature).toMatchObject({ words: 1.05, marks: 0.6, digitGroups: 1.35, han: 1 });
  expect(PRIOR).toMatchObject({ perPiece: 1, reasoning: 0 });
  expect(estimatedTokens(words(100), PRIOR)).toBeCloseTo(106);
});

test("growths tell how many tokens a model makes of texts, within 2 %", () => {
  fc.assert(
    fc.property(fc.double({ min: 0.6, max: 1.6, noNaN: true }), (scale) => {
      const rates = tokenRates(growthsAt(scale, SHAPES));
      const unseen = piece(shapeOf(CODE.repeat(40) + PROSE.repeat(25)));
      const ratio = estimatedTokens(unseen, rates) / (scale * estimatedTokens(unseen, PRIOR));
      expect(Math.abs(ratio - 1)).toBeLessThan(0.02);
    }),
    { numRuns: 50 },
  );
});

test("growths tell the rate of one script from that of another", () => {
  const added = [2, 5, 9, 14, 30].map((n) => ({ han: piece(shapeOf(CHINESE.repeat(n))), latin: words(10 * n) }));
  const growths = added.flatMap(({ han, latin }): Growth[] => [
    { tokens: Math.round(1.8 * (han.shape?.han ?? 0)), added: [han] },
    { tokens: Math.round(1.05 * (latin.shape?.words ?? 0)) + 1, added: [latin] },
  ]);
  const { perFeature } = tokenRates(growths);
  expect(Math.abs(perFeature.han / 1.8 - 1)).toBeLessThan(0.05);
  expect(Math.abs(perFeature.words / 1.05 - 1)).toBeLessThan(0.05);
});

test("a growth with something in it that nothing tells of moves the rates little", () => {
  const injected: Growth = { tokens: 1500, added: [words(500)] };
  const rates = tokenRates([...growthsAt(1, SHAPES), injected]);
  expect(Math.abs(estimatedTokens(words(1000), rates) / estimatedTokens(words(1000), PRIOR) - 1)).toBeLessThan(0.05);
});

test("a growth with an image in it says nothing of the rates", () => {
  const withImage: Growth = { tokens: 5000, added: [words(100), piece(null)] };
  expect(tokenRates([withImage])).toEqual(PRIOR);
});

test("what other models of the session show is where a model without growths of its own starts", () => {
  const unseen = words(1000);
  const rates = tokenRates([], growthsAt(1.4, SHAPES));
  expect(Math.abs(estimatedTokens(unseen, rates) / (1.4 * estimatedTokens(unseen, PRIOR)) - 1)).toBeLessThan(0.05);
});

const withThoughts = (thoughts: readonly number[], share: number) =>
  tokenRates(
    thoughts.map((each, i) => ({
      tokens: Math.round(1.05 * (50 + 30 * i) + 1 + share * each),
      added: [words(50 + 30 * i), thought(each)],
    })),
  ).reasoning;

test("reasoning counts where growths hold it", () => {
  expect(withThoughts([300, 700, 450, 900], 1)).toBeGreaterThan(0.95);
  expect(withThoughts([300, 700, 450, 900], 0.8)).toBeCloseTo(0.8, 1);
});

test("reasoning does not count where growths do not hold it, hardly hold it, or there is little of it", () => {
  expect(withThoughts([300, 700, 450, 900], 0)).toBe(0);
  expect(withThoughts([300, 700, 450, 900], 0.4)).toBe(0);
  expect(withThoughts([40, 60, 50, 45], 1)).toBe(0);
});

test("reasoning that is sent again takes what the provider counted, else what its text says; any other none", () => {
  const sent = { ...PRIOR, reasoning: 1 };
  expect(estimatedTokens(thought(120), sent)).toBe(120);
  expect(estimatedTokens({ ...thought(0), shape: wordsShape(100) }, sent)).toBeCloseTo(105);
  expect(estimatedTokens(thought(120), PRIOR)).toBe(0);
});

test("a piece is one token at least", () => {
  expect(estimatedTokens(piece(NO_SHAPE), { ...PRIOR, perPiece: -4 })).toBe(1);
});
