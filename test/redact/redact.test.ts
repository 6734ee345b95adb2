import { describe, expect, test } from "vitest";
import { analyze } from "../../src/analyze/index.js";
import { textFacts } from "../../src/load/text-facts.js";
import { shapeOf } from "../../src/load/text-shape.js";
import type { ContentPart } from "../../src/model/session.js";
import { redact } from "../../src/redact/index.js";
import { homeOf, homeShortener } from "../../src/redact/shorten-homes.js";
import { loadRoots, RECORDED } from "../support/fixtures.js";
import { sessionFromText } from "../support/session-text.js";

test.each([
  ["/home/dev/app/a.ts", "~/app/a.ts"],
  ["cat /Users/ann/x && ls '/home/b b'", "cat ~/x && ls '~ b'"],
  ["C:\\Users\\ann\\x and C:/Users/ann/y", "~\\x and ~/y"],
  ["/root/x /rooted /root", "~/x /rooted ~"],
  ["https://example.org/home/repo", "https://example.org/home/repo"],
  ["file:///home/dev/a", "file://~/a"],
  ["no path", "no path"],
])("%j is shortened to %j", (text, short) => {
  expect(homeShortener([null])(text)).toBe(short);
});

test.each([
  ["/Users/Jane Doe/app", "/Users/Jane Doe"],
  ["C:\\Users\\John Smith\\p", "C:\\Users\\John Smith"],
  ["/root/app", "/root"],
  ["/srv/app", null],
])("the home of %j is %j, and is found in any text", (directory, home) => {
  expect(homeOf(directory)).toBe(home);
  expect(homeShortener([home])(`cat "${directory}/a.ts"`)).toBe(
    home ? `cat "~${directory.slice(home.length)}/a.ts"` : `cat "${directory}/a.ts"`,
  );
});

test("only the home itself is shortened, not what begins or ends like it", () => {
  expect(homeShortener(["/root"])("/data/root/x /rootfs/etc /root/a")).toBe("/data/root/x /rootfs/etc ~/a");
  expect(homeShortener(["/srv/al"])("/srv/alice/x /srv/al/x /srv/al")).toBe("/srv/alice/x ~/x ~");
});

test.each(RECORDED)("$name: no user's folder is left in the report, and no figure has changed", async ({ path }) => {
  for (const session of await loadRoots(path)) {
    const redacted = analyze(redact(session, "paths"), "test");
    expect(JSON.stringify(redacted)).not.toContain("/home/dev");
    const whole = analyze(redact(session, "none"), "test");
    expect(redacted.summary).toEqual(whole.summary);
    expect(redacted.time.ledger).toEqual(whole.time.ledger);
    expect(redacted.tokens.byModel).toEqual(whole.tokens.byModel);
  }
});

test("none leaves the session as it is", async () => {
  const [session] = await loadRoots(RECORDED[0]?.path ?? "");
  expect(redact(session as NonNullable<typeof session>, "none")).toBe(session);
});

describe("files outside the session's folder", () => {
  /** A session that read `path` by a call, had `path` attached, and got an image of it. */
  function reportWith(directory: string, path: string): string {
    const session = sessionFromText("session 0..20\n  turn 0..20\n    model 0..5 first 1\n    model 10..20 first 11");
    const { shape, digest } = textFacts("const a = 1", shapeOf);
    const call = { tool: "read", callId: "call_1", shape };
    const content: ContentPart[] = [
      { kind: "file", path, shape, digest },
      { kind: "media", path: `${path}.png` },
      { kind: "tool-call", ...call, status: "ok", access: "read", paths: [`${path}.md`] },
      {
        ...{ kind: "tool-result", ...call, digest, path: `${path}.md`, isExtra: false, skill: null, prunedAt: null },
      },
    ];
    const messages = session.messages.map((message, i) => (i === 0 ? { ...message, content } : message));
    return JSON.stringify(analyze(redact({ ...session, directory, messages }, "paths"), "test").tokens);
  }

  test.each([
    ["/home/dev/app", "/home/dev/notes/a.ts"],
    ["/Users/Jane Doe/app", "/Users/Jane Doe/notes/a.ts"],
    ["/srv/app", "/Users/Jane Doe/notes/a.ts"],
    ["/Users/Jane/app", "/Users/Jane Doe/notes/a.ts"],
    ["/srv/app", "C:\\Users\\Jane Doe\\notes\\a.ts"],
  ])("in %j, %j is shortened in every table", (directory, path) => {
    const tokens = reportWith(directory, path);
    for (const name of ["a.ts", "a.ts.png", "a.ts.md"])
      expect(tokens).toMatch(new RegExp(`"~[/\\\\]+notes[/\\\\]+${name}"`));
    expect(tokens).not.toMatch(/Jane|Doe|dev\b|Users|home/);
  });

  test("in the folder they keep their relative names", () => {
    expect(reportWith("/home/dev/app", "src/a.ts")).toContain('"src/a.ts"');
  });
});
