import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { type InstallOptions, installCommand } from "../../src/cli/commands/install.js";
import { asFailure } from "../../src/cli/failure.js";
import { parsedJsonc } from "../../src/load/jsonc-text.js";
import { temporaryFolder } from "../support/fixtures.js";
import { folderWith } from "../support/folder-with.js";
import { sessionflame } from "../support/in-process.js";

const PLUGIN = "export const Recorder = async () => ({});\n";
const FILE = ".opencode/sessionflame/plugin.js";
const OPTIONS = { performance: { enabled: true } };

interface Ran {
  readonly stdout: string;
  readonly stderr: string;
  readonly failure: readonly [exitCode: number, fact: string] | null;
}

/** Installs a stand-in for the built plugin, by a user whose home is another folder. */
function install(cwd: string, options: InstallOptions = {}, home = temporaryFolder(), plugin = PLUGIN): Ran {
  const said = { stdout: "", stderr: "" };
  const context = {
    cwd,
    env: { OPENCODE_TEST_HOME: home },
    now: () => 0,
    stdin: async function* () {},
    stdout: (text: string) => {
      said.stdout += text;
    },
    stderr: (text: string) => {
      said.stderr += text;
    },
  };
  try {
    installCommand(options, context, join(folderWith({ "plugin.js": plugin }), "plugin.js"));
    return { ...said, failure: null };
  } catch (error) {
    const { exitCode, fact } = asFailure(error);
    return { ...said, failure: [exitCode, fact] };
  }
}

/** Every file in a folder with its text; links and empty folders as what they are. */
function filesIn(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
  return Object.fromEntries(
    names.flatMap((name) => {
      const stat = lstatSync(join(folder, name));
      if (stat.isSymbolicLink()) return [[name, "(link)"]];
      if (stat.isFile()) return [[name, readFileSync(join(folder, name), "utf8")]];
      return readdirSync(join(folder, name)).length === 0 ? [[name, "(empty)"]] : [];
    }),
  );
}

const pluginsOf = (path: string) => (parsedJsonc(readFileSync(path, "utf8")) as { plugin: unknown }).plugin;

describe("in a project", () => {
  test("a new one gets the plugin and a config that enables it", () => {
    const cwd = temporaryFolder();
    const { stdout, stderr, failure } = install(cwd);
    expect(failure).toBe(null);
    expect(filesIn(cwd)).toEqual({
      [FILE]: PLUGIN,
      "opencode.json": `{
  "$schema": "https://opencode.ai/config.json",
  "plugin": [["./${FILE}", { "performance": { "enabled": true } }]]
}
`,
    });
    expect(stdout).toBe(`${join(cwd, FILE)}\n${join(cwd, "opencode.json")}\n`);
    expect(stderr).toContain("put in place");
    expect(stderr).toContain("was made");
    expect(stderr).toContain("OpenCode 1.14 to 1.18");
  });

  test.each([".git/HEAD", ".opencode/agent/a.md", "opencode.json", "opencode.jsonc"])(
    "%s says where the project begins",
    (name) => {
      const project = folderWith({ [name]: "{}", "src/web/a.ts": "" });
      install(join(project, "src", "web"));
      expect(existsSync(join(project, FILE))).toBe(true);
      expect(filesIn(join(project, "src"))).toEqual({ "web/a.ts": "" });
    },
  );

  test("from inside of its .opencode it is the same project", () => {
    const project = folderWith({ ".opencode/opencode.json": "{}" });
    install(join(project, ".opencode"));
    expect(pluginsOf(join(project, ".opencode", "opencode.json"))).toEqual([["./sessionflame/plugin.js", OPTIONS]]);
    expect(existsSync(join(project, FILE))).toBe(true);
  });

  test.each([
    [["opencode.json", "opencode.jsonc", ".opencode/opencode.json"], "opencode.json"],
    [["opencode.jsonc", ".opencode/opencode.json"], "opencode.jsonc"],
    [[".opencode/opencode.jsonc"], ".opencode/opencode.jsonc"],
  ])("of %j, %s gets the entry", (names, changed) => {
    const project = folderWith(Object.fromEntries(names.map((name) => [name, "{}"])));
    install(project);
    const { [FILE]: _plugin, ...configs } = filesIn(project);
    expect(Object.keys(configs)).toEqual([...names].sort());
    expect(Object.keys(configs).filter((name) => configs[name] !== "{}")).toEqual([changed]);
  });

  test("a config that lists the recorder already stays the one that does", () => {
    const project = folderWith({ ".opencode/opencode.json": "{}" });
    install(project);
    writeFileSync(join(project, "opencode.json"), "{}");
    install(project);
    expect(readFileSync(join(project, "opencode.json"), "utf8")).toBe("{}");
  });

  test("comments, trailing commas and other plugins stay", () => {
    const project = folderWith({
      "opencode.jsonc": `{
  // what we agreed on
  "model": "a/b",
  "plugin": [
    "one@1.0.0", // never newer
    ["./two.ts", { "x": 1 }],
  ],
}
`,
    });
    install(project);
    expect(readFileSync(join(project, "opencode.jsonc"), "utf8")).toBe(`{
  // what we agreed on
  "model": "a/b",
  "plugin": [
    "one@1.0.0", // never newer
    ["./two.ts", { "x": 1 }],
    ["./.opencode/sessionflame/plugin.js", { "performance": { "enabled": true } }],
  ],
}
`);
  });

  test("twice is as once", () => {
    const project = folderWith({ "opencode.json": '{ "plugin": ["one"] }' });
    install(project);
    const once = filesIn(project);
    const { stderr } = install(project);
    expect(filesIn(project)).toEqual(once);
    expect(stderr).toContain("was in place already");
    expect(stderr).toContain("lists the recorder already");
  });

  test("a plugin of an earlier release is brought up to date", () => {
    const project = temporaryFolder();
    install(project, {}, temporaryFolder(), "// earlier\n");
    expect(install(project).stderr).toContain("brought up to date");
    expect(readFileSync(join(project, FILE), "utf8")).toBe(PLUGIN);
  });

  test("who may read a config is not changed", () => {
    const project = folderWith({ "opencode.json": "{}" });
    chmodSync(join(project, "opencode.json"), 0o600);
    install(project);
    expect(statSync(join(project, "opencode.json")).mode & 0o777).toBe(0o600);
  });
});

describe("--remove", () => {
  test.each([
    ["no plugins", '{\n  "model": "a/b", // the model\n}\n'],
    ["an empty list", '{ "plugin": [] }'],
    ["other plugins", '{\n\t"plugin": [\n\t\t"one", // first\n\t],\n}'],
  ])("gives back a config with %s to the last byte", (_, config) => {
    const project = folderWith({ "opencode.jsonc": config, ".opencode/agent/a.md": "an agent" });
    const before = filesIn(project);
    install(project);
    install(project, { remove: true });
    expect(filesIn(project)).toEqual(before);
  });

  test("takes away a config that was made for the recorder alone", () => {
    const project = temporaryFolder();
    install(project);
    const { stdout, stderr } = install(project, { remove: true });
    expect(filesIn(project)).toEqual({});
    expect(stdout).toBe(`${join(project, FILE)}\n${join(project, "opencode.json")}\n`);
    expect(stderr).toMatch(/Recordings are kept: .*opencode.sessionflame\n$/);
  });

  test("twice is as once, and says that there is nothing", () => {
    const project = folderWith({ "opencode.json": "{}" });
    const { stdout, stderr, failure } = install(project, { remove: true });
    expect([stdout, failure, filesIn(project)]).toEqual(["", null, { "opencode.json": "{}" }]);
    expect(stderr).toContain("is not installed");
  });

  test.each([
    ["a file", ".opencode/agent/a.md"],
    ["settings", ".opencode/opencode.jsonc"],
  ])("leaves OpenCode's folder where that holds %s", (_, name) => {
    const project = folderWith({ [name]: "{}" });
    install(project);
    install(project, { remove: true });
    expect(filesIn(project)).toEqual({ [name]: "{}" });
  });

  test("leaves an empty folder of OpenCode's that it has nothing in, and one that is a link", () => {
    const [project, elsewhere] = [temporaryFolder(), temporaryFolder()];
    mkdirSync(join(project, ".opencode"));
    install(project, { remove: true });
    expect(filesIn(project)).toEqual({ ".opencode": "(empty)" });
    const linked = temporaryFolder();
    symlinkSync(elsewhere, join(linked, ".opencode"));
    install(linked);
    install(linked, { remove: true });
    expect(filesIn(linked)).toEqual({ ".opencode": "(link)" });
    expect(filesIn(elsewhere)).toEqual({});
  });

  test("takes its own empty folder where somebody removed the plugin by hand", () => {
    const project = temporaryFolder();
    install(project);
    rmSync(join(project, FILE));
    install(project, { remove: true });
    expect(filesIn(project)).toEqual({});
  });

  test("leaves what else lies beside the plugin", () => {
    const project = temporaryFolder();
    install(project);
    writeFileSync(join(project, ".opencode", "sessionflame", "mine.txt"), "mine");
    install(project, { remove: true });
    expect(filesIn(project)).toEqual({ ".opencode/sessionflame/mine.txt": "mine" });
  });
});

describe("--global", () => {
  test("it goes beside the settings for all projects, and the project is left alone", () => {
    const [cwd, home] = [folderWith({ "opencode.json": "{}" }), temporaryFolder()];
    const folder = join(home, ".config", "opencode");
    install(cwd, { global: true }, home);
    const plugin = join(folder, "sessionflame", "plugin.js");
    expect(pluginsOf(join(folder, "opencode.json"))).toEqual([[pathToFileURL(plugin).href, OPTIONS]]);
    expect(filesIn(cwd)).toEqual({ "opencode.json": "{}" });
    install(cwd, { global: true, remove: true }, home);
    expect(filesIn(home)).toEqual({ ".config": "(empty)" });
  });

  test.each(["opencode.jsonc", "config.json"])("%s is used where it is there", (name) => {
    const home = folderWith({ [`.config/opencode/${name}`]: "{}" });
    install(temporaryFolder(), { global: true }, home);
    expect(pluginsOf(join(home, ".config", "opencode", name))).toHaveLength(1);
  });

  test("beside one in the project, it is said that OpenCode loads both", () => {
    const [cwd, home] = [temporaryFolder(), temporaryFolder()];
    install(cwd, {}, home);
    expect(install(cwd, { global: true }, home).stderr).toContain("loads it twice");
    expect(install(cwd, {}, home).stderr).toContain("`sessionflame install --global --remove`");
  });
});

describe("what cannot be done changes nothing", () => {
  test.each([
    ["opencode.json", "{ torn"],
    [".opencode/opencode.json", '{ "plugin": "one" }'],
  ])("a config that cannot be read: %s with %s", (name, text) => {
    for (const remove of [false, true]) {
      const project = folderWith({ [name]: text });
      const { stdout, failure } = install(project, { remove });
      expect(failure).toEqual([4, `not readable as settings of OpenCode: ${join(project, name)}`]);
      expect([stdout, filesIn(project)]).toEqual(["", { [name]: text }]);
    }
  });

  test("a link that leads nowhere is no place for a new config", () => {
    const project = temporaryFolder();
    symlinkSync(join(project, "gone.json"), join(project, "opencode.json"));
    expect(install(project).failure).toEqual([4, `cannot read ${join(project, "opencode.json")}: ENOENT`]);
    expect(filesIn(project)).toEqual({ "opencode.json": "(link)" });
  });

  test("a plugin folder that cannot be made", () => {
    const project = folderWith({ ".opencode": "a file", "opencode.json": "{}" });
    const before = filesIn(project);
    expect(install(project).failure).toEqual([5, expect.stringMatching(/^cannot write .*plugin\.js: /)]);
    expect(filesIn(project)).toEqual(before);
  });

  test("a config that cannot be written: the plugin and its folders go again", () => {
    const project = folderWith({ "src/a.ts": "" });
    const real = folderWith({ "opencode.json": "{}" });
    symlinkSync(join(real, "opencode.json"), join(project, "opencode.json"));
    // What is beside it is in the way of the file that is written first; even root cannot write into a folder.
    mkdirSync(join(real, `.sessionflame-${process.pid}.tmp`, "full"), { recursive: true });
    expect(install(project).failure).toEqual([5, `cannot write ${join(project, "opencode.json")}: EISDIR`]);
    expect(filesIn(project)).toEqual({ "opencode.json": "(link)", "src/a.ts": "" });
  });
});

test("of a config that is a link, the file that it leads to is changed", () => {
  const dotfiles = folderWith({ "opencode.json": '{ "plugin": [] }' });
  const project = temporaryFolder();
  symlinkSync(join(dotfiles, "opencode.json"), join(project, "opencode.json"));
  install(project);
  expect(lstatSync(join(project, "opencode.json")).isSymbolicLink()).toBe(true);
  expect(pluginsOf(join(dotfiles, "opencode.json"))).toEqual([[`./${FILE}`, OPTIONS]]);
  expect(readdirSync(dotfiles)).toEqual(["opencode.json"]);
  install(project, { remove: true });
  expect(filesIn(dotfiles)).toEqual({ "opencode.json": '{ "plugin": [] }' });
});

test("--json says it as data, --quiet the paths alone", () => {
  const [project, home] = [temporaryFolder(), temporaryFolder()];
  const { stdout, stderr } = install(project, { json: true }, home);
  expect(JSON.parse(stdout)).toEqual({
    plugin: { path: join(project, FILE), change: "made" },
    configs: [{ path: join(project, "opencode.json"), change: "made" }],
    recordings: join(home, ".local", "share", "opencode", "sessionflame"),
  });
  expect([stderr, install(project, { quiet: true }).stderr]).toEqual(["", ""]);
});

test("the command line knows it", async () => {
  const cwd = folderWith({ "opencode.json": "{ torn" });
  const { exitCode, stderr } = await sessionflame(["install", "--remove"], { cwd });
  expect([exitCode, stderr.split("\n")[0]]).toEqual([
    4,
    `sessionflame: not readable as settings of OpenCode: ${join(cwd, "opencode.json")}`,
  ]);
});
