import { chmodSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { localFacts, withLocalFacts } from "../../../src/load/opencode/local-facts.js";
import { temporaryFolder } from "../../support/fixtures.js";
import { redacted } from "../../support/redacted.js";
import { sessionFromText } from "../../support/session-text.js";

const CACHE = ".cache/opencode/models.json";
const GLOBAL = ".config/opencode/opencode.json";

/** A home folder with the given files, texts or values, and a project with a git root in it. */
function homeWith(files: Readonly<Record<string, unknown>>): string {
  const home = temporaryFolder();
  mkdirSync(join(home, "project", ".git"), { recursive: true });
  mkdirSync(join(home, "project", "part"));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(home, name)), { recursive: true });
    writeFileSync(join(home, name), typeof content === "string" ? content : JSON.stringify(content));
  }
  return home;
}

const limits = (context: unknown, model = "m", provider = "p") => ({
  [provider]: { models: { [model]: { limit: { context } } } },
});

function ask(home: string, { models = ["p/m"], env = {}, directory = join(home, "project", "part") } = {}) {
  const { facts, notes } = localFacts({ directory, models, env: { OPENCODE_TEST_HOME: home, ...env } });
  const files = facts.files.map((file) => file.replace(`${home}/`, ""));
  return { ...facts, files, notes };
}

test("where there are no files, nothing is known and nothing is said", () => {
  expect(ask(homeWith({}))).toEqual({ contextLimits: {}, mcpServers: null, skills: null, files: [], notes: [] });
});

describe("context limits", () => {
  test("come from the model cache, also of names that hold slashes", () => {
    const home = homeWith({ [CACHE]: { ...limits(200_000), ...limits(64_000, "a/b:c", "router") } });
    const { contextLimits, mcpServers, files } = ask(home, { models: ["p/m", "router/a/b:c", "p/other", "none"] });
    expect(contextLimits).toEqual({ "p/m": 200_000, "router/a/b:c": 64_000 });
    expect([mcpServers, files]).toEqual([null, [CACHE]]);
  });

  test("of the settings override the cache, which is then not read at all", () => {
    const home = homeWith({ [CACHE]: limits(1), [GLOBAL]: { provider: limits(2) } });
    expect(ask(home)).toMatchObject({ contextLimits: { "p/m": 2 }, files: [GLOBAL] });
    expect(ask(home, { models: ["p/m", "p/x"] }).files).toEqual([GLOBAL, CACHE]);
  });

  test("of nearer settings override those further off, up to the git root", () => {
    const files: Record<string, unknown> = { "opencode.json": { provider: limits(1) } };
    const home = homeWith(files);
    const told = () => ask(homeWith(files), { env: { OPENCODE_CONFIG: join(home, "opencode.json") } }).contextLimits;
    expect(ask(homeWith(files)).files).toEqual([]); // above the git root
    const order = [GLOBAL, ".config/opencode/opencode.jsonc"];
    const nearer = ["project/opencode.json", "project/.opencode/opencode.jsonc", "project/part/opencode.json"];
    for (const [i, name] of order.entries()) {
      files[name] = { provider: limits(100 + i) };
      expect(ask(homeWith(files)).contextLimits).toEqual({ "p/m": 100 + i });
      expect(told()).toEqual({ "p/m": 1 });
    }
    for (const [i, name] of nearer.entries()) {
      files[name] = { provider: limits(200 + i) };
      expect(told()).toEqual({ "p/m": 200 + i });
    }
  });

  test("$OPENCODE_MODELS_PATH and the XDG folders move the files", () => {
    const home = homeWith({
      "a.json": limits(5),
      "c/opencode/models.json": limits(6),
      "d/opencode/opencode.json": { mcp: { x: {} } },
    });
    expect(ask(home, { env: { OPENCODE_MODELS_PATH: join(home, "a.json") } }).contextLimits).toEqual({ "p/m": 5 });
    const env = { XDG_CACHE_HOME: join(home, "c"), XDG_CONFIG_HOME: join(home, "d") };
    expect(ask(home, { env })).toMatchObject({ contextLimits: { "p/m": 6 }, mcpServers: ["x"] });
  });

  test.each([0, -1, 1.5, "200000", null, 1e300, {}])("that are no count of tokens (%j) are not known", (context) => {
    expect(ask(homeWith({ [CACHE]: limits(context) })).contextLimits).toEqual({});
  });
});

describe("MCP servers", () => {
  test("are named, of all files, without those that are turned off", () => {
    const home = homeWith({
      [GLOBAL]: { mcp: { a: { type: "local" }, b: { enabled: true }, c: { enabled: false }, d: 7 } },
      "project/opencode.jsonc": '{ // comment\n "mcp": { "b": { "enabled": false, }, "e": {}, }, }',
    });
    expect(ask(home).mcpServers).toEqual(["a", "e"]);
  });

  test("settings that name none are known to name none", () => {
    expect(ask(homeWith({ [GLOBAL]: "" })).mcpServers).toEqual([]);
    expect(ask(homeWith({ [GLOBAL]: { mcp: [] } })).mcpServers).toEqual([]);
  });
});

describe("files that cannot be used are left out, and named", () => {
  test.each(["{", "[1]", "null", "7", "\u0000", `${"[".repeat(100_000)}`, '{"a":1} {"b":2}'])("case %#", (text) => {
    const home = homeWith({ [GLOBAL]: text, [CACHE]: text });
    const { contextLimits, mcpServers, files, notes } = ask(home);
    expect([contextLimits, mcpServers, files]).toEqual([{}, null, []]);
    expect(notes.map(({ kind }) => kind)).toEqual(["skipped", "skipped"]);
    expect(notes[0]?.text).toMatch(
      new RegExp(`^Settings of OpenCode in ${home}/${GLOBAL} were left out: it is .*\\.$`),
    );
  });

  test("one that is very large", () => {
    const home = homeWith({ [CACHE]: limits(1) });
    truncateSync(join(home, CACHE), 21 * 1024 ** 2);
    expect(ask(home).notes).toEqual([{ kind: "skipped", text: expect.stringMatching(/larger than 20 MB\.$/) }]);
  });

  test.skipIf(process.getuid?.() === 0)("one that may not be read", () => {
    const home = homeWith({ [GLOBAL]: {} });
    chmodSync(join(home, GLOBAL), 0);
    expect(ask(home).notes).toEqual([{ kind: "skipped", text: expect.stringMatching(/cannot be read\.$/) }]);
  });

  test("folders, devices and links in a circle are no files", () => {
    const home = homeWith({ "project/opencode.json/x": "", "project/part/x": "" });
    symlinkSync(join(home, "project/part/opencode.json"), join(home, "project/part/opencode.json"));
    expect(ask(home, { env: { OPENCODE_CONFIG: "/dev/zero" } })).toMatchObject({ files: [], notes: [] });
  });
});

test.each(["", "relative/path", "/no/such/folder", "C:\\Users\\x", "//server/share", "\\\\server\\share"])(
  "a session's folder that is not on this machine (%j) is not looked for",
  (directory) => {
    expect(ask(homeWith({}), { directory })).toMatchObject({ files: [], notes: [] });
  },
);

test("a session gets the facts, and one note that names the files; home folders in both are shortened", async () => {
  const home = homeWith({ [GLOBAL]: { mcp: { x: {} } }, [CACHE]: limits(9) });
  const session = await withLocalFacts(sessionFromText("session 0..1\n  model 0..1"), { OPENCODE_TEST_HOME: home });
  expect(session.local?.contextLimits).toEqual({ "p/m": 9 });
  expect(session.notes).toEqual([
    { kind: "info", text: expect.stringContaining(`: ${home}/${GLOBAL}, ${home}/${CACHE}.`) },
  ]);
  const files = ["/home/Jane Doe/.config/opencode/opencode.json"];
  const notes = [{ kind: "info" as const, text: `read: ${files[0]}.` }];
  const { local, notes: said } = redacted(
    { ...session, notes, local: { contextLimits: {}, mcpServers: ["x"], skills: null, files } },
    "paths",
  );
  expect(local).toEqual({
    contextLimits: {},
    mcpServers: ["x"],
    skills: null,
    files: ["~/.config/opencode/opencode.json"],
  });
  expect(said[0]?.text).toBe("read: ~/.config/opencode/opencode.json.");
});
