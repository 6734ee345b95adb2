import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { PageAssets } from "../render/page-assets.js";

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

/** Reads the templates, the built style sheet and the built script. */
export function readPageAssets(): PageAssets {
  const files = readdirSync(packageFile("templates")).filter((name) => name.endsWith(".eta"));
  const source = (name: string) => readFileSync(packageFile("templates", name), "utf8");
  const built = (name: string) => readFileSync(packageFile("dist", name), "utf8").trim();
  const css = built("report.css");
  const js = built("report.js");
  return {
    templates: Object.fromEntries(files.map((name) => [name.slice(0, -".eta".length), source(name)])),
    ...{ css, cssHash: sha256(css) },
    ...{ js, jsHash: sha256(js) },
  };
}

function sha256(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}
