/** Everything that a command sees of the world. Tests pass their own. */
export interface Context {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The only clock of the program. */
  readonly now: () => number;
  /** Standard input, for commands that are told to read it. */
  readonly stdin: () => AsyncIterable<Uint8Array>;
  /** Data. */
  readonly stdout: (text: string) => void;
  /** Words. */
  readonly stderr: (text: string) => void;
  /** Whether words go to a terminal, where a line can be written anew. Default false. */
  readonly isTerminal?: boolean;
}
