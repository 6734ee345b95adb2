import fc from "fast-check";
import { expect, test } from "vitest";
import { analyze } from "../../src/analyze/index.js";
import { readPageAssets } from "../../src/cli/package-files.js";
import { escapeMarkup } from "../../src/render/escape.js";
import { renderHtml } from "../../src/render/index.js";
import { loadRoots, RECORDED } from "../support/fixtures.js";
import { redacted } from "../support/redacted.js";
import { sessionFromStory } from "../support/story-text.js";
import { PAYLOADS } from "./payloads.js";
import { plantedSession } from "./planted-session.js";
import { foreignElements, foreignMarkup } from "./skeleton.js";

const SEED = 20_261_120;
const RUNS = 2_000;
/** A parser of HTML looks at one page in so many. */
const PARSED = 20;

// What is not looked at is short, so that a run takes a few milliseconds.
const assets = { ...readPageAssets(), css: "/* style */", js: "/* script */", plainJs: "/* plain */" };

const SMALL = sessionFromStory(`
  turn 0..9000 asks:12
    step 0..2000 first:800 until:1500 prompt:9000 cached:8000 out:40 cost:0.01
      read src/a.ts 1600..1900 gives:300
    step 2000..5000 prompt:9400 cached:9000 out:30 error:APIError
      task 2600..4900 on:map_the_services
        subagent 2700..4800 asks:30
          step 2700..4800 prompt:5000 out:90
`);

const fragments = PAYLOADS.flatMap(({ text }) => [text, ...text.slice(0, 200).split(/(?<=[<>"'&/=;-])/)]);
const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 80 }),
  fc
    .array(fc.oneof(fc.constantFrom(...fragments), fc.string({ unit: "binary", maxLength: 6 })), { maxLength: 6 })
    .map((parts) => parts.join("")),
);
const pageOf = (texts: readonly string[]) =>
  renderHtml(analyze(redacted(plantedSession(SMALL, texts, 0), "paths"), "test"), assets);

test(`${RUNS} pages of any characters (seed ${SEED}): no element and no attribute but those of every page, no link that leads out`, () => {
  let run = 0;
  fc.assert(
    fc.property(fc.array(anyText, { minLength: 1, maxLength: 12 }), (texts) => {
      const html = pageOf(texts);
      expect(foreignMarkup(html, assets)).toEqual([]);
      if (run++ % PARSED === 0) expect(foreignElements(html)).toEqual([]);
    }),
    { seed: SEED, numRuns: RUNS },
  );
}, 240_000);

test.each(["$&", "$`", "$'", "$1", "$$"])("%s does nothing where a picture is put together", (text) => {
  const html = pageOf([text]);
  expect(foreignMarkup(html, assets)).toEqual([]);
  expect(html).toContain(`<title>${escapeMarkup(text)} `);
});

test("every recorded session's page is of those elements and attributes too", async () => {
  for (const { path } of RECORDED)
    for (const session of await loadRoots(path))
      expect(foreignMarkup(renderHtml(analyze(session, "test"), assets), assets)).toEqual([]);
});

test.each([
  '<b onclick="x">',
  "<img>",
  "<b title=x>",
  '<a href="https://x">',
  "<script>1</script>",
  "<script>/* script */</script>",
  '<script type="module"></script>',
  "<style></style>",
  "<",
  "<!-- x -->",
  "<?x>",
])("%s would be found", (markup) => {
  const html = pageOf(["a"]).replace("</h1>", `${markup}</h1>`);
  expect(foreignMarkup(html, assets)).not.toEqual([]);
});

test.each(["<img>", '<b onclick="x"></b>', '<a href="https://x"></a>', '<script type="module"></script>'])(
  "a parser finds %s too",
  (markup) => {
    expect(foreignElements(pageOf(["a"]).replace("</h1>", `${markup}</h1>`))).toHaveLength(1);
  },
);
