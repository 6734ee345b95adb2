// Reports of other tools, each made from a small real input. The tools are installed once, into the system's temporary folder.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const FOLDER = join(tmpdir(), "sessionflame-bench-places");
const TOOLS = {
  rollup: "4.68.7",
  "rollup-plugin-visualizer": "6.0.11",
  sonda: "0.14.0",
  "webpack-bundle-analyzer": "5.4.0",
  "mochawesome-report-generator": "6.3.2",
};
/** What is looked at by the tools that look at bundles. */
const MODULE = resolve("node_modules/fflate/esm/browser.js");

/**
 * `{ name, path, word, hasPicture }`: `word` is to be read where the report opens, and there a picture is drawn or none is. Null
 * where the tools cannot be installed.
 */
export function otherReports() {
  mkdirSync(FOLDER, { recursive: true });
  if (!isInstalled()) return null;
  writeFileSync(join(FOLDER, "entry.mjs"), `export { gzipSync } from ${JSON.stringify(MODULE)};\n`);
  run(process.execPath, [made("bundle.mjs", BUNDLE)]);
  run(bin("webpack-bundle-analyzer"), [
    made("stats.json", stats()),
    "-m",
    "static",
    "-O",
    "-r",
    "webpack-bundle-analyzer.html",
  ]);
  run(bin("marge"), [made("mochawesome.json", testRun()), "-f", "mochawesome", "-o", ".", "--inline"]);
  return [
    { name: "rollup-plugin-visualizer", word: "browser.js", hasPicture: true },
    { name: "sonda", word: "Build summary", hasPicture: false },
    { name: "webpack-bundle-analyzer", word: "Treemap sizes", hasPicture: true },
    { name: "mochawesome", word: "adds two numbers", hasPicture: false },
  ].map((report) => ({ ...report, path: join(FOLDER, `${report.name}.html`) }));
}

function isInstalled() {
  const wanted = JSON.stringify({ private: true, type: "module", dependencies: TOOLS });
  const path = join(FOLDER, "package.json");
  const isThere = existsSync(join(FOLDER, "node_modules")) && existsSync(path) && readFileSync(path, "utf8") === wanted;
  if (isThere) return true;
  writeFileSync(path, wanted);
  try {
    run("npm", ["install", "--no-audit", "--no-fund", "--loglevel=error"]);
    return true;
  } catch {
    return false;
  }
}

const BUNDLE = `
import { rollup } from "rollup";
import { visualizer } from "rollup-plugin-visualizer";
import Sonda from "sonda/rollup";
const sonda = Sonda({ format: "html", open: false, outputDir: ".", filename: "sonda" });
const plugins = [visualizer({ filename: "rollup-plugin-visualizer.html" }), sonda];
const bundle = await rollup({ input: "entry.mjs", plugins });
await bundle.write({ file: "bundle/out.mjs", sourcemap: true });
await bundle.close();
`;

/** What webpack would say of the same bundle. */
function stats() {
  const { size } = statSync(MODULE);
  const module = {
    id: 1,
    identifier: MODULE,
    name: "./fflate/esm/browser.js",
    size,
    chunks: [0],
    chunkNames: ["main"],
  };
  const asset = { name: "main.js", size, chunks: [0], chunkNames: ["main"], emitted: true };
  return JSON.stringify({
    assets: [asset],
    chunks: [{ id: 0, names: ["main"], files: ["main.js"] }],
    modules: [module],
  });
}

const uuid = (last) => `00000000-0000-4000-8000-00000000000${last}`;

/** One suite of one test, as mochawesome writes it. */
function testRun() {
  const common = {
    uuid: uuid(1),
    title: "adds two numbers",
    fullTitle: "sums adds two numbers",
    duration: 1,
    code: "expect(1 + 1).to.equal(2)",
  };
  const test = {
    ...common,
    timedOut: false,
    state: "passed",
    speed: "fast",
    pass: true,
    fail: false,
    pending: false,
    err: {},
    parentUUID: uuid(2),
    isHook: false,
    skipped: false,
  };
  const empty = {
    beforeHooks: [],
    afterHooks: [],
    failures: [],
    pending: [],
    skipped: [],
    fullFile: "",
    file: "",
    _timeout: 2000,
  };
  const suite = {
    ...empty,
    uuid: uuid(2),
    title: "sums",
    tests: [test],
    suites: [],
    passes: [uuid(1)],
    duration: 1,
    root: false,
    rootEmpty: false,
  };
  const root = {
    ...empty,
    uuid: uuid(3),
    title: "",
    tests: [],
    suites: [suite],
    passes: [],
    duration: 0,
    root: true,
    rootEmpty: true,
  };
  const counts = {
    suites: 1,
    tests: 1,
    passes: 1,
    pending: 0,
    failures: 0,
    testsRegistered: 1,
    passPercent: 100,
    pendingPercent: 0,
  };
  const at = "2026-01-01T00:00:00.000Z";
  const rest = { start: at, end: at, duration: 1, other: 0, hasOther: false, skipped: 0, hasSkipped: false };
  return JSON.stringify({ stats: { ...counts, ...rest }, results: [root] });
}

function made(name, text) {
  writeFileSync(join(FOLDER, name), text);
  return join(FOLDER, name);
}

function bin(name) {
  return join(FOLDER, "node_modules", ".bin", name);
}

function run(command, args) {
  execFileSync(command, args, { cwd: FOLDER, stdio: "pipe" });
}
