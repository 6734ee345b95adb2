import { expect, test } from "vitest";
import { analyze } from "../../src/analyze/index.js";
import { redact } from "../../src/redact/index.js";
import { homeOf, homeShortener } from "../../src/redact/shorten-homes.js";
import { loadRoots, RECORDED } from "../support/fixtures.js";

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
