import { expect, test } from "vitest";
import { analyze } from "../../src/analyze/index.js";
import { redact } from "../../src/redact/index.js";
import { shortenHomes } from "../../src/redact/shorten-homes.js";
import { loadRoots, RECORDED } from "../support/fixtures.js";

test.each([
  ["/home/dev/app/a.ts", "~/app/a.ts"],
  ["cat /Users/ann/x && ls '/home/b b'", "cat ~/x && ls '~ b'"],
  ["C:\\Users\\ann\\x and C:/Users/ann/y", "~\\x and ~/y"],
  ["/root/x /rooted /root", "~/x /rooted ~"],
  ["https://example.org/home", "https://example.org/home"],
  ["no path", "no path"],
])("shortenHomes(%j) is %j", (text, short) => {
  expect(shortenHomes(text)).toBe(short);
});

test.each(RECORDED)("$name: no user's folder is left in the report, and no figure has changed", async ({ db }) => {
  for (const session of await loadRoots(db)) {
    const redacted = analyze(redact(session, "paths"), "test");
    expect(JSON.stringify(redacted)).not.toContain("/home/dev");
    const whole = analyze(redact(session, "none"), "test");
    expect(redacted.summary).toEqual(whole.summary);
    expect(redacted.time.ledger).toEqual(whole.time.ledger);
    expect(redacted.tokens.byModel).toEqual(whole.tokens.byModel);
  }
});

test("none leaves the session as it is", async () => {
  const [session] = await loadRoots(RECORDED[0]?.db ?? "");
  expect(redact(session as NonNullable<typeof session>, "none")).toBe(session);
});
