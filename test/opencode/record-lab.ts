import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { recordingLine } from "../../src/load/recording/line-schema.js";
import type { RecordingLine } from "../../src/model/recording.js";
import type { Report } from "../../src/model/report.js";
import { reportsFolder } from "../../src/recorder/recordings-folder.js";
import { runCli } from "../support/run-cli.js";
import { install, labCopy, type Release } from "./lab.js";
import { type Request, requestsIn } from "./truth.js";

/** What a session left on disk, and what the model server saw of it. */
export interface RecordedRun {
  readonly database: string;
  /** What OpenCode printed and logged. */
  readonly log: string;
  /** Of Sessionflame's plugin, as they were written. */
  readonly recordings: readonly string[];
  /** Saved by it, one a session. */
  readonly savedReports: readonly string[];
  readonly truth: readonly Request[];
}

/** The lab's own recorder of sessions, in a folder of its own. */
export class RecordLab {
  readonly folder = mkdtempSync(join(tmpdir(), "sessionflame-record-"));
  readonly #home = join(this.folder, "home");
  #runs = 0;
  #lab = "";

  /** The recorder empties the home that it uses: here it is one that nobody has. */
  make(): void {
    this.#lab = labCopy(this.folder);
    const path = join(this.#lab, "record.mjs");
    const program = readFileSync(path, "utf8");
    if (!program.includes("const home = '/home/dev'")) throw new Error("record.mjs has another home");
    writeFileSync(path, program.replace("const home = '/home/dev'", `const home = ${JSON.stringify(this.#home)}`));
  }

  /** Plays a scenario with a release. `args`: more of those of record.mjs. Always in the same home, one at a time. */
  async run(release: Release, scenario: object, args: readonly string[] = []): Promise<RecordedRun> {
    install(release);
    const out = join(this.folder, `run-${++this.#runs}`);
    writeFileSync(join(this.#lab, "scenario.json"), JSON.stringify(scenario));
    const where = ["--version", release.version, "--cache", join(tmpdir(), "opencode-releases"), "--out", out];
    await ended(this.#lab, ["record.mjs", ...where, "--scenario", "scenario.json", ...args]);
    const written = join(this.#home, ".local", "share", "opencode", "sessionflame");
    if (existsSync(written)) cpSync(written, join(out, "sessionflame"), { recursive: true });
    return {
      database: join(out, "opencode.db"),
      log: readFileSync(join(out, "run.log"), "utf8") + logOf(this.#home),
      recordings: textsIn(join(out, "sessionflame")),
      savedReports: textsIn(reportsFolder(join(out, "sessionflame"))),
      truth: requestsIn(readFileSync(join(out, "truth.ndjson"), "utf8")),
    };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The texts of the files of a folder, none where it is not there. Folders in it are left alone. */
export function textsIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
  return files.map(({ name }) => readFileSync(join(folder, name), "utf8"));
}

/** Every line of recordings, each of which must be one. */
export function linesIn(recordings: readonly string[]): readonly RecordingLine[] {
  return recordings.flatMap((text) =>
    text
      .trim()
      .split("\n")
      .map((line) => {
        const found = recordingLine(JSON.parse(line));
        if (found === null) throw new Error(`no line of a recording: ${line}`);
        return found;
      }),
  );
}

/** The report of the newest session of a database, with the recordings that lie beside it. */
export function reportOf(database: string): Report {
  const args = ["report", "--db", database, "--json", "--redact", "none", "--quiet"];
  const { exitCode, stdout, stderr } = runCli(args, { cwd: dirname(database) });
  if (exitCode !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

function logOf(home: string): string {
  return textsIn(join(home, ".local", "share", "opencode", "log")).join("");
}

function ended(cwd: string, args: readonly string[]): Promise<void> {
  const env = { PATH: process.env.PATH ?? "", HOME: cwd };
  const child = spawn(process.execPath, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (said += data));
  return new Promise((resolve, reject) => {
    child.on("close", (code) => (code === 0 ? resolve() : reject(new Error(`record.mjs ended with ${code}: ${said}`))));
  });
}
