import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { NO_SHAPE, shapeOf } from "../../src/load/text-shape.js";
import type { TextShape } from "../../src/model/session.js";

type Name = keyof TextShape;
const NAMES = Object.keys(NO_SHAPE) as Name[];
/** What of a shape is not 0. */
const countsOf = (text: string) => Object.fromEntries(Object.entries(shapeOf(text)).filter(([, count]) => count !== 0));

describe("what each count means", () => {
  test.each<[string, string, Partial<TextShape>]>([
    ["nothing", "", {}],
    ["runs of letters are words; single spaces belong to them", "read the file", { words: 3 }],
    ["a capital after small letters begins another word", "readTheFile", { words: 3 }],
    ["an acronym leaves its last capital to the word behind it", "HTTPServer", { words: 2, longWords: 1 }],
    ["one capital is the beginning of a word", "The", { words: 1 }],
    ["two capitals are a word, each two more a likely token", "ID README", { words: 2, longWords: 2 }],
    ["a word of eight letters is no long one", "function", { words: 1 }],
    ["each four letters beyond eight are a likely token more", "internationally", { words: 1, longWords: 7 / 4 }],
    ["digits stand in groups of three", "1 12 123 1234", { digitGroups: 5, spacesAtDigits: 3 }],
    ["words that touch digits, before or behind", "a1b c", { words: 3, digitGroups: 1, wordsAtDigits: 2 }],
    ["a run of marks, and half of what is beyond its first", "a();b=", { words: 2, marks: 2, moreMarks: 1 }],
    ["a run of line breaks is one, of either kind", "a\r\n\r\nb\nc", { words: 3, lineBreaks: 2 }],
    ["several spaces or tabs are an indent", "a\n    b\n\t\tc", { words: 3, lineBreaks: 2, indents: 2 }],
    ["a single space before a digit, none before a word", "a 1 b", { words: 2, digitGroups: 1, spacesAtDigits: 1 }],
    ["several spaces before a digit are an indent alone", "  7", { digitGroups: 1, indents: 1 }],
    ["Han, with East Asian punctuation and full-width forms", "漢字、ＡＢ", { han: 5 }],
    ["hiragana and katakana", "ひらカナ", { kana: 4 }],
    ["Hangul", "한글", { hangul: 2 }],
    ["any other script, by UTF-16 units", "Привет é 😀", { others: 9 }],
    ["what lies outside ASCII ends a word", "naïve", { words: 2, others: 1 }],
  ])("%s: %j", (_claim, text, counts) => {
    expect(countsOf(text)).toEqual(counts);
  });

  test("no shape is that of no text, and has every count", () => {
    expect(NAMES).toHaveLength(13);
    expect(Object.values(NO_SHAPE).every((count) => count === 0)).toBe(true);
  });
});

/** Pieces that stand for code, prose, identifiers, other scripts and what is no text at all. */
const piece = fc.oneof(
  fc.constantFrom(
    "readFile(",
    "HTTPServer ",
    "  return ",
    "x1f9a ",
    "12345",
    "\n\n",
    "\t\t",
    " ",
    "漢字。",
    "ひら",
    "한",
  ),
  fc.string({ unit: "binary", maxLength: 6 }),
  fc.constantFrom("\u0000", "\ud800", "\udfff", "\ufffe", "\u200d"),
);
const text = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(""));

describe("of any texts", () => {
  test("two with a line break between count as both, but for one line break", () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        const [whole, first, second] = [shapeOf(`${a}\n${b}`), shapeOf(a), shapeOf(b)];
        for (const name of NAMES) {
          const more = whole[name] - first[name] - second[name];
          expect([name, name === "lineBreaks" ? Math.abs(more) <= 1 : Math.abs(more) < 1e-9]).toEqual([name, true]);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test("no count is negative, unknown or more than there are characters", () => {
    fc.assert(
      fc.property(text, (some) => {
        for (const count of Object.values(shapeOf(some))) expect(count >= 0 && count <= some.length).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  test("broken surrogates and NUL are characters like others", () => {
    expect(countsOf("\ud800\udc00\udfff\ud83d")).toEqual({ others: 4 });
    expect(countsOf("a\u0000\u0000b")).toEqual({ words: 2, marks: 1, moreMarks: 0.5 });
  });
});

/** A text of many kinds in turn, without a clock or chance: prose, code, a log, Japanese. */
function mixedText(chars: number): string {
  let state = 1;
  const next = (below: number) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
  const kinds = [
    () => `The quick brown fox number ${next(1_000)} jumps over ${"very ".repeat(next(4))}internationalised dogs.\n`,
    () => `    const value${next(100)} = readTheFile(path, { retries: ${next(10)} });\n`,
    () => `2026-11-20 15:${next(60)}:${next(60)} ERROR HTTPServer ${next(1e9).toString(16)} timed out\n`,
    () => `設定ファイルを読み込む${"。".repeat(1 + next(2))}ひらがな\n`,
  ];
  let text = "";
  while (text.length < chars) text += (kinds[next(kinds.length)] as () => string)();
  return text;
}

describe("a long text", () => {
  /** Counted piece by piece, each short enough to be counted whole. */
  const counted = (lines: readonly string[]) => {
    const sums = { ...NO_SHAPE } as Record<Name, number>;
    for (const line of lines) for (const [name, count] of Object.entries(shapeOf(line))) sums[name as Name] += count;
    return sums;
  };

  test("of 1 MB is judged by samples to within 5 % of the whole", () => {
    const long = mixedText(1_000_000);
    const whole = counted(long.match(/[^\n]*\n/g) as string[]);
    const judged = shapeOf(long);
    for (const name of NAMES.filter((each) => whole[each] > 10_000))
      expect([name, Math.abs(judged[name] / whole[name] - 1) < 0.05, judged[name] / whole[name]]).toEqual([
        name,
        true,
        judged[name] / whole[name],
      ]);
    const sum = (shape: TextShape) => Object.values(shape).reduce((a: number, b: number) => a + b, 0);
    expect(Math.abs(sum(judged) / sum(whole) - 1)).toBeLessThan(0.03);
  });

  test("costs no more than a short one", () => {
    const long = mixedText(100_000).repeat(200);
    const startedAt = performance.now();
    for (let i = 0; i < 50; i++) shapeOf(long);
    expect((performance.now() - startedAt) / 50).toBeLessThan(20);
  });

  test("grows in all counts with its length, and does not jump where samples begin", () => {
    const [just, over] = [24_576, 24_600].map((chars) => shapeOf("word ".repeat(5_000).slice(0, chars)));
    expect(over?.words).toBeGreaterThan((just?.words ?? 0) * 0.999);
    expect(over?.words).toBeLessThan((just?.words ?? 0) * 1.01);
  });
});
