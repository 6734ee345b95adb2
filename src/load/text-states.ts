/** What a character is to a tokenizer; those outside ASCII cost by script. */
export type CharKind = "mark" | "small" | "capital" | "digit" | "space" | "break" | "han" | "kana" | "hangul" | "other";

const KINDS: readonly CharKind[] = [
  ...(["mark", "small", "capital", "digit", "space", "break"] as const),
  ...(["han", "kana", "hangul", "other"] as const),
];

/** How a text was read up to and with one character. */
export interface TextState {
  readonly kind: CharKind | "start";
  /** The character's place in its run, of a letter in its word, from 1. Places that count alike are one. */
  readonly place: number;
  /** What stands before the run, where it matters: of a word's second letter the capitals that a small letter parted. */
  readonly after: "word" | "one space" | "digit" | "two capitals" | "more capitals" | null;
}

const START: TextState = { kind: "start", place: 1, after: null };
/** The last place in a run that is told from those behind it. */
const LAST_PLACE: Readonly<Record<CharKind, number>> = {
  ...{ mark: 2, small: 9, capital: 3, digit: 4, space: 3, break: 2 },
  ...{ han: 1, kana: 1, hangul: 1, other: 1 },
};

function stateAfter(state: TextState, kind: CharKind): TextState {
  if (kind === "small" && state.kind === "capital") return smallAfterCapital(state);
  if (kind === state.kind) return { ...state, place: nextPlace(state.place, kind), after: keptAfter(state.after) };
  return { kind, place: 1, after: beforeRun(state, kind) };
}

/** Digits stand in groups of three: behind the fourth comes the second. */
function nextPlace(place: number, kind: CharKind): number {
  if (place < LAST_PLACE[kind]) return place + 1;
  return kind === "digit" ? 2 : place;
}

/** One capital begins the word; the last of several parts from them and begins another. */
function smallAfterCapital({ place, after }: TextState): TextState {
  if (place === 1) return { kind: "small", place: 2, after };
  return { kind: "small", place: 2, after: place === 2 ? "two capitals" : "more capitals" };
}

/** Inside a run it matters alone whether a word began behind a digit. */
function keptAfter(after: TextState["after"]): TextState["after"] {
  return after === "digit" ? after : null;
}

function beforeRun({ kind: before, place, after }: TextState, kind: CharKind): TextState["after"] {
  const isWord = before === "small" || before === "capital";
  if (kind === "digit")
    return isWord && after !== "digit" ? "word" : before === "space" && place === 1 ? "one space" : null;
  return (kind === "small" || kind === "capital") && before === "digit" ? "digit" : null;
}

/** All states there are, the start first. */
export const TEXT_STATES: readonly TextState[] = reachable();

function reachable(): TextState[] {
  const found = new Map([[nameOf(START), START]]);
  for (const state of found.values())
    for (const kind of KINDS) {
      const next = stateAfter(state, kind);
      if (!found.has(nameOf(next))) found.set(nameOf(next), next);
    }
  return [...found.values()];
}

function nameOf({ kind, place, after }: TextState): string {
  return `${kind} ${place} ${after}`;
}

/**
 * Counts how often each state was reached in a text: a table says the next one from a state and a character, so that a
 * character costs the same few steps whatever it is. `counts` is as long as there are states.
 */
export function countStates(text: string, counts: Uint32Array): void {
  let row = 0;
  for (let at = 0; at < text.length; at++) {
    row = NEXT_ROW[row + (KIND_OF[text.charCodeAt(at)] as number)] as number;
    counts[row >> ROW_BITS] = (counts[row >> ROW_BITS] as number) + 1;
  }
}

/** A state's row in the table has so many places: a power of two, one for each kind at least. */
const ROW_BITS = 4;
/** Where the row of the next state begins. */
const NEXT_ROW = nextRows();

function nextRows(): Uint16Array {
  const rows = new Map(TEXT_STATES.map((state, i) => [nameOf(state), i << ROW_BITS]));
  const next = new Uint16Array(TEXT_STATES.length << ROW_BITS);
  for (const [i, state] of TEXT_STATES.entries())
    for (const [column, kind] of KINDS.entries())
      next[(i << ROW_BITS) + column] = rows.get(nameOf(stateAfter(state, kind))) as number;
  return next;
}

/** By UTF-16 unit. */
const KIND_OF = charKinds();

function charKinds(): Uint8Array {
  const kinds = new Uint8Array(0x1_00_00).fill(KINDS.indexOf("other"));
  const set = (kind: CharKind, first: number, last: number) => kinds.fill(KINDS.indexOf(kind), first, last + 1);
  set("mark", 0, 0x7f);
  for (const [kind, chars] of [
    ["small", "az"],
    ["capital", "AZ"],
    ["digit", "09"],
    ["space", "  "],
    ["space", "\t\t"],
    ["break", "\n\n"],
    ["break", "\r\r"],
  ] as const)
    set(kind, chars.charCodeAt(0), chars.charCodeAt(1));
  // With East Asian punctuation, and full-width forms.
  for (const [first, last] of [
    [0x3400, 0x9fff],
    [0x3000, 0x303f],
    [0xff00, 0xffef],
  ] as const)
    set("han", first, last);
  set("kana", 0x3040, 0x30ff);
  set("hangul", 0xac00, 0xd7af);
  return kinds;
}
