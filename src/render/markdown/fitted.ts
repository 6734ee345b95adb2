import { formatCount, listed, plural } from "../../report/format.js";

/** A part of the text that stands or falls as a whole. */
export interface Piece {
  readonly markdown: string;
  /** What it is, in the singular, should it have to be left out. */
  readonly noun: string;
  /** The lower, the more important. */
  readonly rank: number;
}

/** Room for the sentence that says what is left out. */
const SENTENCE_CHARS = 400;

/**
 * The pieces in their order, without the least important ones where all would be too long; then the end says so. Of one
 * noun and rank none stands behind one that was left out.
 */
export function fittedPieces(pieces: readonly Piece[], mostChars: number): string {
  const said = pieces.filter(({ markdown }) => markdown !== "");
  const kept = keptPieces(said, mostChars - SENTENCE_CHARS);
  const left = said.filter((piece) => !kept.has(piece));
  const texts = said.filter((piece) => kept.has(piece)).map(({ markdown }) => markdown);
  return `${[...texts, ...leftOut(left, mostChars)].join(GAP)}\n`;
}

const GAP = "\n\n";

function keptPieces(pieces: readonly Piece[], roomChars: number): ReadonlySet<Piece> {
  const kept = new Set<Piece>();
  const ended = new Set<string>();
  let chars = 0;
  for (const piece of [...pieces].sort((a, b) => a.rank - b.rank)) {
    const size = piece.markdown.length + GAP.length;
    const series = `${piece.rank} ${piece.noun}`;
    if (ended.has(series) || chars + size > roomChars) ended.add(series);
    else {
      kept.add(piece);
      chars += size;
    }
  }
  return kept;
}

function leftOut(pieces: readonly Piece[], mostChars: number): string[] {
  if (pieces.length === 0) return [];
  const nouns = [...new Set(pieces.map(({ noun }) => noun))];
  const counts = nouns.map((noun) => plural(pieces.filter((piece) => piece.noun === noun).length, noun));
  return [`<sub>Left out, for this text holds at most ${formatCount(mostChars)} characters: ${listed(counts)}.</sub>`];
}
