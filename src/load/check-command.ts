import { unquotedCommand } from "../report/unquoted-command.js";

/** What tests, lints, type-checks or builds. */
const CHECKERS: ReadonlySet<string> = new Set([
  ...["vitest", "jest", "mocha", "ava", "cypress", "pytest", "tox", "nox", "unittest", "rspec", "minitest", "phpunit"],
  ...["pest", "ctest", "bats", "nextest", "tsc", "vue-tsc", "eslint", "biome", "oxlint", "stylelint", "ruff", "flake8"],
  ...["pylint", "mypy", "pyright", "basedpyright", "clippy", "golangci-lint", "staticcheck", "rubocop", "phpstan"],
  ...["shellcheck", "ktlint", "detekt", "swiftlint"],
]);
/** Words behind `npm run`, `cargo`, `go`, `make` and the like, that mean the same. */
const TASKS: ReadonlySet<string> = new Set([
  "test",
  "tests",
  "check",
  "lint",
  "typecheck",
  "type-check",
  "vet",
  "verify",
  "build",
  "e2e",
  "ci",
]);
const RUNNERS: ReadonlySet<string> = new Set([
  ...["npm", "npx", "pnpm", "pnpx", "yarn", "bun", "bunx", "deno", "node", "cargo", "go", "make", "just", "task"],
  ...["gradle", "gradlew", "mvn", "mvnw", "sbt", "dotnet", "swift", "zig", "mix", "rake", "bundle", "composer", "php"],
  ...["python", "python3", "uv", "poetry", "hatch", "rye", "pipenv", "bazel", "nx", "turbo", "moon", "rails"],
]);
/** Programs that run another one, which stands behind their own arguments. */
const PREFIXES: ReadonlySet<string> = new Set([
  "time",
  "sudo",
  "env",
  "command",
  "exec",
  "timeout",
  "nice",
  "nohup",
  "xvfb-run",
  "!",
]);
/** Words between a runner and what it runs. */
const BETWEEN: ReadonlySet<string> = new Set(["run", "exec", "x", "dlx", "run-script"]);
/** Options of runners and prefixes whose value is the next word. */
const VALUED: ReadonlySet<string> = new Set([
  "--prefix",
  "-C",
  "--cwd",
  "--dir",
  "-w",
  "--workspace",
  "--filter",
  "-F",
  "-p",
  "-u",
]);
const MOST_CHARS = 4_096;

/** What a model says of a command: "Run the tests", "Run unit tests for the parser". */
const SAID =
  /^(?:re-?)?(?:run|runs|running|execute)\s+(?:(?:the|all|our|full|whole|new|updated|failing|relevant|related|unit|integration|e2e|end-to-end|smoke|regression|project|npm|vitest|jest|pytest)\s+){0,3}(?:tests?|test suite|linter|lint|type-?check(?:er|s)?|checks)\b/i;

/** Whether a command tests or checks what was made, and whether what the line ended with says how that went. */
export type Check = "told by its end" | "not told" | null;

/** `said`: what its caller says that it does. */
export function checkIn(command: string, said: string): Check {
  const line = withoutShell(command.slice(0, MOST_CHARS));
  const commands = commandsIn(line);
  const last = commands.findLastIndex(({ words }) => isCheck(words));
  if (last < 0) return SAID.test(said.trim()) ? (commands.length === 1 ? "told by its end" : "not told") : null;
  const isPlain = commands
    .slice(last, -1)
    .every(({ next }) => next === "&&" || (next === "|" && /pipefail/.test(line)));
  return isPlain && commands.at(-1)?.next !== "&" ? "told by its end" : "not told";
}

/** What a shell is told in quotes: `bash -lc "npm test"`. */
function withoutShell(command: string): string {
  return /^\s*(?:ba|z|da)?sh\s+-\w*c\s+(["'])([\s\S]*)\1\s*$/.exec(command)?.[2] ?? command;
}

/** A command of a line, and what stands between it and the next one. */
interface Command {
  readonly words: readonly string[];
  readonly next: string;
}

function commandsIn(line: string): Command[] {
  const pieces = unquotedCommand(line)
    .replace(/\d?>&\d?|&>/g, " ")
    .split(/(&&|\|\||[;|&\n()])/);
  const commands: Command[] = [];
  for (let i = 0; i < pieces.length; i += 2) {
    const words = (pieces[i] ?? "").trim().split(/\s+/).filter(Boolean);
    if (words.length > 0) commands.push({ words, next: pieces[i + 1] ?? "" });
  }
  return commands;
}

function isCheck(all: readonly string[]): boolean {
  const [program = "", ...others] = programWords(all);
  if (others.some((word) => /^--?(?:version|help)$/.test(word))) return false;
  if (CHECKERS.has(program) || /^(?:tests?|checks?|lint)\.\w+$|^(?:run-)?(?:tests|checks|lint)$/.test(program))
    return true;
  if (!RUNNERS.has(program)) return false;
  if (program === "node" && others.includes("--test")) return true;
  // `uv run python -m pytest`: one runner may run another one.
  const [task = ""] = withoutOptions(others).filter((word) => !BETWEEN.has(word) && !RUNNERS.has(word));
  const names = task.split(/[:.]/).filter(Boolean);
  return CHECKERS.has(task) || TASKS.has(names[0] ?? "") || (task.startsWith(":") && TASKS.has(names.at(-1) ?? ""));
}

/** Without what is set before the program, and without programs that only run it; files by their last names. */
function programWords(all: readonly string[]): string[] {
  let words = all.map((word) => /[^/\\]*$/.exec(word)?.[0] ?? "");
  for (;;) {
    const [first = "", ...rest] = words;
    if (/^\w+=/.test(all[all.length - words.length] ?? "")) words = rest;
    else if (!PREFIXES.has(first)) return words;
    else words = withoutOptions(rest, /^[\d.]+[smhd]?$/);
  }
}

/** `isOwn`: further words at the beginning that are no program, as how long `timeout` waits. */
function withoutOptions(words: readonly string[], isOwn?: RegExp): string[] {
  let at = 0;
  while (at < words.length) {
    const word = words[at] as string;
    if (VALUED.has(word)) at += 2;
    else if (/^[-+]./.test(word) || isOwn?.test(word)) at++;
    else break;
  }
  return words.slice(at);
}
