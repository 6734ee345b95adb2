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
} finally {
  rmSync(folder, { recursive: true, force: true });
}
