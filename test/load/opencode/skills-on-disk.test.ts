import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { withLocalFacts } from "../../../src/load/opencode/local-facts.js";
import { skillsOnDisk } from "../../../src/load/opencode/skills-on-disk.js";
import { temporaryFolder } from "../../support/fixtures.js";
import { sessionFromStory } from "../../support/story-text.js";

/** A home folder with a project in it, which has a git root, and skills at the given places. */
function homeWith(skills: Readonly<Record<string, string>>): string {
  const home = temporaryFolder();
  mkdirSync(join(home, "project", ".git"), { recursive: true });
  mkdirSync(join(home, "project", "part"));
  for (const [name, text] of Object.entries(skills)) {
    mkdirSync(dirname(join(home, name)), { recursive: true });
    writeFileSync(join(home, name), text);
  }
  return home;
}

const said = (name: string, description = `What ${name} is for`) =>
  `---\nname: ${name}\ndescription: ${description}\n---\nDo it.`;
const found = async (home: string, directory = join(home, "project", "part")) =>
  (await skillsOnDisk(directory, { OPENCODE_TEST_HOME: home }))?.skills ?? null;
const names = async (home: string) => (await found(home))?.map(({ name }) => name) ?? null;

test("skills lie in the project up to its root, in OpenCode's settings, and where other agents keep them", async () => {
  const home = homeWith({
    "project/part/.opencode/skill/a/SKILL.md": said("a"),
    "project/.opencode/skills/b/SKILL.md": said("b"),
    "project/.claude/skills/c/SKILL.md": said("c"),
    "project/.agents/skills/d/SKILL.md": said("d"),
    ".config/opencode/skills/e/SKILL.md": said("e"),
    ".config/opencode/skill/f/SKILL.md": said("f"),
    ".claude/skills/g/SKILL.md": said("g"),
    "project/other/.opencode/skill/h/SKILL.md": said("h"),
    ".opencode/skill/i/SKILL.md": said("i"),
  });
  expect(await names(home)).toEqual(["a", "b", "c", "d", "f", "e", "g"]);
});

test("a skill says its name or what it is for; one without a name is called after its folder or file", async () => {
  const home = homeWith({
    "project/.opencode/skills/a/SKILL.md": said("Name Of A", "Two\n  lines"),
    "project/.opencode/skills/deep/er/SKILL.md": "---\ndescription: Only this\n---\n",
    "project/.opencode/skills/silent/SKILL.md": "# Nothing said",
    "project/.opencode/skills/README.md": "# What lies here",
    "project/.opencode/skills/release.md": "---\ndescription: Notes\n---\n",
    "project/.opencode/skills/a/README.md": "not a skill",
  });
  expect((await found(home))?.map(({ name, description }) => [name, description]).sort()).toEqual([
    ["Name Of A", "Two lines"],
    ["er", "Only this"],
    ["release", "Notes"],
  ]);
});

test("of skills with one name the nearest counts", async () => {
  const home = homeWith({
    "project/.opencode/skills/a/SKILL.md": said("a", "far"),
    "project/part/.opencode/skills/a/SKILL.md": said("a", "near"),
  });
  expect(await found(home)).toEqual([expect.objectContaining({ name: "a", description: "near" })]);
});

test("links are followed, in a circle too", async () => {
  const home = homeWith({ "elsewhere/a/SKILL.md": said("a"), "project/.opencode/skills/b/SKILL.md": said("b") });
  symlinkSync(join(home, "elsewhere"), join(home, "project/.opencode/skills/linked"));
  symlinkSync(join(home, "project/.opencode/skills"), join(home, "project/.opencode/skills/b/round"));
  symlinkSync("nowhere", join(home, "project/.opencode/skills/broken"));
  expect((await names(home))?.sort()).toEqual(["a", "b"]);
});

test("where there are none, there are none; where the folder is not on this machine, nothing is known", async () => {
  expect(await found(homeWith({}))).toEqual([]);
  for (const directory of ["", "relative", "/no/such/folder", "\\\\server\\share"])
    expect(await found(homeWith({}), directory)).toBeNull();
});

test("a session gets them with a note that says where they lie, and tools that are called after them", async () => {
  const home = homeWith({ "project/.opencode/skills/a-b/SKILL.md": said("a-b") });
  const story = sessionFromStory("turn 0..9\n  step 0..9\n    a_b 1..2");
  const session = await withLocalFacts({ ...story, directory: join(home, "project") }, { OPENCODE_TEST_HOME: home });
  expect(session.local?.skills).toEqual([expect.objectContaining({ name: "a-b", description: "What a-b is for" })]);
  expect(session.notes).toEqual([
    {
      kind: "info",
      text: "Beside the session, 1 skill that lies where the agent looks for them now was read for its name and description (with --no-local left unread)",
      files: [join(home, "project/.opencode/skills")],
    },
  ]);
  expect(session.spans.flatMap((span) => (span.kind === "tool" ? [span.skill?.name] : []))).toEqual(["a-b"]);
});
