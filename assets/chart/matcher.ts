/** Whether a text in lower case is one that is looked for, in whatever case; null where the words are no regular expression. */
export function matcher(words: string, isRegex: boolean): ((text: string) => boolean) | null {
  if (!isRegex) {
    const wanted = words.toLowerCase();
    return (text) => text.includes(wanted);
  }
  try {
    const pattern = new RegExp(words, "imu");
    return (text) => pattern.test(text);
  } catch {
    return null;
  }
}
