import { expect, test } from "vitest";
import { programName } from "../../src/report/program-name.js";

test.each([
  ["npm test", "npm test"],
  ["npm test -- --watch=false", "npm test"],
  ["npm run build:web && npm test", "npm run build:web"],
  ["npx vitest run test/flame", "npx vitest"],
  ["git -C web status", "git"],
  ["git status; git diff", "git status"],
  ["docker compose up -d", "docker compose up"],
  ["ls -la src | head -5", "ls"],
  ["sleep 1.5; echo '12 passed'", "sleep"],
  ["cat src/a.ts", "cat"],
])("%s is %s", (command, name) => {
  expect(programName(command)).toBe(name);
});

test.each([
  ["cd web && npm test", "npm test"],
  ['cd "my web" ; CI=1 NODE_ENV="a b" npm test', "npm test"],
  ["sudo timeout -k 5 60s cargo test", "cargo test"],
  ["time env A=1 go test ./...", "go test"],
])("where and how it runs is not what ran: %s is %s", (command, name) => {
  expect(programName(command)).toBe(name);
});

test.each([[""], ["(cd web)"], ["> out.txt"], ["FOO=bar"]])("what cannot be told stays as it is: %s", (command) => {
  expect(programName(command)).toBe(command);
});

test("a hostile line costs no time", () => {
  for (const part of ["cd a && ", "A=", "timeout -a ", 'cd "', "env "])
    expect(programName(part.repeat(20_000))).toBeTypeOf("string");
});
