import { SourceError, type SourceProblem } from "../load/source-error.js";
import { formatBytes, formatCount } from "../report/format.js";
import { visibleLine } from "../report/visible.js";

/** How the program ends. */
export const EXIT = {
  done: 0,
  overBudget: 1,
  usage: 2,
  notFound: 3,
  unreadable: 4,
  unwritable: 5,
  defect: 70,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** An expected failure: one line that states the fact, one that says what to do, and the exit code. */
export class Failure extends Error {
  override readonly name = "Failure";
  constructor(
    readonly exitCode: ExitCode,
    readonly fact: string,
    readonly advice: string,
    options?: ErrorOptions,
  ) {
    super(fact, options);
  }
}

/** Turns anything thrown into a Failure. What nobody expected is a defect of ours. */
export function asFailure(error: unknown): Failure {
  if (error instanceof Failure) return error;
  if (error instanceof SourceError) {
    const { exitCode, fact, advice } = sourceFailure(error.problem);
    return new Failure(exitCode, visibleLine(fact), visibleLine(advice), { cause: error });
  }
  const fact = `internal error: ${String((error as Error)?.message ?? error).split("\n")[0]}`;
  return new Failure(
    EXIT.defect,
    fact,
    "This is a defect of sessionflame. Run again with --verbose and report what it prints.",
    { cause: error },
  );
}

interface Words {
  readonly exitCode: ExitCode;
  readonly fact: string;
  readonly advice: string;
}

function sourceFailure(problem: SourceProblem): Words {
  const notFound = (fact: string, advice: string): Words => ({ exitCode: EXIT.notFound, fact, advice });
  const unreadable = (fact: string, advice: string): Words => ({ exitCode: EXIT.unreadable, fact, advice });
  const nameAnother =
    "Name a database, a storage folder or an export of OpenCode; `sessionflame doctor` shows what is on this machine.";
  switch (problem.code) {
    case "no-such-file":
      return notFound(`no such file: ${problem.path}`, nameAnother);
    case "no-store":
      return problem.others.length === 0
        ? notFound(`no OpenCode data in folder: ${problem.path}`, nameAnother)
        : notFound(
            `several databases in folder: ${problem.path}`,
            `Name one with --db PATH: ${firstOf(problem.others)}`,
          );
    case "no-sessions":
      return notFound(
        `no sessions in ${problem.path}`,
        "Run a session with OpenCode first, or name another database with --db PATH.",
      );
    case "unknown-session":
      return notFound(
        `no such session: ${problem.selector}`,
        `\`sessionflame list\` shows the sessions in ${problem.path}.`,
      );
    case "ambiguous-session":
      return notFound(
        `ambiguous session: ${problem.selector} matches ${problem.matches.length} sessions`,
        `Use more of the id: ${firstOf(problem.matches)}`,
      );
    case "unreadable":
      return unreadable(
        `cannot read ${problem.path}: ${problem.reason}`,
        "Check the file's permissions, or copy it to a place that you can read.",
      );
    case "empty-file":
      return unreadable(`empty file: ${problem.path}`, nameAnother);
    case "not-a-database":
      return unreadable(`not an SQLite database: ${problem.path}`, nameAnother);
    case "unknown-form":
      return problem.wanted === null
        ? unreadable(`not a database, storage folder, export or run output of OpenCode: ${problem.path}`, nameAnother)
        : unreadable(`nothing for --source ${problem.wanted}: ${problem.path}`, "Without --source, any kind is read.");
    case "torn-file":
      return unreadable(
        `not readable as a session: ${problem.path}`,
        "The file is torn; restore it from a backup, or name another session.",
      );
    case "broken-export":
      return unreadable(
        `not readable as an export: ${problem.path}`,
        "Export again, straight to a file: opencode export SESSION > session.json",
      );
    case "cut-export":
      return unreadable(
        `the export is cut off after ${formatCount(problem.bytes)} bytes: ${problem.path}`,
        `A pipe does that: export straight to a file (opencode export SESSION > session.json)${problem.hasMessages ? ", or read what is there with --partial" : ""}.`,
      );
    case "too-big-to-read":
      return unreadable(
        `too large to be read (${formatBytes(problem.bytes)}): ${problem.path}`,
        "Read the session from OpenCode's database.",
      );
    case "no-server":
      return notFound(
        `no OpenCode server at ${problem.url}: ${problem.reason}`,
        "Start one with `opencode serve`; it prints its address.",
      );
    case "not-a-server":
      return unreadable(
        `not an OpenCode server: ${problem.url}`,
        "Name the address that `opencode serve` printed, without a path.",
      );
    case "garbled-answer":
      return unreadable(
        `the server's answer cannot be read: ${problem.url}`,
        "OpenCode's database can be read without it: sessionflame report --db PATH.",
      );
    case "wrong-password":
      return unreadable(
        problem.wasGiven
          ? `the server refuses the password: ${problem.url}`
          : `the server asks for a password: ${problem.url}`,
        "Set OPENCODE_SERVER_PASSWORD to the server's password, and OPENCODE_SERVER_USERNAME if its user is not opencode.",
      );
    case "server-failed":
      return unreadable(
        `the server answered with status ${problem.status}: ${problem.url}`,
        "The server's own log says more; OpenCode's database can be read without it.",
      );
    case "foreign-database":
      return unreadable(
        `not an OpenCode database: ${problem.path} has the tables ${firstOf(problem.tables) || "none"}`,
        nameAnother,
      );
    case "unknown-schema":
      return unreadable(
        `unknown form of OpenCode database: ${problem.path} lacks ${firstOf(problem.missing)}`,
        "Look for a newer sessionflame, or tell us which release of OpenCode wrote the database.",
      );
    case "go-program":
      return unreadable(
        `not a database of this OpenCode: ${problem.path} was written by the older, unrelated Go program of the same name`,
        "That program's sessions cannot be read; name data of OpenCode 1.0 or newer.",
      );
    case "damaged":
      return unreadable(
        `damaged database: ${problem.path} (${problem.reason})`,
        "Copy it together with its -wal file, or rescue what is left with: sqlite3 opencode.db .recover | sqlite3 rescued.db",
      );
    case "locked":
      return unreadable(
        `locked by another program: ${problem.path}`,
        "Try again when the other program has finished, or close it.",
      );
    case "too-big-to-copy":
      return unreadable(
        `cannot be read in place, and too large to copy (${formatBytes(problem.bytes)}): ${problem.path}`,
        "Copy the database with its -wal file to a folder that you can write to, and name it with --db PATH.",
      );
    case "native-module":
      return unreadable(
        `the SQLite module better-sqlite3 cannot be loaded: ${problem.reason}`,
        "Run `npm rebuild better-sqlite3` (where no prebuilt module fits, that needs python3, make and g++), or read JSON: an export, or a storage folder with --source opencode-storage.",
      );
  }
}

function firstOf(list: readonly string[]): string {
  const shown = list.slice(0, 5).join(", ");
  return list.length > 5 ? `${shown}, …` : shown;
}
