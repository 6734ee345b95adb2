import fc from "fast-check";
import { expect, test } from "vitest";
import { commandOutline } from "../../src/redact/command-outline.js";
import { isPublicProgram, isPublicSubcommand } from "../../src/redact/public-programs.js";

const isWord = (word: string) => isPublicProgram(word) || isPublicSubcommand(word);
const FILES = new Set(["test/a.test.ts", "src/auth/session.ts", "a.ts", "~/app/a.ts", "src/a.ts"]);
const isFile = (word: string) => FILES.has(word);

test.each([
  ['git commit -m "mend the login"', "git commit -m …"],
  ["npm run build:all && npx vitest run test/a.test.ts", "npm run … && npx … test/a.test.ts"],
  ["cat src/auth/session.ts | head -n 20", "cat src/auth/session.ts | head -n 20"],
  ["echo hello; printf words", "echo …; printf …"],
  ["FOO=bar BAR='a b' node script.js --name=Jane", "… node … --name=…"],
  ["curl https://example.org/a?b=c", "curl …"],
  ["cat > a.ts <<EOF const a = 1 EOF", "cat … a.ts …"],
  ['python -c "print(1)" unfinished "quo', "python -c …"],
  ["sed -n '1,80p' ~/app/a.ts", "sed -n … ~/app/a.ts"],
  ["ls", "ls"],
  ["# don't forget this\ngit commit -m 'mend the login; for Jane more'", "…; …"],
  ["# please note; other words\nls", "…; …"],
  ["awk -F'\\' '{print}' a; echo 'one; two'", "awk …; …"],
  ["cat <<\\EOF > a.txt\nwords; more\nEOF", "cat …"],
  ["mysql -u root -pS3cretPass99 shop", "mysql -u …"],
  ["rg PATTERN src/ && ssh prodhost", "rg … && ssh …"],
  ["curl host.example/v1/secret && sed -i s/old/new/g a.ts", "curl … && sed -i … a.ts"],
  ["git checkout -b feature/merger", "git checkout -b …"],
  ["our-own-tool deploy now", "… deploy …"],
  ["program-1 command-3", "program-1 command-3"],
  ["", ""],
])("%j becomes %j", (command, outline) => {
  expect(commandOutline(command, isFile)).toBe(outline);
});

test("nothing is in an outline but what is known, whatever the line", () => {
  const pieces = fc.oneof(
    fc.string(),
    fc.constantFrom("git", "-m", "'", '"', "&&", ";", "|", "<<EOF", "#", "\n", "\\", "src/a.ts"),
  );
  const known = /^(?:…|&&?|\|\|?|-[A-Za-z]{1,2}(?:=…)?|--[a-z-]+(?:=…)?|\d{1,4}(?:\.\d{1,3})?|src\/a\.ts)?;*$/;
  fc.assert(
    fc.property(fc.array(pieces), (words) => {
      const shown = commandOutline(`${words.join(" ")} zzword`, isFile).split(" ");
      expect(shown.filter((word) => !known.test(word) && !isWord(word.replace(/;+$/, "")))).toEqual([]);
      expect(shown).not.toContain("zzword");
    }),
  );
});
