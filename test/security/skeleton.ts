import { JSDOM } from "jsdom";
import type { PageAssets } from "../../src/render/page-assets.js";

/** Every element of a page with its attributes: what is not in this list was put there by what a session holds. */
const ELEMENTS: Readonly<Record<string, string>> = {
  html: "lang",
  head: "",
  meta: "charset content http-equiv name",
  title: "",
  style: "",
  body: "",
  main: "",
  header: "",
  nav: "aria-label",
  section: "aria-label aria-labelledby id",
  article: "class id",
  div: "aria-label class role tabindex",
  h1: "",
  h2: "class id",
  h3: "",
  p: "class",
  hr: "",
  b: "",
  i: "",
  em: "",
  small: "",
  code: "",
  span: "class",
  a: "data-s href",
  ul: "class",
  li: "class",
  dl: "class",
  dt: "",
  dd: "",
  details: "class open",
  summary: "",
  figure: "class",
  figcaption: "",
  pre: "",
  table: "cellpadding class data-table",
  thead: "",
  tbody: "",
  tfoot: "",
  tr: "class id",
  th: "class data-unit",
  td: "class data-v",
  script: "data-count data-rows id type",
  svg: "aria-hidden aria-label class font-family font-size height role viewBox width x",
  pattern: "fill height id patternUnits stroke stroke-width width",
  g: "class fill id stroke stroke-width transform",
  rect: "class fill height id opacity rx stroke stroke-width width x y",
  path: "class d fill id stroke stroke-dasharray stroke-opacity stroke-width",
  text: "class fill font-family font-size font-weight stroke text-anchor x y",
};
const ATTRIBUTES = new Map(
  Object.entries(ELEMENTS).map(([name, attributes]) => [name, new Set(attributes.split(" "))]),
);

/** Only fixed words stand without quotes. */
const TAG = /<\/?([a-z][a-z0-9]*)((?: [A-Za-z-]+(?:="[^"<>]*"|=[a-z]+)?)*) ?\/?>/g;
const ATTRIBUTE = / ([A-Za-z-]+)(?:="([^"]*)"|=([a-z]+))?/g;
const DATA = /<script type="application\/octet-stream"(?: [a-z-]+="[a-z0-9-]+")+>[A-Za-z0-9+/=]*<\/script>/g;

/**
 * What is in the page that may not be there. The page's own script and style sheet and its data are taken out as they are; what
 * is left must be nothing but text and tags of the list. A browser can see no other tag where no other `<` is.
 */
export function foreignMarkup(html: string, { css, js, plainJs }: PageAssets): string[] {
  const own = ["<!doctype html>", `<style>${css}</style>`, `<script>${html.includes(js) ? js : plainJs}</script>`];
  const without = own.reduce((text, part) => text.split(part).join(""), html).replace(DATA, "");
  const foreign = own.filter((part) => html.split(part).length !== 2).map((part) => `not once: ${part.slice(0, 20)}`);
  const text = without.replace(TAG, (tag, name: string, attributes: string) => {
    const found = [...attributes.matchAll(ATTRIBUTE)].map(
      ([, key, quoted, bare]) => [`${key}`, `${quoted ?? bare}`] as const,
    );
    if (/^(script|style)$/.test(name) || !isKnown(name, found)) foreign.push(tag);
    return "";
  });
  return [...foreign, ...(/<.{0,30}/s.exec(text) ?? [])];
}

const { DOMParser } = new JSDOM("").window;

/** The same, as a parser of HTML sees it: much slower. */
export function foreignElements(html: string): string[] {
  const elements = [...new DOMParser().parseFromString(html, "text/html").querySelectorAll("*")];
  return elements
    .filter(
      ({ localName, attributes }) =>
        !isKnown(
          localName,
          [...attributes].map(({ name, value }) => [name, value]),
        ),
    )
    .map(({ outerHTML }) => outerHTML.slice(0, 80));
}

function isKnown(name: string, attributes: readonly (readonly [string, string])[]): boolean {
  if (name === "script" && attributes.some(([key, value]) => key === "type" && value !== "application/octet-stream"))
    return false;
  return (
    attributes.every(([key, value]) => ATTRIBUTES.get(name)?.has(key) && (key !== "href" || /^#[\w-]+$/.test(value))) &&
    ATTRIBUTES.has(name)
  );
}
