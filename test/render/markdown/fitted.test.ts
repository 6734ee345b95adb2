import { describe, expect, test } from "vitest";
import { fittedPieces, type Piece } from "../../../src/render/markdown/fitted.js";

const piece = (markdown: string, noun: string, rank: number): Piece => ({ markdown, noun, rank });
const long = (letter: string) => letter.repeat(300);

describe("what does not fit", () => {
  test("nothing is left out, and nothing said, where all fits", () => {
    const pieces = [piece("a", "title", 0), piece("", "table", 1), piece("b", "end", 0)];
    expect(fittedPieces(pieces, 1_000)).toBe("a\n\nb\n");
  });

  test("the least important goes first, what is kept stays in its order, and the end says what is missing", () => {
    const pieces = [
      piece(long("t"), "title", 0),
      ...["1", "2", "3"].map((letter) => piece(long(letter), "suggestion", 2)),
      piece(long("m"), "table of models", 1),
    ];
    const text = fittedPieces(pieces, 1_400);
    expect(text.length).toBeLessThanOrEqual(1_400);
    expect(text.replace(/(\w)\1{9,}/g, "$1")).toBe(
      "t\n\n1\n\nm\n\n<sub>Left out, for this text holds at most 1,400 characters: 2 suggestions.</sub>\n",
    );
  });

  test("of a series nothing stands behind what was left out", () => {
    const pieces = [piece("title", "title", 0), piece(long("1"), "suggestion", 2), piece("short", "suggestion", 2)];
    expect(fittedPieces(pieces, 600)).not.toContain("short");
  });
});
