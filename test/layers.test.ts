import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const src = fileURLToPath(new URL("../src", import.meta.url));

/** What each part of src may import, besides itself. Imports run one way. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  model: [],
  report: ["model"],
  flame: ["report", "model", "d3"],
  load: ["report", "model"],
  redact: ["report", "model", "@secretlint/secretlint-rule-preset-recommend"],
  analyze: ["flame", "report", "model", "d3", "simple-statistics"],
  render: ["flame", "report", "model", "eta", "fflate/browser"],
  recorder: ["analyze", "model", "node:*"],
  cli: ["load", "redact", "analyze", "render", "report", "model", "commander", "jsonc-parser", "node:*"],
};
/** Where what comes from outside is checked. The page's script has none of it. */
const isSchema = (file: string) => /^report\/schema\b/.test(file);
const LOAD_PACKAGES = ["better-sqlite3", "valibot", "jsonc-parser", "yaml", "@pydantic/genai-prices", "node:*"];

function specifiers(path: string): string[] {
  const source = readFileSync(path, "utf8");
  return [...source.matchAll(/(?:from|import\()\s*"([^"]+)"/g)].map((match) => match[1] as string);
}

function imports(file: string): string[] {
  return specifiers(join(src, file)).map((specifier) => {
    if (specifier.startsWith("node:")) return "node:*";
    if (!specifier.startsWith(".")) return specifier;
    return relative(src, join(src, file, "..", specifier)).split("/")[0] as string;
  });
}

const files = readdirSync(src, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));

test.each(files)("src/%s imports only what its layer may", (file) => {
  const layer = file.split("/")[0] as string;
  const allowed = [
    layer,
    ...(MAY_IMPORT[layer] ?? []),
    ...(layer === "load" ? LOAD_PACKAGES : []),
    ...(isSchema(file) ? ["valibot"] : []),
  ];
  expect(imports(file).filter((target) => !allowed.includes(target))).toEqual([]);
});

const assets = fileURLToPath(new URL("../assets", import.meta.url));
const scripts = readdirSync(assets, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));

test.each(scripts)("assets/%s imports only what may stand in the page", (file) => {
  const targets = specifiers(join(assets, file)).map((specifier) => {
    const path = relative(join(assets, ".."), join(assets, file, "..", specifier));
    return specifier.startsWith(".")
      ? path
          .split("/")
          .slice(0, path.startsWith("src") ? 2 : 1)
          .join("/")
      : specifier;
  });
  const allowed = ["assets", "src/flame", "src/report", "src/model"];
  expect(targets.filter((target) => !allowed.includes(target))).toEqual([]);
});

test("what is pure has no clock, no environment and no randomness", () => {
  const pure = files.filter((file) => /^(model|report|flame|redact|analyze|render)\//.test(file));
  const impure = pure.filter((file) =>
    /Date\.now|new Date\(\)|Math\.random|process\.|performance\./.test(readFileSync(join(src, file), "utf8")),
  );
  expect(impure).toEqual([]);
});

test("analyze and render catch nothing", () => {
  const inner = files.filter((file) => /^(analyze|render|flame|report|redact)\//.test(file));
  expect(inner.filter((file) => /\btry\b\s*\{/.test(readFileSync(join(src, file), "utf8")))).toEqual([]);
});
