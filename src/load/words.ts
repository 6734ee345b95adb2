/** What lies beyond is not looked at: what one text costs is bounded, however long it is. */
const MOST_CHARS = 262_144;

const [NEITHER, SMALL, CAPITAL] = [0, 1, 2];
const CLASSES = Uint8Array.from({ length: 128 }, (_, code) => {
  const char = String.fromCharCode(code);
  return /[a-z0-9_]/.test(char) ? SMALL : /[A-Z]/.test(char) ? CAPITAL : NEITHER;
});

// Numbers stand in the set with their sign: larger ones would each be an object of its own.
/**
 * The different words of a text as numbers: enough to tell whether another text holds one of them. Letters, digits and
 * `_` make words, so that a path is several; capitals count as small letters. FNV-1a, 32 bits: two of 10,000 words share
 * a number in one text of a hundred.
 */
export function wordsOf(text: string): Uint32Array {
  const words = new Set<number>();
  const end = Math.min(text.length, MOST_CHARS);
  let hash = 0;
  for (let at = 0; at < end; at++) {
    const code = text.charCodeAt(at);
    const kind = code < 128 ? (CLASSES[code] as number) : SMALL;
    if (kind !== NEITHER) hash = Math.imul((hash || 0x811c9dc5) ^ (kind === CAPITAL ? code + 32 : code), 0x01000193);
    else if (hash !== 0) {
      words.add(hash);
      hash = 0;
    }
  }
  if (hash !== 0) words.add(hash);
  return Uint32Array.from(words);
}
