import { createHash } from "node:crypto";
import { JSDOM } from "jsdom";
import { describe, expect, test } from "vitest";
import { analyze } from "../../src/analyze/index.js";
import { readPageAssets } from "../../src/cli/package-files.js";
import { renderHtml } from "../../src/render/index.js";
import { loadRoots, RECORDED } from "../support/fixtures.js";
import { redacted } from "../support/redacted.js";

const assets = readPageAssets();

describe.each(RECORDED)("$name", ({ path }) => {
  test("the policy names the one script and the one style sheet that are in the page, and nothing in it leads out", async () => {
    for (const session of await loadRoots(path)) {
      const { document } = new JSDOM(renderHtml(analyze(redacted(session, "paths"), "test"), assets)).window;
      const policies = [...document.querySelectorAll("meta[http-equiv]")].map((meta) => meta.outerHTML);
      const [script, style] = [hashOfOne(document, "script:not([type])"), hashOfOne(document, "style")];
      expect(policies).toEqual([
        `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src '${script}'; style-src '${style}'; base-uri 'none'; form-action 'none'">`,
      ]);
      expect(document.head.querySelector("meta[charset] + meta[http-equiv]")).not.toBeNull();
      expect([...document.querySelectorAll("*")].flatMap(leadingOut)).toEqual([]);
    }
  });
});

test("what leads out is found", () => {
  const { document } = new JSDOM(
    '<b style="x"></b><b onclick="x"></b><a href="//x"></a><img src="x"><svg><use xlink:href="#x"/></svg><form action="x"></form><script src="x"></script><script type="module"></script>',
  ).window;
  expect([...document.querySelectorAll("*")].flatMap(leadingOut)).toEqual([
    ...["B style", "B onclick", "A href", "IMG src", "use xlink:href", "FORM action", "SCRIPT src", "SCRIPT module"],
  ]);
});

/** The hash of what is in the only element of its kind. */
function hashOfOne(document: Document, selector: string): string {
  const found = [...document.querySelectorAll(selector)].map(({ textContent }) => textContent ?? "");
  expect(found).toHaveLength(1);
  return `sha256-${createHash("sha256").update(`${found[0]}`).digest("base64")}`;
}

const ADDRESSES = /^(href|src|srcset|xlink:href|action|formaction|data|poster|background|ping|cite|manifest|srcdoc)$/;

/** Attributes that run, style or lead anywhere but to a place in the page; scripts that run and are not the page's. */
function leadingOut(element: Element): string[] {
  const attributes = [...element.attributes].filter(({ name, value }) => {
    const staysHere = name === "href" && value.startsWith("#");
    return name === "style" || name.startsWith("on") || (ADDRESSES.test(name) && !staysHere);
  });
  const type = element.tagName === "SCRIPT" ? (element.getAttribute("type") ?? "") : "";
  const isData = type === "" || type === "application/octet-stream";
  return [...attributes.map(({ name }) => name), ...(isData ? [] : [type])].map((name) => `${element.tagName} ${name}`);
}
