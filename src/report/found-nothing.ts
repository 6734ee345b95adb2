/** What stands for the words of a search that found nothing, where words are left out. */
export const NOTHING_FOUND = "No files found";

/** Whether the first words of what a search gave back say that it found nothing. */
export function saysNothingFound(firstWords: string): boolean {
  return /^(no (files|matches|results)\b|found 0\b|$)/i.test(firstWords);
}
