import { expect, test } from "vitest";
import { PartData, type ToolPart } from "../../../src/load/opencode/json-1.js";
import { parseData } from "../../../src/load/opencode/parse-data.js";
import { childSessionId, toolFiles, toolStatus, toolTarget } from "../../../src/load/opencode/tools.js";

const part = (tool: string, state: object) =>
  parseData(
    PartData,
    JSON.stringify({ type: "tool", tool, callID: "c", state: { status: "completed", input: {}, ...state } }),
  ) as ToolPart;

test.each<[string, object, string]>([
  ["bash", { input: { command: "npm   test\n" } }, "npm test"],
  ["grep", { input: { pattern: "foo", path: "/p" } }, "foo"],
  ["read", { input: { filePath: "/p/a.ts" } }, "/p/a.ts"],
  ["task", { input: { description: "scout", prompt: "look" } }, "scout"],
  ["skill", { input: { name: "code-agent" } }, "code-agent"],
  ["todowrite", { input: { todos: [{}, {}] } }, "2 todos"],
  ["question", { input: { questions: [{ question: "Which one?" }] } }, "Which one?"],
  ["github_search", { input: { limit: 3, query: "bug" } }, "bug"],
  ["bash", { input: null }, ""],
  [
    "apply_patch",
    { input: { patchText: "*** Begin Patch\n*** Update File: a.ts\n*** Add File: b.ts\n" } },
    "a.ts and 1 more",
  ],
])("the target of %s %j is %j", (tool, state, target) => {
  const call = part(tool, state);
  expect(toolTarget(call, toolFiles(call))).toBe(target);
});

test("files come with the bytes that were written or read", () => {
  expect(toolFiles(part("write", { input: { filePath: "/p/a", content: "äb" } }))).toEqual([
    { path: "/p/a", bytes: 3 },
  ]);
  expect(toolFiles(part("read", { input: { file_path: "/p/a" }, output: "abc" }))).toEqual([
    { path: "/p/a", bytes: 3 },
  ]);
  expect(toolFiles(part("edit", { input: { filePath: "/p/a", newString: "x" } }))).toEqual([
    { path: "/p/a", bytes: 1 },
  ]);
  expect(toolFiles(part("grep", { input: { pattern: "x", path: "/p" } }))).toEqual([]);
});

test("an error is told apart by its words", () => {
  const failed = (error: string, metadata = {}) => toolStatus(part("bash", { status: "error", error, metadata }));
  expect(failed("File not found: a")).toBe("error");
  expect(failed("Tool execution aborted")).toBe("aborted");
  expect(failed("killed", { interrupted: true })).toBe("aborted");
  expect(failed("The user rejected permission to use this specific tool call.")).toBe("rejected");
  expect(toolStatus(part("bash", { status: "running" }))).toBe("unfinished");
  expect(toolStatus(part("bash", { metadata: { exit: 1 } }))).toBe("ok");
});

test("a child session is named by the metadata, else by the output", () => {
  expect(childSessionId(part("task", { metadata: { sessionId: "ses_a" } }))).toBe("ses_a");
  expect(childSessionId(part("task", { output: '<task id="ses_b" state="completed">' }))).toBe("ses_b");
  expect(childSessionId(part("task", { output: "task_id: ses_c (for resuming)" }))).toBe("ses_c");
  expect(childSessionId(part("task", {}))).toBeNull();
  expect(childSessionId(part("bash", { metadata: { sessionId: "ses_a" } }))).toBeNull();
});

test("a part of an unknown form is no tool call and no failure", () => {
  expect(parseData(PartData, '{"type":"tool","state":7}')).toEqual({ type: "tool" });
  expect(parseData(PartData, '{"type":"hologram","x":1}')).toEqual({ type: "hologram" });
  expect(parseData(PartData, "null")).toBeNull();
  expect(parseData(PartData, "{")).toBeNull();
});
