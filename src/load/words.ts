/** What lies beyond is not looked at: what one text costs is bounded, however long it is. */
const MOST_CHARS = 262_144;

/** What an ASCII character adds to a word: itself, a small letter for a capital; 0 where it is in none. */
const FOLDED = Uint8Array.from({ length: 128 }, (_, code) => {
  const char = String.fromCharCode(code);
  return /\w/.test(char) ? char.toLowerCase().charCodeAt(0) : 0;
});

/**
 * The different words of a text as numbers: enough to tell whether another text holds one of them. Letters, digits and
 * `_` make words, so that a path is several; capitals count as small letters. FNV-1a, 32 bits: two of 10,000 words share
 * a number in one text of a hundred.
 */
export function wordsOf(text: string): Uint32Array {
  const end = Math.min(text.length, MOST_CHARS);
  let hash = 0;
  for (let at = 0; at < end; at++) {
    const code = text.charCodeAt(at);
    const letter = code < 128 ? (FOLDED[code] as number) : code;
    if (letter !== 0) hash = Math.imul((hash || FIRST_HASH) ^ letter, 0x01000193);
    else if (hash !== 0) {
      addWord(hash);
      hash = 0;
    }
  }
  if (hash !== 0) addWord(hash);
  return takenWords();
}

const FIRST_HASH = 0x811c9dc5 | 0;

/**
 * The words of one text, each in the first free slot from where it belongs; 0 is free. A `Set` costs several times as
 * much. There are never more words than half the characters, so that half of the slots stay free.
 */
const slots = new Int32Array(MOST_CHARS);
/** The slots that are taken, in order. */
const taken = new Int32Array(MOST_CHARS / 2);
let count = 0;

function addWord(word: number): void {
  let slot = (word ^ (word >>> 16)) & (MOST_CHARS - 1);
  while (slots[slot] !== 0) {
    if (slots[slot] === word) return;
    slot = (slot + 1) & (MOST_CHARS - 1);
  }
  slots[slot] = word;
  taken[count++] = slot;
}

/** Empties the slots. */
function takenWords(): Uint32Array {
  const words = new Uint32Array(count);
  for (let i = 0; i < words.length; i++) {
    const slot = taken[i] as number;
    words[i] = slots[slot] as number;
    slots[slot] = 0;
  }
  count = 0;
  return words;
}
