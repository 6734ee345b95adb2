import { expect, test } from "vitest";
import { isCheckCommand } from "../../src/load/check-command.js";

test.each([
  ...[
    "npm test",
    "npm run test:unit -- a",
    "npm run lint",
    "npx vitest run",
    "pnpm -s typecheck",
    "yarn test",
    "bun test",
  ],
  ...["cargo test -p a", "cargo clippy", "cargo nextest run", "go test ./...", "go vet", "make check", "just lint"],
  ...["pytest -q", "python -m pytest tests", "uv run mypy src", "poetry run pytest", "ruff check .", "tsc --noEmit"],
  ...["./gradlew test", "mvn -q verify", "dotnet test", "bundle exec rspec", "php vendor/bin/phpunit", "./test.sh"],
  ...[
    "cd app && npm test",
    "CI=1 npm test | tail -5",
    "time npx eslint .",
    "(npm test)",
    "./node_modules/.bin/vitest run",
  ],
  ...["node --version; npm run build"],
])("`%s` tests or checks", (command) => {
  expect(isCheckCommand(command, "")).toBe(true);
});

test.each([
  ...[
    "",
    "ls test",
    "cat tests/a.test.ts",
    "git commit -m 'test'",
    "npm install vitest",
    "npm start",
    "test -f a",
    "rm -r test",
  ],
  ...[
    "grep -rn test src",
    "echo npm test",
    "node server.js",
    "cargo add nextest",
    "python manage.py runserver",
    "pip install pytest",
  ],
])("`%s` does not", (command) => {
  expect(isCheckCommand(command, "")).toBe(false);
});

test("what a caller says of a command counts where the command does not tell", () => {
  expect(isCheckCommand("sleep 1; ./verify-all", "Run the tests")).toBe(true);
  expect(isCheckCommand("./x", "Run unit tests for the parser")).toBe(true);
  expect(isCheckCommand("./x", "Show the test files")).toBe(false);
});

test("a long command line is looked at to a limit, in no time", () => {
  expect(isCheckCommand(`${"a=1 ".repeat(1e6)}npm test`, "run ".repeat(1e6))).toBe(false);
});
