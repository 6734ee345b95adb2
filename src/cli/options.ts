import { type Command, InvalidArgumentError, Option } from "commander";
import { sources } from "../load/index.js";
import { REDACT_LEVELS } from "../redact/index.js";
import { FORMATS } from "./formats.js";
import { instant } from "./moment.js";

/** Which sessions of a source. */
export function withFilterOptions(command: Command): Command {
  return command
    .option("--days <count>", "sessions changed in the last days; 0 is since midnight (default: all)", wholeNumber)
    .option("--project <dir>", "sessions in this folder or below it; also the id of a project", nonEmpty);
}

/** Where sessions are read from. */
export function withSourceOptions(command: Command): Command {
  return command
    .option(
      "--db <path>",
      "a database, a storage folder, an export or the output of a run (default: what OpenCode keeps on this machine)",
      nonEmpty,
    )
    .addOption(new Option("--source <name>", "read this kind of source only").choices(sources.map(({ id }) => id)))
    .option("--partial", "read what is there of an export that was cut off")
    .option("--server <url>", "read from a running OpenCode; its password is taken from $OPENCODE_SERVER_PASSWORD");
}

/** How a report is written. */
export function withReportOptions(command: Command): Command {
  return command
    .option(
      "-o, --output <file>",
      "where to write; - is standard output (default: a name made from the title)",
      nonEmpty,
    )
    .addOption(new Option("--format <format>", "what to write").choices(FORMATS).default("html"))
    .addOption(redactOption())
    .option("--full-tables", "every row of every table, not the 200 largest")
    .option("--allow-large", "write a page of more than 25 MB too")
    .option("--now <time>", "write down when the report was made; ISO 8601, or milliseconds since 1970", instant)
    .option("--soft", "end with 0 and a warning, whatever goes wrong")
    .addOption(new Option("--json", "short for --format json").conflicts("format"))
    .option("--step-summary", "also append the report as Markdown to the file that $GITHUB_STEP_SUMMARY names")
    .option("--open", "open the report in the browser")
    .option("--quiet", "print nothing but the path")
    .option("--verbose", "print the stack of an error");
}

export function redactOption(): Option {
  return new Option("--redact <level>", "what to leave out").choices(REDACT_LEVELS).default("paths");
}

/** What stands on the command line, not in defaults. */
export function givenOf(command: Command): ReadonlySet<string> {
  const typed = command.options.filter((option) => command.getOptionValueSource(option.attributeName()) === "cli");
  return new Set([...(command.args.length > 0 ? ["session"] : []), ...typed.flatMap(({ long }) => long ?? [])]);
}

/** A value that may be given several times. */
export function eachNonEmpty(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, nonEmpty(text)];
}

/** A text; an empty one is no value. */
export function nonEmpty(text: string): string {
  if (text === "") throw new InvalidArgumentError("It must not be empty.");
  return text;
}

function wholeNumber(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError("It must be a whole number of 0 or more.");
  return Number(text);
}

/** A count of 1 or more. */
export function positiveInteger(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError("It must be a whole number of 1 or more.");
  return Number(text);
}
