/** What ends one command of a line and begins another. */
const BETWEEN_COMMANDS = /^(?:&&?|\|\|?|;)$/;
const SUBCOMMAND = /^[a-z][a-z0-9]*(?:[:-][a-z0-9]+)*$/;
const OPTION = /^--?[A-Za-z][\w-]*/;
const PROGRAM = /^[\w.+~/\\-]+$/;
/** What they are given first is no name of something to do. */
const SPEAKS: ReadonlySet<string> = new Set(["echo", "printf", "say", "print"]);

/**
 * A command line without what it says: `git commit -m "mend the login"` becomes `git commit -m …`. Kept are programs, the
 * word behind one if it can be a subcommand, names of options, small numbers, and what is written as a path.
 */
export function commandOutline(command: string): string {
  const words = withoutQuotes(command).match(/&&|\|\||[;|&]|[^\s;|&]+/g) ?? [];
  const outlined: string[] = [];
  let place = 0;
  for (const [i, word] of words.entries()) {
    if (BETWEEN_COMMANDS.test(word)) place = -1;
    const before = place === 1 ? (words[i - 1] ?? "") : "";
    outlined.push(shownWord(word, place, before));
    if (place !== 0 || !isAssignment(word)) place++;
  }
  return outlined
    .join(" ")
    .replace(/…(?: …)+/g, "…")
    .replaceAll(" ;", ";");
}

/** `place`: 0 for the program, 1 for the word behind it. */
function shownWord(word: string, place: number, program: string): string {
  if (place < 0) return word;
  if (place === 0) return isAssignment(word) ? word.replace(/=.*$/, "=…") : PROGRAM.test(word) ? word : "…";
  if (place === 1 && SUBCOMMAND.test(word) && !SPEAKS.has(program)) return word;
  return OPTION.exec(word)?.[0].concat(word.includes("=") ? "=…" : "") ?? (isPath(word) ? word : "…");
}

function isAssignment(word: string): boolean {
  return /^[A-Za-z_]\w*=/.test(word);
}

/** Only what cannot be a sentence or an address; small numbers say nothing. */
function isPath(word: string): boolean {
  return (
    /^\d{1,4}(?:\.\d{1,3})?$|^[\w.~*@-]*(?:[\\/][\w.*@-]+)+[\\/]?$|^[\w-]+\.[A-Za-z]{1,5}$/.test(word) &&
    !word.includes("//")
  );
}

/** What stands in quotes, and a text that is given to a program line by line. */
function withoutQuotes(command: string): string {
  return command.replace(/<<-?\s*["']?\w+["']?[\s\S]*$/, "…").replace(/(["'])(?:\\.|(?!\1)[^\\])*(?:\1|$)/g, "…");
}
