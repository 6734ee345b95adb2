import { describe, expect, test } from "vitest";
import { callFacets } from "../../../src/load/opencode/call-facets.js";
import { PartData, type ToolPart } from "../../../src/load/opencode/json-1.js";
import { parseData } from "../../../src/load/opencode/parse-data.js";
import { toolDraft } from "../../../src/load/opencode/tools.js";
import { shapeOf } from "../../../src/load/text-shape.js";

function part(tool: string, state: object): ToolPart {
  const whole = { status: "completed", input: {}, metadata: {}, ...state };
  return parseData(PartData, { type: "tool", tool, callID: "call_1", state: whole }) as ToolPart;
}
const facetsOf = (tool: string, state: object) => callFacets(part(tool, state));

describe("a skill", () => {
  test("is named by what was asked for, in both generations", () => {
    const metadata = { name: "other", dir: "/p/.opencode/skill/a" };
    expect(facetsOf("skill", { input: { name: "a" }, metadata, title: "Loaded skill: a" }).skill).toEqual({
      ...{ name: "a", title: "Loaded skill: a", description: null, folder: "/p/.opencode/skill/a" },
    });
    const asked = { input: { id: "b", description: "what for" }, metadata: { name: "b", directory: "/s/b" } };
    expect(facetsOf("skill", asked).skill).toEqual({ name: "b", title: null, description: "what for", folder: "/s/b" });
  });

  test("is none where nothing names it, or another tool was called", () => {
    expect(facetsOf("skill", {}).skill).toBeNull();
    expect(facetsOf("read", { input: { name: "a" } }).skill).toBeNull();
  });
});

describe("an edit", () => {
  test("is every call that changes files, with its lines where it worked", () => {
    const metadata = { filediff: { additions: 2, deletions: 1 } };
    expect(facetsOf("edit", { metadata }).edit).toEqual({ linesAdded: 2, linesRemoved: 1 });
    expect(facetsOf("edit", { metadata, status: "error" }).edit).toEqual({ linesAdded: null, linesRemoved: null });
    for (const tool of ["write", "multiedit", "apply_patch", "patch"]) expect(facetsOf(tool, {}).edit).not.toBeNull();
    for (const tool of ["read", "bash", "grep", "task"])
      expect(facetsOf(tool, { input: { path: "a" } }).edit).toBeNull();
  });

  test.each([
    ["filesystem_edit_file", "path"],
    ["serena_replace_regex", "relative_path"],
    ["editor_str_replace", "file_path"],
    ["fs-write", "filename"],
  ])("of a server is %s where %s names a file", (tool, field) => {
    expect(facetsOf(tool, { input: { [field]: "/p/a.ts" } }).edit).not.toBeNull();
    expect(facetsOf(tool, { input: { text: "/p/a.ts" } }).edit).toBeNull();
    const draft = toolDraft(0, part(tool, { input: { [field]: "/p/a.ts" } }), shapeOf);
    expect(draft.files).toEqual([{ path: "/p/a.ts" }]);
    expect(draft.content[0]).toMatchObject({ access: "write", paths: ["/p/a.ts"] });
  });

  test.each(["tracker_edit_issue", "mail_write", "wiki_rewrite", "db_insert_row", "x_editor"])(
    "%s of a server is none",
    (tool) => {
      const input = tool === "mail_write" ? { to: "a" } : { path: "/p/a" };
      expect(facetsOf(tool, { input }).edit).toBeNull();
    },
  );
});

describe("a test or check", () => {
  const input = { command: "npm test" };

  test("passed or failed by its exit code", () => {
    expect(facetsOf("bash", { input, metadata: { exit: 0 } })).toMatchObject({ check: "passed", exitCode: 0 });
    expect(facetsOf("shell", { input, metadata: { exit: 2 } })).toMatchObject({ check: "failed", exitCode: 2 });
    expect(facetsOf("bash", { input, metadata: { exit: null } })).toMatchObject({ check: "unknown", exitCode: null });
    expect(facetsOf("bash", { input, status: "error" }).check).toBe("unknown");
  });

  test("is a command that says so, of a shell", () => {
    expect(facetsOf("bash", { input: { command: "ls" }, metadata: { exit: 1 } })).toMatchObject({
      check: null,
      exitCode: 1,
    });
    expect(facetsOf("grep", { input: { pattern: "npm test" } }).check).toBeNull();
  });
});
