import { describe, expect, test } from "vitest";
import { checkIn } from "../../src/load/check-command.js";

describe("a command that tests or checks", () => {
  test.each([
    ...["npm test", "npm run test:unit -- a", "npm run lint", "npx vitest run", "pnpm -s typecheck", "yarn test"],
    ...["bun test", "cargo test -p a", "cargo clippy", "cargo nextest run", "cargo +nightly test", "go test ./..."],
    ...["go vet", "make check", "just lint", "pytest -q", "python -m pytest tests", "uv run mypy src", "ruff check ."],
    ...["poetry run pytest", "tsc --noEmit", "./gradlew test", "gradle :app:test", "mvn -q verify", "dotnet test"],
    ...["bundle exec rspec", "php vendor/bin/phpunit", "./test.sh", "./run-tests", "node --test", "node --test src/"],
    ...["cd app && npm test", "CI=1 npm test", "time npx eslint .", "(npm test)", "./node_modules/.bin/vitest run"],
    ...["timeout 60 npm test", "sudo -u x npm test", "npm --prefix web test", "env A=1 npm test", "npm test 2>&1"],
    ...[
      'bash -c "npm test"',
      "sh -lc 'cd app && npm test'",
      "node --version; npm run build",
      "npm test > out.txt 2>&1",
    ],
    ...["npm test && git commit -m done", "set -o pipefail; npm test | tail -5", "npm run lint && npm test"],
  ])("`%s`: what it ended with says how", (command) => {
    expect(checkIn(command, "")).toBe("told by its end");
  });

  test.each([
    ...["npm test | tail -5", "npm test 2>&1 | head", "npm test || true", "npm test; echo done", "npm test &"],
    ...["npm test || echo failed && ls", "npm test\nls", "npm test; git status"],
  ])("`%s`: something else was the last to end", (command) => {
    expect(checkIn(command, "")).toBe("not told");
  });
});

test.each([
  ...["", "ls test", "cat tests/a.test.ts", "git commit -m 'test'", "npm install vitest", "npm start", "test -f a"],
  ...["grep -rn test src", "echo npm test", "node server.js", "cargo add nextest", "python manage.py runserver"],
  ...["pip install pytest", 'grep -E "eslint|tsc|biome" package.json', "which jest", "jest --version", "rm -r test"],
  ...["cat > ci.sh <<EOF\nnpm test\nEOF", "echo 'run; npm test'", "npm help test --help", "tsc --version"],
])("`%s` is none", (command) => {
  expect(checkIn(command, "")).toBeNull();
});

describe("what a caller says of a command", () => {
  test.each([
    "Run the tests",
    "Run unit tests for the parser",
    "Running all tests",
    "Re-run the type-checker",
    "Run lint",
  ])("`%s` counts where the command does not tell", (said) => {
    expect(checkIn("./verify-all", said)).toBe("told by its end");
    expect(checkIn("sleep 1; echo '12 passed'", said)).toBe("not told");
  });

  test.each([
    "Check which test files exist",
    "Show the test files",
    "Run git log for tests",
    "Verify the test exists",
    "",
  ])("`%s` says nothing of a test", (said) => {
    expect(checkIn("ls", said)).toBeNull();
  });
});

test("a long command line is looked at to a limit, in no time", () => {
  expect(checkIn(`${"a=1 ".repeat(1e6)}npm test`, "run ".repeat(1e6))).toBeNull();
  expect(checkIn(`${"'".repeat(1e6)}npm test`, "")).toBeNull();
});
