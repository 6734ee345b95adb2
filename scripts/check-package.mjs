// Packs the package, installs it in an empty folder and runs it there, as a user would.
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "sessionflame-package-"));
const run = (command, args, options = {}) => execFileSync(command, args, { cwd: folder, encoding: "utf8", ...options });

try {
  const [{ filename, size, files }] = JSON.parse(
    run("npm", ["pack", "--json", "--pack-destination", folder], { cwd: root }),
  );
  console.log(`packed ${filename}: ${files.length} files, ${size} bytes`);
  writeFileSync(
    join(folder, "package.json"),
    JSON.stringify({ private: true, allowScripts: { "better-sqlite3": true } }),
  );
  run("npm", ["install", "--no-audit", "--no-fund", join(folder, filename)], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  copyFileSync(
    join(root, "test", "fixtures", "opencode", "1.2.1", "debug-auth", "opencode.db"),
    join(folder, "own.db"),
  );
  const program = join(folder, "node_modules", ".bin", "sessionflame");
  for (const args of [["demo"], ["report", "--db", "own.db"]]) {
    const path = run(program, args).trim();
    if (!existsSync(path)) throw new Error(`sessionflame ${args.join(" ")} wrote nothing`);
    console.log(`sessionflame ${args.join(" ")}: ${path}`);
  }
  checkWriter();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** That an agent's code can import the writer, by JavaScript and by TypeScript, and that its types mean something. */
function checkWriter() {
  const use = 'import { record } from "sessionflame/telemetry";\n';
  const write = `${use}if (!record("skill", { name: "x" }, { folder: "told" })) process.exit(1);`;
  writeFileSync(join(folder, "write.mjs"), write);
  run(process.execPath, ["write.mjs"]);
  if (!existsSync(join(folder, "told", "telemetry.jsonl"))) throw new Error("record wrote nothing");
  const wrong = 'record("edit", { name: "x" });\n// @ts-expect-error\nrecord("mood", { name: "x" });';
  const typed = 'record("rlm", { chunkCount: 2, chunkMs: 40, sessionID: "s" }) satisfies boolean;';
  const collect =
    'import { PerformanceCollector, type PerformanceData, SessionPerformance } from "sessionflame/recorder";\n';
  const data =
    'new PerformanceCollector().getPerformanceData() satisfies PerformanceData; SessionPerformance.getReport("ses_1")?.averageLatency.toFixed();';
  writeFileSync(join(folder, "use.mts"), `${collect}${use}${typed}\n${data}\n// @ts-expect-error\n${wrong}\n`);
  writeFileSync(
    join(folder, "collect.mjs"),
    `${collect.replace(", type PerformanceData", "")}${data.split(" satisfies")[0]};`,
  );
  run(process.execPath, ["collect.mjs"]);
  const compiler = join(root, "node_modules", "typescript", "bin", "tsc");
  for (const options of ["nodenext --moduleResolution nodenext", "esnext --moduleResolution bundler"])
    run(process.execPath, [compiler, "use.mts", "--noEmit", "--strict", "--module", ...options.split(" ")]);
  for (const path of [
    "package.json",
    "schema/report-1.json",
    "schema/comparison-1.json",
    "schema/telemetry-1.json",
    "schema/recording-1.json",
  ])
    run(process.execPath, ["-e", `require("sessionflame/${path}")`]);
  console.log("sessionflame/telemetry, sessionflame/recorder: imported, typed");
}
