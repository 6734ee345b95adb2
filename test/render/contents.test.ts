import { describe, expect, test } from "vitest";
import { analyze } from "../../src/analyze/index.js";
import type { RedactLevel } from "../../src/model/redaction.js";
import { REDACT_LEVELS } from "../../src/redact/index.js";
import { contentsView } from "../../src/render/view/contents.js";
import { madeCredential } from "../support/credentials.js";
import { loadRoots, recordedPath } from "../support/fixtures.js";
import { redacted } from "../support/redacted.js";

async function contentsAt(level: RedactLevel, title?: string): Promise<Record<string, string>> {
  const [session] = await loadRoots(recordedPath("1.18.34 debug-auth"));
  const shown = title === undefined ? session : { ...session, title };
  const { rows } = contentsView(analyze(redacted(shown as never, level), "test"));
  return Object.fromEntries(rows.map(({ what, held }) => [what, held]));
}

describe("what is in the file", () => {
  test("by default is what was said, cut, and what things are called", async () => {
    expect(await contentsAt("paths")).toMatchObject({
      "Title and folder": "Debug Auth, ~/auth-app",
      "Prompts and answers": "the first 160 characters of each of 17 messages",
      "What tools were called on": "up to 200 characters of each of 13 calls",
      "File names": expect.stringContaining("home folders as ~"),
    });
  });

  test.each(["content", "strict"] as const)(
    "at %s is no title, no prompt, no argument and no output",
    async (level) => {
      const held = await contentsAt(level);
      expect(held["Title and folder"]).toMatch(/^no title; the folder is called ~\//);
      expect(held["Prompts and answers"]).toMatch(/^left out; of each of 17 messages how long it is/);
      expect(held["Arguments and outputs"]).toBe("left out");
    },
  );

  test("at strict pseudonyms are told as what they are", async () => {
    const held = await contentsAt("strict");
    for (const what of ["Commands", "File names"]) expect(held[what]).toMatch(/^a pseudonym for each/);
  });

  test.each(REDACT_LEVELS)("at %s are credentials that were replaced, by kind", async (level) => {
    const held = await contentsAt(level, `use ${madeCredential("GitHub token", 1).text}`);
    expect(held.Credentials).toBe("1 text that looks like one was replaced: GitHub token (1)");
    expect((await contentsAt(level)).Credentials).toContain("nothing that looks like one was found");
  });

  test("is said not to be known where an older report does not tell", async () => {
    const [session] = await loadRoots(recordedPath("1.18.34 debug-auth"));
    const { hint, rows } = contentsView(analyze(session as never, "test"));
    expect(hint).toContain("not known");
    expect(rows.find(({ what }) => what === "Credentials")?.held).toContain("not known");
  });
});
