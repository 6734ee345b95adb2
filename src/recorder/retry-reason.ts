/** Longer than any reason; a provider may answer with a whole page. */
const SCANNED_CHARS = 500;

const WORDS: readonly (readonly [RegExp, string])[] = [
  [/rate.?limit|too many requests|usage limit|quota/i, "rate-limit"],
  [/overload/i, "overloaded"],
  [/time.?out|timed out/i, "timeout"],
  [/api.?key|unauthori|forbidden/i, "refused"],
  [/connect|socket|network|econn/i, "connection"],
];

/** Why a request failed, as a status or one of our words; never the text itself, which may hold anything. */
export function retryReason(message: unknown): string | null {
  if (typeof message !== "string") return null;
  const text = message.slice(0, SCANNED_CHARS);
  const status = /(?:^|(?:error|status|code|http)\D{0,10})([45]\d\d)\b/i.exec(text)?.[1];
  return status ?? WORDS.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}
