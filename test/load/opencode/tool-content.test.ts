import { describe, expect, test } from "vitest";
import { PartData, type ToolPart } from "../../../src/load/opencode/json-1.js";
import { parseData } from "../../../src/load/opencode/parse-data.js";
import { toolDraft } from "../../../src/load/opencode/tools.js";
import { NO_SHAPE, shapeOf } from "../../../src/load/text-shape.js";
import type { TextShape, ToolCallContent, ToolResultContent } from "../../../src/model/session.js";

/** What later prompts hold of a call. */
function contentOf(tool: string, state: object) {
  const whole = { status: "completed", input: {}, metadata: {}, ...state };
  const part = parseData(PartData, { type: "tool", tool, callID: "call_1", state: whole }) as ToolPart;
  return toolDraft(0, part, shapeOf).content;
}
const callOf = (tool: string, state: object) => contentOf(tool, state)[0] as ToolCallContent;
const resultsOf = (tool: string, state: object) =>
  contentOf(tool, state).filter((part): part is ToolResultContent => part.kind === "tool-result");

describe("a call", () => {
  test("reads or writes files, or is not about any", () => {
    const input = { filePath: "/p/a.ts" };
    expect(callOf("read", { input })).toMatchObject({ access: "read", paths: ["/p/a.ts"], status: "ok" });
    expect(callOf("edit", { input })).toMatchObject({ access: "write", paths: ["/p/a.ts"] });
    expect(callOf("write", { input })).toMatchObject({ access: "write", paths: ["/p/a.ts"] });
    expect(callOf("bash", { input: { command: "ls" } })).toMatchObject({ access: null, paths: [] });
  });

  test("weighs what it was asked, so longer arguments weigh more", () => {
    const words = (content: string) => callOf("write", { input: { filePath: "/p/a", content } }).shape.words;
    expect(words("one two three four") - words("one")).toBe(3);
  });
});

describe("a result", () => {
  const input = { filePath: "/p/src/a.ts" };

  test("of a read is the file's content", () => {
    expect(resultsOf("read", { input, output: "1: a" })).toEqual([
      expect.objectContaining({
        path: "/p/src/a.ts",
        isExtra: false,
        skill: null,
        prunedAt: null,
        shape: shapeOf("1: a"),
      }),
    ]);
  });

  test("of the same text has the same digest, of another another", () => {
    const digest = (output: string) => resultsOf("read", { input, output })[0]?.digest;
    expect(digest("a")).toBe(digest("a"));
    expect(digest("a")).not.toBe(digest("b"));
  });

  test("of a search or a command is about no file, though it names some", () => {
    for (const tool of ["grep", "glob", "bash", "webfetch"])
      expect(resultsOf(tool, { input: { path: "/p/a.ts", filePath: "/p/a.ts" }, output: "x" })[0]?.path).toBeNull();
  });

  test("of a read that brought instructions along is in parts, theirs marked", () => {
    const reminder = `<system-reminder>\nInstructions from: /p/AGENTS.md\nBe kind.\n\nInstructions from: /p/src/AGENTS.md\nTest all.\n</system-reminder>`;
    const metadata = { loaded: ["/p/src/AGENTS.md", "/p/AGENTS.md"] };
    const results = resultsOf("read", { input, output: `1: a\n\n${reminder}`, metadata });
    expect(results.map(({ path, isExtra }) => [path, isExtra])).toEqual([
      ["/p/src/a.ts", false],
      ["/p/AGENTS.md", true],
      ["/p/src/AGENTS.md", true],
    ]);
    expect(results[0]?.shape).toEqual(shapeOf("1: a"));
    expect(results[1]?.shape).toEqual(shapeOf("Instructions from: /p/AGENTS.md\nBe kind.\n"));
  });

  test("leaves to instructions what they say like the beginning of others", () => {
    const said = "Instructions from: /p/AGENTS.md\nBe kind.\nInstructions from: the team\nTest all.\n";
    const output = `1: a\n\n<system-reminder>\n${said}</system-reminder>`;
    const results = resultsOf("read", { input, output, metadata: { loaded: ["/p/AGENTS.md"] } });
    expect(results.map(({ path }) => path)).toEqual(["/p/src/a.ts", "/p/AGENTS.md"]);
    expect(results[1]?.shape).toEqual(shapeOf(said));
  });

  test("has no parts that nothing says were loaded", () => {
    const output = "1: a\n<system-reminder>\nInstructions from: /p/AGENTS.md\nBe kind.\n</system-reminder>";
    const whole = shapeOf(output);
    for (const loaded of [undefined, [], "AGENTS.md", [7], ["/p/other.md"]])
      expect(resultsOf("read", { input, output, metadata: { loaded } })).toMatchObject([
        { isExtra: false, shape: whole },
      ]);
  });

  test("keeps what a file itself says of instructions in the file", () => {
    const own = "1: <system-reminder>\n2: Instructions from: /p/x\n3: </system-reminder>";
    const reminder = "\n\n<system-reminder>\nInstructions from: /p/AGENTS.md\nBe kind.\n</system-reminder>";
    const results = resultsOf("read", { input, output: own + reminder, metadata: { loaded: ["/p/AGENTS.md"] } });
    expect(results.map(({ path }) => path)).toEqual(["/p/src/a.ts", "/p/AGENTS.md"]);
    expect(results[0]?.shape).toEqual(shapeOf(own));
  });

  test("of a read with a hundred thousand line breaks is split at once", () => {
    const startedAt = performance.now();
    resultsOf("read", { input, output: `a${"\n".repeat(100_000)}b`, metadata: { loaded: ["/p/AGENTS.md"] } });
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });

  test("of several files is shared out among them", () => {
    const patchText = "*** Begin Patch\n*** Update File: a.ts\n*** Add File: b.ts\n*** End Patch";
    const results = resultsOf("apply_patch", { input: { patchText }, output: "Done with both of the files" });
    expect(results.map(({ path }) => path)).toEqual(["a.ts", "b.ts"]);
    const sums = Object.fromEntries(
      Object.keys(NO_SHAPE).map((name) => [
        name,
        results.reduce((sum, { shape }) => sum + shape[name as keyof TextShape], 0),
      ]),
    );
    expect(sums).toEqual(shapeOf("Done with both of the files"));
  });

  test("of a call that failed is its error, of one without end that it was interrupted", () => {
    expect(resultsOf("read", { status: "error", input, error: "File not found" })[0]?.shape).toEqual(
      shapeOf("File not found"),
    );
    const interrupted = shapeOf("[Tool execution was interrupted]");
    for (const status of ["running", "pending"])
      expect(resultsOf("bash", { status, input: { command: "sleep 9" } })[0]?.shape).toEqual(interrupted);
  });

  test("of a call without output is empty, and there", () => {
    expect(resultsOf("bash", { output: "" })).toMatchObject([{ shape: NO_SHAPE }]);
    expect(resultsOf("bash", { output: undefined })).toMatchObject([{ shape: NO_SHAPE }]);
  });

  test("names the skill that was loaded", () => {
    expect(resultsOf("skill", { input: { name: "review" }, output: "x" })[0]?.skill).toBe("review");
    expect(resultsOf("skill", { input: { id: "review" }, output: "x" })[0]?.skill).toBe("review");
    expect(resultsOf("skill", { metadata: { name: "review" }, output: "x" })[0]?.skill).toBe("review");
    expect(resultsOf("bash", { input: { name: "review" }, output: "x" })[0]?.skill).toBeNull();
  });

  test("says when it was pruned", () => {
    const time = { start: 1, end: 2, compacted: 900 };
    expect(resultsOf("read", { input, output: "a", time })[0]?.prunedAt).toBe(900);
  });

  test("has images and PDFs beside its text, without looking at their data", () => {
    const attachments = [{ mime: "image/png", url: "data:image/png;base64,AAAA" }, { mime: "text/plain" }];
    expect(contentOf("read", { input: { filePath: "a.png" }, output: "Image read", attachments }).slice(1)).toEqual([
      expect.objectContaining({ kind: "tool-result", path: "a.png", shape: shapeOf("Image read") }),
      { kind: "media", path: "a.png" },
    ]);
  });
});
