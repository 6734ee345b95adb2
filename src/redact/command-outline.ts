import { unquotedCommand } from "../report/unquoted-command.js";
import { isPublicProgram, isPublicSubcommand } from "./public-programs.js";

/** What ends one command of a line and begins another. */
const BETWEEN_COMMANDS = /^(?:&&?|\|\|?|;)$/;
/** The name of an option alone: what is glued to it may be its value. */
const OPTION = /^(?:-[A-Za-z]{1,2}|--[a-z]+(?:-[a-z]+){0,4})(?==|$)/;
/** What stands for a program and for a whole command already. */
const PSEUDONYM = /^(?:program|command)-\d+$/;
const SMALL_NUMBER = /^\d{1,4}(?:\.\d{1,3})?$/;
/** What they are given is said, not done. */
const SPEAKS: ReadonlySet<string> = new Set(["echo", "printf"]);

/**
 * A command line without what it says: `git commit -m "mend the login"` becomes `git commit -m …`. Kept is only what is
 * known to say nothing: programs that everybody has, the words by which they are told what to do, names of options,
 * small numbers, and files that `isFile` knows. So a quote that is not understood cannot let anything through.
 */
export function commandOutline(command: string, isFile: (word: string) => boolean): string {
  const words = unquotedCommand(command).match(/&&|\|\||[;|&]|[^\s;|&]+/g) ?? [];
  const outlined: string[] = [];
  let place = 0;
  for (const [i, word] of words.entries()) {
    if (BETWEEN_COMMANDS.test(word)) place = -1;
    const before = place === 1 ? (words[i - 1] ?? "") : "";
    outlined.push(place < 0 ? word : isFile(word) ? word : shownWord(word, place, before));
    if (place !== 0 || !isAssignment(word)) place++;
  }
  return outlined
    .join(" ")
    .replace(/…(?: …)+/g, "…")
    .replaceAll(" ;", ";");
}

/** `place`: 0 for the program, 1 for the word behind it. */
function shownWord(word: string, place: number, program: string): string {
  if (place < 2 && PSEUDONYM.test(word)) return word;
  if (place === 0) return isPublicProgram(word) ? word : "…";
  if (place === 1 && isPublicSubcommand(word) && !SPEAKS.has(program)) return word;
  if (SMALL_NUMBER.test(word)) return word;
  const option = OPTION.exec(word)?.[0];
  return option === undefined ? "…" : option + (word.includes("=") ? "=…" : "");
}

function isAssignment(word: string): boolean {
  return /^[A-Za-z_]\w*=/.test(word);
}
