import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { CollectionAssets } from "../render/collection-page.js";
import { COMPARISON_PAINTS } from "../render/comparison-paints.js";
import type { ComparisonAssets, PageAssets } from "../render/page-assets.js";
import { paletteCss } from "../render/palette-css.js";

/** The package's folder: the nearest one above this module with a package.json, whether built or not. */
function packageRoot(): string {
  let dir = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(dir, "package.json"))) dir = dirname(dir);
  return dir;
}

export function packageFile(...path: readonly string[]): string {
  return join(packageRoot(), ...path);
}

export function packageVersion(): string {
  return (JSON.parse(readFileSync(packageFile("package.json"), "utf8")) as { version: string }).version;
}

/** Reads what the page of a comparison is made of: it shares templates with the report's, and has a style sheet of its own. */
export function readComparisonAssets(): ComparisonAssets {
  const css = paletteCss(COMPARISON_PAINTS) + built("compare.css");
  const templates = { ...readTemplates("templates"), ...readTemplates("templates", "comparison") };
  return { templates, css, cssHash: sha256(css) };
}

/** The templates of a folder, by name. */
function readTemplates(...folder: readonly string[]): Record<string, string> {
  const files = readdirSync(packageFile(...folder)).filter((name) => name.endsWith(".eta"));
  const source = (name: string) => readFileSync(packageFile(...folder, name), "utf8");
  return Object.fromEntries(files.map((name) => [name.slice(0, -".eta".length), source(name)]));
}

/** Reads the templates, the built style sheet, which it heads with the palette's dark theme, and the built script. */
export function readPageAssets(): PageAssets {
  const css = paletteCss() + built("report.css");
  const js = built("report.js");
  const plainJs = built("report-plain.js");
  return {
    templates: readTemplates("templates"),
    ...{ css, cssHash: sha256(css) },
    ...{ js, jsHash: sha256(js), plainJs, plainJsHash: sha256(plainJs) },
  };
}

/** The same for a page of several sessions, which has a style sheet and a script of its own. */
export function readCollectionAssets(): CollectionAssets {
  const { templates } = readPageAssets();
  const css = paletteCss() + built("collection.css");
  const js = built("collection.js");
  return { templates, css, cssHash: sha256(css), js, jsHash: sha256(js) };
}

function built(name: string): string {
  return readFileSync(packageFile("dist", name), "utf8").trim();
}

function sha256(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}
