/** What tests, lints, type-checks or builds: alone, or as the first or second word behind a runner. */
const CHECKERS = [
  ...["vitest", "jest", "mocha", "ava", "cypress", "pytest", "tox", "nox", "unittest", "rspec", "minitest", "phpunit"],
  ...["pest", "ctest", "bats", "nextest", "tsc", "vue-tsc", "eslint", "biome", "oxlint", "stylelint", "ruff", "flake8"],
  ...["pylint", "mypy", "pyright", "basedpyright", "clippy", "golangci-lint", "staticcheck", "rubocop", "phpstan"],
  ...["shellcheck", "ktlint", "detekt", "swiftlint"],
];
/** Words behind `npm run`, `cargo`, `go`, `make` and the like, that mean the same. */
const TASKS = ["test", "tests", "check", "lint", "typecheck", "type-check", "vet", "verify", "build", "e2e", "ci"];
const RUNNERS = [
  ...["npm", "npx", "pnpm", "pnpx", "yarn", "bun", "bunx", "deno", "node", "cargo", "go", "make", "just", "task"],
  ...["gradle", "gradlew", "mvn", "mvnw", "sbt", "dotnet", "swift", "zig", "mix", "rake", "bundle", "composer", "php"],
  ...["python", "python3", "uv", "poetry", "hatch", "rye", "pipenv", "bazel", "nx", "turbo", "moon", "rails"],
];
/** Words between a runner and what it runs. */
const BETWEEN = new Set(["run", "exec", "x", "-m", "--", "dlx", "run-script", "-s", "--silent", "-q"]);
const MOST_CHARS = 4_096;

const IS_CHECKER: ReadonlySet<string> = new Set(CHECKERS);
const IS_TASK: ReadonlySet<string> = new Set(TASKS);
const IS_RUNNER: ReadonlySet<string> = new Set(RUNNERS);
/** What a model says of a command: "Run the tests", "Type-check the project". */
const SAID =
  /^(?:re-?)?(?:run|runs|running|execute|verify|check)\b[^.;]{0,60}\b(?:tests?|lint(?:er|ing)?|type-?checks?|test suite)\b/i;

/** Whether a command tests or checks what was made. `said`: what its caller says that it does. */
export function isCheckCommand(command: string, said: string): boolean {
  return SAID.test(said.trim()) || commandsIn(command.slice(0, MOST_CHARS)).some(isCheck);
}

/** The words of each command of a line, without what is set before it: `CI=1 npm test && git push`. */
function commandsIn(line: string): string[][] {
  return line.split(/&&|\|\||[;|\n()]/).map((command) => {
    const words = command.trim().split(/\s+/);
    const first = words.findIndex((word) => !/^\w+=/.test(word) && !PREFIXES.has(word));
    return first < 0 ? [] : words.slice(first);
  });
}

const PREFIXES: ReadonlySet<string> = new Set(["time", "sudo", "env", "command", "exec", "timeout", "nice", "!"]);

function isCheck(words: readonly string[]): boolean {
  const [program = "", ...others] = words.map((word) => /[^/\\]*$/.exec(word)?.[0] ?? "");
  if (IS_CHECKER.has(program) || /^(?:test|check|lint)s?(?:\.\w+)?$/.test(program)) return program !== "test";
  if (!IS_RUNNER.has(program)) return false;
  // `uv run python -m pytest`: one runner may run another one.
  const [task = ""] = others.filter((word) => !BETWEEN.has(word) && !IS_RUNNER.has(word));
  return IS_CHECKER.has(task) || IS_TASK.has(task.split(/[:.]/)[0] as string);
}
