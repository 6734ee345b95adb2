import { describe, expect, test } from "vitest";
import { analyze } from "../../src/analyze/index.js";
import { callExcerpts } from "../../src/load/call-excerpts.js";
import { textFacts } from "../../src/load/text-facts.js";
import { shapeOf } from "../../src/load/text-shape.js";
import type { ContentPart } from "../../src/model/session.js";
import { homeIn, homeOf, homeShortener } from "../../src/redact/shorten-homes.js";
import { loadRoots, RECORDED } from "../support/fixtures.js";
import { redacted } from "../support/redacted.js";
import { sessionFromText } from "../support/session-text.js";

test.each([
  ["/home/dev/app/a.ts", "~/app/a.ts"],
  ["cat /Users/ann/x && ls '/home/b b'", "cat ~/x && ls '~ b'"],
  ["C:\\Users\\ann\\x and C:/Users/ann/y", "~\\x and ~/y"],
  ["/root/x /rooted /root", "~/x /rooted ~"],
  ["https://example.org/home/repo", "https://example.org/home/repo"],
  ["file:///home/dev/a", "file://~/a"],
  ['{"text":"a\\n/home/dev/a\\u001b/home/dev/b"}', '{"text":"a\\n~/a\\u001b~/b"}'],
  ["\u001b[1;36m/home/dev/a.ts\u001b[39m:1", "~/a.ts:1"],
  ["a: /\u001b[1;31mhome\u001b[0m/dev/a \u001b[1mb\u001b[3…", "a: ~/a b…"],
  ["a\u001b[0m/home/dev/b", "a~/b"],
  [String.raw`["\u001b[36m/home/dev/a"]`, String.raw`["\u001b[36m~/a"]`],
  ["cat /home/de…", "cat ~"],
  ["no path", "no path"],
])("%j is shortened to %j", (text, short) => {
  expect(homeShortener([null])(text)).toBe(short);
});

test.each([
  ["/Users/Jane Doe/app", "/Users/Jane Doe"],
  ["/mnt/c/Users/Jane Doe/app", "/mnt/c/Users/Jane Doe"],
  ["/c/users/Jane Doe/app", "/c/users/Jane Doe"],
  ["C:\\Users\\John Smith\\p", "C:\\Users\\John Smith"],
  ["/root/app", "/root"],
  ["/srv/app", null],
])("the home of %j is %j, and is found in any text", (directory, home) => {
  expect(homeOf(directory)).toBe(home);
  expect(homeShortener([home])(`cat "${directory}/a.ts"`)).toBe(
    home ? `cat "~${directory.slice(home.length)}/a.ts"` : `cat "${directory}/a.ts"`,
  );
});

test.each([
  ["/home/jane/app", "/home/jane"],
  ["/mnt/c/Users/Jane/app", "/mnt/c/Users/Jane"],
  ["C:\\Users\\John Smith", "C:\\Users\\John Smith"],
  ["/srv/app", null],
  ["~/app", "~"],
])("in %j what is shown as ~ is %j", (directory, home) => {
  expect(homeIn(directory)).toBe(home);
});

test.each(["/Users/Jane Doe", "C:\\Users\\Jane Doe"])("of %j nothing is left where a text was cut in it", (home) => {
  const shortened = homeShortener([home, home.slice(0, -" Doe".length)]);
  const lengths = Array.from({ length: " Doe".length }, (_, i) => home.length - i);
  for (const text of lengths.map((length) => home.slice(0, length)))
    expect([`cat ${text}…`, `cat ${text} … 2,345 characters in all`].map(shortened).join()).not.toMatch(/Jane|Do?\b/);
  expect(shortened("cat /Users/Jane Do")).toBe("cat ~ Do");
});

test("a Windows home is known in JSON and with either separator", () => {
  const shortened = homeShortener(["C:\\Users\\Jane Doe"]);
  expect(shortened(JSON.stringify(["C:\\Users\\Jane Doe\\a.ts"]))).toBe('["~\\\\a.ts"]');
  expect(shortened("C:/Users/Jane Doe/a.ts")).toBe("~/a.ts");
});

test("only the home itself is shortened, not what begins or ends like it", () => {
  expect(homeShortener(["/root"])("/data/root/x /rootfs/etc /root/a")).toBe("/data/root/x /rootfs/etc ~/a");
  expect(homeShortener(["/srv/al"])("/srv/alice/x /srv/al/x /srv/al")).toBe("/srv/alice/x ~/x ~");
});

test.each(RECORDED)("$name: no user's folder is left in the report, and no figure has changed", async ({ path }) => {
  for (const session of await loadRoots(path)) {
    const report = analyze(redacted(session, "paths"), "test");
    expect(JSON.stringify(report)).not.toContain("/home/dev");
    const whole = analyze(redacted(session, "none"), "test");
    expect(report.summary).toEqual(whole.summary);
    expect(report.time.ledger).toEqual(whole.time.ledger);
    expect(report.tokens.byModel).toEqual(whole.tokens.byModel);
  }
});

test("arguments and outputs of calls are shortened", () => {
  const drawn = sessionFromText("session 0..9\n  turn 0..9\n    bash 0..9");
  const input = {
    command: "cat /home/dev/a",
    edits: [{ old: "x\n/home/dev/b" }],
    long: `${"x ".repeat(56)}/home/dev/${"c".repeat(99)}`,
  };
  const excerpts = callExcerpts(input, ["/home/dev/d\n\u001b[31m/home/dev/e\u001b[0m", `${"y ".repeat(76)}/home/dev`]);
  const spans = drawn.spans.map((span) => (span.kind === "tool" ? { ...span, excerpts } : span));
  const { input: shownInput, output } = analyze(redacted({ ...drawn, spans }, "paths"), "test").spans[2] ?? {};
  expect(shownInput?.split("\n")).toEqual([
    "command: cat ~/a",
    'edits: [{"old":"x\\n~/b"}]',
    `long: ${"x ".repeat(56)}~ … 221 characters in all`,
  ]);
  expect(output?.split("\n")).toEqual(["~/d", "~/e", `${"y ".repeat(76)}~`]);
});

test("none leaves the session as it is", async () => {
  const [session] = await loadRoots(RECORDED[0]?.path ?? "");
  expect(redacted(session as NonNullable<typeof session>, "none")).toEqual({
    ...session,
    redaction: { level: "none", credentials: [] },
  });
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
    return JSON.stringify(analyze(redacted({ ...session, directory, messages }, "paths"), "test").tokens);
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
