import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { PageAssets } from "../render/page-assets.js";
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

/** Reads the templates, the built style sheet, which it heads with the palette's dark theme, and the built script. */
export function readPageAssets(): PageAssets {
  const files = readdirSync(packageFile("templates")).filter((name) => name.endsWith(".eta"));
  const source = (name: string) => readFileSync(packageFile("templates", name), "utf8");
  const built = (name: string) => readFileSync(packageFile("dist", name), "utf8").trim();
  const css = paletteCss() + built("report.css");
  const js = built("report.js");
  const plainJs = built("report-plain.js");
  return {
    templates: Object.fromEntries(files.map((name) => [name.slice(0, -".eta".length), source(name)])),
    ...{ css, cssHash: sha256(css) },
    ...{ js, jsHash: sha256(js), plainJs, plainJsHash: sha256(plainJs) },
  };
}

function sha256(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}
