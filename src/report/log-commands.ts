/**
 * The first character of what a CI takes for a command to itself where its log shows it: `::name::` at the beginning of a
 * line (GitHub and those that run its workflows); `##[name]`, `##vso[name]` and `##teamcity[name]` anywhere in one.
 */
export const LOG_COMMANDS = /:(?=:)(?<=^\s*:)|#(?=#\w*\[)/gm;

/** Words for a log of which no line is a command: that character is written out, as `\u003a`. */
export function withoutLogCommands(words: string): string {
  return words.replace(LOG_COMMANDS, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
