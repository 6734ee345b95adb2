import { type Command, Option } from "commander";

export const CHECK_FORMATS = ["text", "json", "junit", "github"] as const;
export type CheckFormat = (typeof CHECK_FORMATS)[number];

/** Budgets as they stand on the command line: what they mean is read where the settings file's are. */
export function withBudgetOptions(command: Command): Command {
  return command
    .option("--max-wall <time>", "total time, at most, such as 30m")
    .option("--max-active <time>", "active time, at most, such as 10m")
    .option("--max-cost <usd>", "cost in US dollars, at most, such as 1.50")
    .option("--max-tokens <count>", "tokens of all kinds, at most, such as 2M")
    .option("--max-tool-errors <share>", "share of tool calls that failed, at most, such as 5%")
    .option(
      "--max-p95 <tool=time>",
      "95th percentile of a tool's calls, at most, such as bash=30s; may be given for several",
      added,
    )
    .option("--min-cache-hits <share>", "share of the input that came out of the cache, at least, such as 50%")
    .option("--max-context <share>", "share of its model's context that any prompt took, at most, such as 80%")
    .option("--baseline <file>", "a report to compare with, JSON or page; - is standard input")
    .option("--max-regression <share>", "how much more than the baseline's a figure may be, such as 10%")
    .option(
      "--allow-unknown [budgets]",
      "let figures that are not known pass, listed as unknown; of all budgets, or of these: cost,tool-p95:bash",
    )
    .addOption(new Option("--format <format>", "what to write").choices(CHECK_FORMATS).default("text"))
    .addOption(new Option("--json", "short for --format json").conflicts("format"));
}

function added(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}
