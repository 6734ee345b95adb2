import fc from "fast-check";
import { expect, test } from "vitest";
import { commandOutline } from "../../src/redact/command-outline.js";

test.each([
  ['git commit -m "mend the login"', "git commit -m …"],
  ["npm run build:all && npx vitest run test/a.test.ts", "npm run … && npx vitest … test/a.test.ts"],
  ["cat src/auth/session.ts | head -n 20", "cat src/auth/session.ts | head -n 20"],
  ["echo hello; printf words", "echo …; printf …"],
  ["FOO=bar BAR='a b' node script.js --name=Jane", "FOO=… BAR=… node script.js --name=…"],
  ["curl https://example.org/a?b=c", "curl …"],
  ["cat > a.ts <<EOF const a = 1 EOF", "cat … a.ts …"],
  ['python -c "print(1)" unfinished "quo', "python -c …"],
  ["sed -n '1,80p' ~/app/a.ts", "sed -n … ~/app/a.ts"],
  ["ls", "ls"],
  ["", ""],
])("%j becomes %j", (command, outline) => {
  expect(commandOutline(command)).toBe(outline);
});

test("an outline's outline is itself", () => {
  const words = fc.constantFrom(
    "git",
    "commit",
    "-m",
    '"a b"',
    "&&",
    "src/a.ts",
    "echo",
    "x",
    "|",
    "--a=b",
    "A=b",
    ";",
  );
  fc.assert(
    fc.property(fc.array(words), (command) => {
      const outline = commandOutline(command.join(" "));
      expect(commandOutline(outline)).toBe(outline);
    }),
  );
});
