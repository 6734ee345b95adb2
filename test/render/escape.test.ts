import fc from "fast-check";
import { expect, test } from "vitest";
import { escapeMarkup } from "../../src/render/escape.js";

test.each([
  [`</script><b a="1" c='2'>&`, "&lt;/script&gt;&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;"],
  ["a\u0000b\u001b[31m", "a\\u0000b\\u001b[31m"],
  ["\u202eabc", "\\u202eabc"],
  ["\u2028\u2029\ufeff", "\\u2028\\u2029\\ufeff"],
  ["\ud800 and 😀", "\\ud800 and 😀"],
  ["so\u00adft \u{e0041}\uffff", "so\\u00adft \\u{e0041}\\uffff"],
  ["\u{1f468}\u200d\u{1f469} \u0645\u200c", "\u{1f468}\u200d\u{1f469} \u0645\u200c"],
  ["tab\tline\nend", "tab\tline\nend"],
])("escapeMarkup(%j) is %j", (text, escaped) => {
  expect(escapeMarkup(text)).toBe(escaped);
});

test("no text can leave content or a quoted attribute", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(escapeMarkup(text)).not.toMatch(/[<>"']|&(?!(amp|lt|gt|quot|#39);)/);
    }),
  );
});
