import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** A model server that plays a script; it lies beside the checkout where the project is developed, and nowhere else. */
const LAB = fileURLToPath(new URL("../../../shared/lab", import.meta.url));

/** Why the tests cannot run here; null where they can. `others`: what they need beside git and rg. */
export function whyNot(...others: readonly string[]): string | null {
  if (process.platform !== "linux" || process.arch !== "x64")
    return "the binaries that are run here are for Linux on x64";
  if (!existsSync(join(LAB, "mock-llm.mjs"))) return "no model server beside the checkout";
  const missing = ["git", "rg", ...others].filter((program) => spawnSync(program, ["--version"]).status !== 0);
  return missing.length > 0 ? `not installed: ${missing.join(", ")}` : null;
}

export interface Release {
  readonly version: string;
  readonly generation: 1 | 2;
  readonly package: string;
  readonly program: string;
  /** How the release names its database, and takes its password. */
  readonly database: string;
  readonly passwordVariable: string;
}

const generation1 = (version: string): Release => ({
  ...{ version, generation: 1, package: "opencode-linux-x64", program: "opencode" },
  ...{ database: "opencode.db", passwordVariable: "OPENCODE_SERVER_PASSWORD" },
});

const LATEST = generation1("1.18.34");
export const PREVIEW: Release = {
  ...{ version: "0.0.0-next-16350", generation: 2 },
  ...{ package: "@opencode-ai/cli-linux-x64-baseline", program: "opencode2" },
  ...{ database: "opencode-next.db", passwordVariable: "OPENCODE_PASSWORD" },
};
export const RELEASES: readonly Release[] = [LATEST, PREVIEW];
/** Those that load plugins of the first generation. */
export const PLUGIN_RELEASES: readonly Release[] = [LATEST, generation1("1.15.13")];

/** Installs a release into the temporary folder, once for this machine. Returns the path of its program. */
export function install({ version, package: name, program }: Release): string {
  const folder = join(tmpdir(), "opencode-releases", version);
  const path = join(folder, "node_modules", name, "bin", program);
  if (!existsSync(path)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "package.json"), '{"private":true}');
    execFileSync("npm", ["install", "--no-audit", "--no-fund", `${name}@${version}`], { cwd: folder, stdio: "ignore" });
  }
  return path;
}

/** A copy of the lab in a folder, with what it needs installed. Returns its path. */
export function labCopy(folder: string): string {
  const lab = join(folder, "lab");
  cpSync(LAB, lab, { recursive: true });
  execFileSync("chmod", ["-R", "u+w", lab]);
  execFileSync("npm", ["install", "--no-audit", "--no-fund"], { cwd: lab, stdio: "ignore" });
  return lab;
}

/** A home of its own with a project in it, a model server that plays `plays`, and what was started there. */
export class Lab {
  readonly home = mkdtempSync(join(tmpdir(), "sessionflame-lab-"));
  readonly project = join(this.home, "project");
  readonly #children: ChildProcess[] = [];
  #isOver = false;

  /** Starts the model server and makes a project that uses it. `settings`: more of OpenCode's, or others. */
  async start(scenario: object, settings: object = {}): Promise<void> {
    const lab = labCopy(this.home);
    writeFileSync(join(lab, "scenario.json"), JSON.stringify(scenario));
    const truth = ["--truth", join(this.home, "truth.ndjson")];
    const said = await this.run(
      process.execPath,
      [join(lab, "mock-llm.mjs"), join(lab, "scenario.json"), "--port", "0", ...truth],
      {},
      /:(\d+)/,
    );
    mkdirSync(this.project, { recursive: true });
    writeFileSync(join(this.project, "opencode.json"), JSON.stringify({ ...config(Number(said[1])), ...settings }));
    const git = (...args: string[]) =>
      execFileSync("git", ["-c", "user.email=dev@example.com", "-c", "user.name=dev", ...args], {
        cwd: this.project,
        stdio: "ignore",
      });
    git("init", "-q");
    git("add", "-A");
    git("commit", "-qm", "start");
  }

  /** Starts a program in the project and waits until it prints what is looked for. */
  run(
    program: string,
    args: readonly string[],
    env: Readonly<Record<string, string>>,
    until: RegExp,
  ): Promise<RegExpExecArray> {
    const child = spawn(program, args, {
      cwd: existsSync(this.project) ? this.project : this.home,
      env: { ...this.env, ...env },
      stdio: ["ignore", "pipe", "pipe"], // `opencode run` would wait for more to read
    });
    this.#children.push(child);
    let said = "";
    return new Promise((resolve, reject) => {
      const listen = (data: Buffer) => {
        said += data;
        const found = until.exec(said);
        if (found) resolve(found);
      };
      child.stdout.on("data", listen);
      child.stderr.on("data", listen);
      child.on("close", (code) => this.#isOver || reject(new Error(`${program} ended with ${code}: ${said}`)));
    });
  }

  get env(): Record<string, string> {
    const { home } = this;
    const folders = { data: ".local/share", config: ".config", cache: ".cache", state: ".local/state" };
    const xdg = Object.entries(folders).map(([name, at]) => [`XDG_${name.toUpperCase()}_HOME`, join(home, at)]);
    return {
      ...{ PATH: process.env.PATH ?? "", HOME: home, PWD: this.project },
      ...{ OPENCODE_DISABLE_AUTOUPDATE: "1", OPENCODE_DISABLE_MODELS_FETCH: "1" },
      ...Object.fromEntries(xdg),
    };
  }

  stop(): void {
    this.#isOver = true;
    for (const child of this.#children) child.kill("SIGKILL");
  }
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

function config(port: number): object {
  const model = (name: string, cost: object) => {
    return { name, limit: { context: 200_000, output: 8_192 }, cost, reasoning: true, tool_call: true };
  };
  const options = { baseURL: `http://127.0.0.1:${port}/v1`, apiKey: "none" };
  const models = {
    "mock-large": model("Mock Large", { input: 3, output: 15, cache_read: 0.3, cache_write: 3.75 }),
    "mock-small": model("Mock Small", { input: 0.25, output: 1.25, cache_read: 0.025 }),
  };
  return {
    ...{ autoupdate: false, share: "disabled", model: "mock/mock-large", small_model: "mock/mock-small" },
    permission: { edit: "allow", bash: "allow", webfetch: "allow" },
    provider: { mock: { npm: "@ai-sdk/openai-compatible", name: "Mock", options, models } },
  };
}
