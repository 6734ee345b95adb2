import { Command, CommanderError, Option } from "commander";
import { REDACT_LEVELS } from "../redact/index.js";
import { withoutLogCommands } from "../report/log-commands.js";
import { visible } from "../report/visible.js";
import { withBudgetOptions } from "./check-options.js";
import type { CompareOptions } from "./commands/compare.js";
import { demoCommand } from "./commands/demo.js";
import { doctorCommand } from "./commands/doctor.js";
import { extractCommand } from "./commands/extract.js";
import { listCommand } from "./commands/list.js";
import { reportCommand } from "./commands/report.js";
import type { SkillsOptions } from "./commands/skills.js";
import type { Context } from "./context.js";
import { asFailure, EXIT, type ExitCode } from "./failure.js";
import { instant } from "./moment.js";
import {
  eachNonEmpty,
  givenOf,
  nonEmpty,
  positiveInteger,
  redactOption,
  withFilterOptions,
  withReportOptions,
  withSourceOptions,
} from "./options.js";
import { packageVersion } from "./package-files.js";

// A report has to be quick: what only other commands need is loaded by them alone.
const COMPARE_FORMATS: readonly CompareOptions["format"][] = ["html", "json", "markdown"];
const SKILLS_FORMATS: readonly SkillsOptions["format"][] = ["text", "json", "html"];

const COMPARED =
  "what it was before: a session as `report` names it, a report, a folder of reports, or several with commas";
const TELEMETRY = "a telemetry file, or a folder of them (default: .opencode/telemetry in the session's folder)";
const RECORDING = "a recording, or a folder of them (default: those in OpenCode's data folder, and beside the source)";

/** Runs one command line and returns the exit code. The only catch-all of the program. */
export async function run(args: readonly string[], outside: Context): Promise<ExitCode> {
  // What is said may hold words of a session, and a CI reads along.
  const context = { ...outside, stderr: (words: string) => outside.stderr(withoutLogCommands(words)) };
  try {
    await program(args, context).parseAsync([...args], { from: "user" });
    return EXIT.done;
  } catch (error) {
    return exitCodeOf(error, args, context);
  }
}

/** Says what went wrong, and how the program ends. */
export function exitCodeOf(error: unknown, args: readonly string[], context: Context): ExitCode {
  const isSoft = asksForSoft(args);
  if (error instanceof CommanderError) return usageExit(error, isSoft, context);
  const failure = asFailure(error);
  context.stderr(`${prefix(isSoft)}${failure.fact}\n${failure.advice}\n`);
  if (args.includes("--verbose")) context.stderr(`${visible(stackOf(failure))}\n`);
  return isSoft ? EXIT.done : failure.exitCode;
}

function usageExit({ exitCode }: CommanderError, isSoft: boolean, context: Context): ExitCode {
  if (exitCode === 0) return EXIT.done; // --help, --version
  context.stderr("`sessionflame --help` shows the commands and their options.\n");
  return isSoft ? EXIT.done : EXIT.usage;
}

/** Looked for in what was typed: it also holds where the other options cannot be read. */
function asksForSoft([command = "", ...args]: readonly string[]): boolean {
  const end = args.indexOf("--");
  return SOFT_COMMANDS.includes(command) && (end < 0 ? args : args.slice(0, end)).includes("--soft");
}

const SOFT_COMMANDS = ["report", "demo"];

function prefix(isSoft: boolean): string {
  return isSoft ? "sessionflame: warning: " : "sessionflame: ";
}

function stackOf(error: Error): string {
  const cause = error.cause instanceof Error ? `\ncaused by ${stackOf(error.cause)}` : "";
  return `${error.stack ?? error.message}${cause}`;
}

function program(args: readonly string[], context: Context): Command {
  const root = new Command("sessionflame")
    .description(
      "Writes one self-contained HTML report of an AI coding session: where the time went, where the tokens went.",
    )
    .version(packageVersion())
    .exitOverride()
    .configureOutput({
      writeOut: context.stdout,
      writeErr: context.stderr,
      outputError: (text, write) => write(text.replace(/^error: /, prefix(asksForSoft(args))).replace(/\n\(/, " (")),
    });
  const command = (definition: string) => root.command(definition).copyInheritedSettings(root);

  withFilterOptions(withSourceOptions(withReportOptions(command("report"))))
    .description("write the report of one session, or of several on one page")
    .argument("[sessions...]", "ids, beginnings of ids, titles, paths, or: last (default: last)", eachNonEmpty)
    .option("--all", "all sessions that --days and --project leave, on one page")
    .option(
      "--no-local",
      "read nothing but the source: no settings of OpenCode, no recordings, no telemetry files here",
    )
    .option("--telemetry <path>", TELEMETRY, nonEmpty)
    .option("--recording <path>", RECORDING, nonEmpty)
    .option("--config <path>", "thresholds for suggestions (default: the nearest sessionflame.config.json)", nonEmpty)
    .option(
      "--from <file>",
      "render a report that was written before, JSON or page, anew; - is standard input",
      nonEmpty,
    )
    .action((sessions, options, own) => reportCommand(sessions, { ...options, given: givenOf(own) }, context));
  withSourceOptions(command("compare"))
    .description("compare two sessions, or two groups of them: what differs in time, tokens and cost")
    .argument("<a>", COMPARED, nonEmpty)
    .argument("<b>", "what is held against it, named likewise", nonEmpty)
    .addOption(new Option("--format <format>", "what to write").choices(COMPARE_FORMATS).default("html"))
    .addOption(new Option("--json", "short for --format json").conflicts("format"))
    .option("-o, --output <file>", "where to write; - is standard output", nonEmpty)
    .addOption(new Option("--redact <level>", "what to leave out (default: paths)").choices(REDACT_LEVELS))
    .option(
      "--no-local",
      "read nothing but the sources: no settings of OpenCode, no recordings, no telemetry files here",
    )
    .option("--config <path>", "thresholds for suggestions (default: the nearest sessionflame.config.json)", nonEmpty)
    .option("--now <time>", "write down when the comparison was made; ISO 8601, or milliseconds since 1970", instant)
    .option("--quiet", "print nothing but the path")
    .option("--verbose", "print the stack of an error")
    .action(async (a, b, options) => (await import("./commands/compare.js")).compareCommand(a, b, options, context));
  withSourceOptions(command("list"))
    .description("list the sessions, newest first: time, cost, tokens, title")
    .option("-n, --limit <count>", "show only the newest", positiveInteger)
    .addOption(redactOption())
    .option("--json", "print JSON")
    .option("--quiet", "print nothing but the data")
    .option("--verbose", "print the stack of an error")
    .action((options) => listCommand(options, context));
  withSourceOptions(withFilterOptions(command("stats")))
    .description("show totals over all sessions, as `opencode stats` counts them and without forks and copies")
    .option("--models <count>", "show only the models with the most messages", positiveInteger)
    .option("--tools <count>", "show only the tools with the most calls", positiveInteger)
    .option("--json", "print JSON")
    .option("--quiet", "print nothing but the data")
    .option("--verbose", "print the stack of an error")
    .action(async (options) => (await import("./commands/stats.js")).statsCommand(options, context));
  withSourceOptions(withFilterOptions(command("skills")))
    .description("show which skills were used, how often, and what came of them, of one session or of all")
    .argument(
      "[session]",
      "an id, the beginning of one, a title, last, or a path, for all sessions in it (default: all)",
      nonEmpty,
    )
    .addOption(new Option("--format <format>", "what to write").choices(SKILLS_FORMATS).default("text"))
    .addOption(new Option("--json", "short for --format json").conflicts("format"))
    .option("-o, --output <file>", "where to write; - is standard output", nonEmpty)
    .addOption(redactOption())
    .option("--no-local", "read nothing but the source: no skill folders, no recordings, no telemetry files here")
    .option("--telemetry <path>", TELEMETRY, nonEmpty)
    .option("--recording <path>", RECORDING, nonEmpty)
    .option("--quiet", "print nothing but the data")
    .option("--verbose", "print the stack of an error")
    .action(async (session, options) => {
      await (await import("./commands/skills.js")).skillsCommand(session, options, context);
    });
  withSourceOptions(withBudgetOptions(command("check")))
    .description("hold the figures of one session against budgets; ends with 1 where one is not kept")
    .argument("[session]", "an id, the beginning of one, a title, a path, or: last", nonEmpty, "last")
    .option("--no-local", "read nothing but the source: no settings, no recordings, no telemetry files here")
    .option("--config <path>", "budgets, and thresholds (default: the nearest sessionflame.config.json)", nonEmpty)
    .option("--from <file>", "check a report that was written before, JSON or page; - is standard input", nonEmpty)
    .option("-o, --output <file>", "where to write; - is standard output", nonEmpty, "-")
    .addOption(redactOption())
    .option("--quiet", "print nothing but the data")
    .option("--verbose", "print the stack of an error")
    .action(async (session, options, own) => {
      await (await import("./commands/check.js")).checkCommand(session, { ...options, given: givenOf(own) }, context);
    });
  withSourceOptions(command("doctor"))
    .description("show which sources were found and what can be read")
    .option("--json", "print JSON")
    .option("--quiet", "print nothing but the data")
    .option("--verbose", "print the stack of an error")
    .action((options) => doctorCommand(options, context));
  command("install")
    .description("put the recorder into OpenCode: it writes down what OpenCode itself does not keep")
    .option("--global", "for all projects of this user (default: for the project of the current folder)")
    .option("--remove", "take it out again; recordings are kept")
    .option("--json", "print JSON")
    .option("--quiet", "print nothing but the paths")
    .option("--verbose", "print the stack of an error")
    .action(async (options) => (await import("./commands/install.js")).installCommand(options, context));
  command("extract")
    .description("print the report in a page as JSON, as `report --format json` printed it")
    .argument("<page>", "a page that `report` wrote; - is standard input", nonEmpty)
    .option("-o, --output <file>", "where to write; - is standard output", nonEmpty, "-")
    .option("--verbose", "print the stack of an error")
    .action((page, options) => extractCommand(page, options, context));
  withReportOptions(command("demo"))
    .description("write a report of the bundled example session")
    .action((options) => demoCommand(options, context));
  return root;
}
