import fc from "fast-check";
import { expect, test } from "vitest";
import { checkGithub } from "../../../src/render/check/github.js";
import { displayTitle, visibleLine } from "../../../src/report/visible.js";
import { checkOf } from "../../support/check-text.js";
import { hostileTexts } from "../../support/hostile-report.js";

const linesOf = (...args: Parameters<typeof checkOf>) =>
  checkGithub(checkOf(...args))
    .trimEnd()
    .split("\n");

test("each budget that did not pass is an error, and one line sums up", () => {
  expect(linesOf([{}, { label: "Tokens", status: "unknown", actual: null }, { status: "passed" }])).toEqual([
    "::error title=Sessionflame%3A Cost::Cost: $2.00, at most $1.00",
    "::error title=Sessionflame%3A Tokens::Tokens: not known, at most $1.00",
    "::notice title=Sessionflame::1 of 3 budgets failed, 1 unknown, 1 passed: Mend it",
  ]);
});

test("what is unknown is a warning where that is allowed", () => {
  expect(linesOf([{ status: "unknown", actual: null }], { allowsUnknown: true })[0]).toMatch(/^::warning /);
  const unknown = { status: "unknown", actual: null } as const;
  const [first, second] = linesOf([unknown, { ...unknown, allowsUnknown: true }]);
  expect([first, second]).toEqual([expect.stringMatching(/^::error /), expect.stringMatching(/^::warning /)]);
});

test("percent signs are escaped in messages, and colons and commas in titles too", () => {
  const [line] = linesOf([{ label: "p95 of a,b:c", unit: "share", actual: 0.5, limit: 0.1 }]);
  expect(line?.replaceAll("\u00a0", " ")).toBe(
    "::error title=Sessionflame%3A p95 of a%2Cb%3Ac::p95 of a,b:c: 50 %25, at most 10 %25",
  );
});

const decoded = (text: string) =>
  text.replace(/%(25|0D|0A|3A|2C)/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));

test("whatever a session holds neither ends its command nor begins another", () => {
  const texts = fc.oneof(hostileTexts, fc.constantFrom("a\n::add-mask::b", "a\r::error::b", "a%0A::error::b", "::x::"));
  fc.assert(
    fc.property(texts, texts, (text, title) => {
      const lines = linesOf([{ label: `p95 of ${text}`, remark: text }], { title });
      expect(lines).toHaveLength(2);
      const [, error = "", message = ""] = /^::error title=([^:,]*)::(.*)$/.exec(lines[0] as string) ?? [];
      expect(decoded(error)).toBe(visibleLine(`Sessionflame: p95 of ${text}`));
      expect(decoded(message).endsWith(`(${visibleLine(text)})`)).toBe(true);
      expect(lines[1]).toMatch(/^::notice title=Sessionflame::1 of 1 budget failed: /);
      expect(decoded(lines[1] as string).endsWith(displayTitle(title))).toBe(true);
    }),
  );
});
