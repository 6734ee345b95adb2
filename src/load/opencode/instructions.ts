/** The text of a file with instructions, as the model gets it: behind a line that names it. */
export interface InstructionText {
  /** null for what stands before the first of them. */
  readonly path: string | null;
  readonly text: string;
}

/** A text cut where one of these files begins, in the order of the text. A file that it does not hold has no piece. */
export function instructionTexts(text: string, paths: readonly string[]): InstructionText[] {
  const starts = [...new Set(paths)]
    .map((path) => ({ path, at: lineAt(text, `Instructions from: ${path}`) }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at);
  const pieces = starts.map(({ path, at }, i) => ({ path, text: text.slice(at, starts[i + 1]?.at) }));
  const before = text.slice(0, starts[0]?.at);
  return before === "" ? pieces : [{ path: null, text: before }, ...pieces];
}

/** Where a whole line stands; -1 where it does not. */
function lineAt(text: string, line: string): number {
  return `\n${text}\n`.indexOf(`\n${line}\n`);
}
