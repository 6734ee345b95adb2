// Bundles the command line, the page's style sheet and script, the writer of telemetry and the recorder into dist/. Only
// better-sqlite3, which is native, stays outside.
import { execFileSync } from "node:child_process";
import { chmodSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

process.chdir(new URL("..", import.meta.url).pathname);
rmSync("dist", { recursive: true, force: true });

const { metafile } = await build({
  entryPoints: { cli: "src/cli/main.ts" },
  outdir: "dist",
  bundle: true,
  splitting: true,
  platform: "node",
  mainFields: ["module", "main"], // jsonc-parser's other form requires its parts in a way that no bundler can follow
  target: "node20",
  format: "esm",
  external: ["better-sqlite3"],
  chunkNames: "chunks/[name]-[hash]",
  minifySyntax: true,
  minifyWhitespace: true,
  // commander is CommonJS and requires node: modules, which ES modules cannot do on their own.
  banner: { js: 'import { createRequire } from "node:module";\nconst require = createRequire(import.meta.url);' },
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
});
const sheets = ["assets/report.css", "assets/compare.css", "assets/collection.css"];
for (const source of [...sheets, "assets/report.ts", "assets/report-plain.ts", "assets/collection.ts"]) {
  await build({
    entryPoints: [source],
    outdir: "dist",
    bundle: true,
    minify: true,
    format: "iife",
    target: ["chrome120", "firefox120", "safari17"],
    legalComments: "none",
    logLevel: "warning",
  });
}
const define = { SESSIONFLAME_VERSION: JSON.stringify(JSON.parse(readFileSync("package.json", "utf8")).version) };
// Each is one file that needs no other, so that it can be copied to where an agent's code is.
await build({
  entryPoints: { telemetry: "src/recorder/telemetry.ts", recorder: "src/recorder/api.ts" },
  outdir: "dist",
  bundle: true,
  platform: "node",
  target: "node20",
  format: "esm",
  define,
  logLevel: "warning",
});
// OpenCode loads it as it is, and cannot install anything for it.
await build({
  entryPoints: { plugin: "src/recorder/plugin.ts" },
  outdir: "dist",
  bundle: true,
  platform: "node",
  target: "node20",
  format: "esm",
  define,
  logLevel: "warning",
});
writeTypes("src/recorder/telemetry.ts", "dist/types");
writeFileSync("dist/telemetry.d.ts", 'export * from "./types/recorder/telemetry.js";\n');
writeTypes("src/recorder/api.ts", "dist/types");
writeFileSync("dist/recorder.d.ts", 'export * from "./types/recorder/api.js";\n');
for (const script of ["dist/report.js", "dist/report-plain.js", "dist/collection.js"]) {
  // It stands inside a script element: either of these would end it, or hide its end.
  if (/<\/script|<!--/i.test(readFileSync(script, "utf8"))) throw new Error(`${script} closes its element`);
}
chmodSync("dist/cli.js", 0o755);
writeFileSync("dist/LICENSES.txt", licensesOf(metafile));

/** The declarations of a source file, and of those whose types it uses. */
function writeTypes(source, outDir) {
  const kind = ["--declaration", "--emitDeclarationOnly", "--module", "nodenext", "--target", "es2023", "--strict"];
  const place = ["--ignoreConfig", "--types", "node", "--rootDir", "src", "--outDir", outDir];
  execFileSync(process.execPath, ["node_modules/typescript/bin/tsc", source, ...kind, ...place], { stdio: "inherit" });
}

/** The licence texts of everything that is bundled. */
function licensesOf({ outputs }) {
  const inputs = Object.values(outputs).flatMap((output) => Object.entries(output.inputs));
  const used = inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([path]) => path);
  const packages = new Set(used.flatMap((path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []));
  return [...packages].sort().map(licenseOf).join("\n");
}

function licenseOf(name) {
  const folder = `node_modules/${name}`;
  const { version, license } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
  const text = ["LICENSE", "LICENSE.md", "LICENSE.txt", "LICENCE", "license"]
    .map((file) => readIfThere(`${folder}/${file}`))
    .find(Boolean);
  if (!text) throw new Error(`no licence text: ${name}`);
  return `${name} ${version} (${license})\n\n${text.trim()}\n\n${"-".repeat(80)}\n`;
}

function readIfThere(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}
