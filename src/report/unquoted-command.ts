/** What stands for a text in quotes, and for one that is given to a program line by line. */
export const QUOTED = "…";

/** A command line without what it says: one that is not understood to its end loses too much, never too little. */
export function unquotedCommand(command: string): string {
  return command
    .replace(/<<-?\s*\\?["']?\w+["']?[\s\S]*$/, QUOTED)
    .replace(/(["'])(?:\\.|(?!\1)[^\\])*(?:\1|$)/g, QUOTED);
}
