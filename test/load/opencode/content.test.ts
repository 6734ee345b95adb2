import { describe, expect, test } from "vitest";
import { announcedFile, messageContent } from "../../../src/load/opencode/content.js";
import { partDraft } from "../../../src/load/opencode/drafts-1.js";
import { messageDraft2 } from "../../../src/load/opencode/drafts-2.js";
import { PartData } from "../../../src/load/opencode/json-1.js";
import { Message2 } from "../../../src/load/opencode/json-2.js";
import { parseData } from "../../../src/load/opencode/parse-data.js";
import { shapeOf } from "../../../src/load/text-shape.js";
import type { ContentPart } from "../../../src/model/session.js";
import { messageDraft } from "../../support/message-drafts.js";

/** What a part is, and of what: `file /p/a.ts`. */
function drawn(part: ContentPart): string {
  if (part.kind === "tool-call") return `call ${part.tool} ${part.status}`;
  if (part.kind === "tool-result") return `result ${part.tool}`;
  return "path" in part ? `${part.kind} ${part.path}` : part.kind;
}

const ANNOUNCED = 'Called the Read tool with the following input: {"filePath":"/p/a.ts"}';
const text = (words: string, more: object = {}) => ({ type: "text", text: words, ...more });
const synthetic = (words: string) => text(words, { synthetic: true });
const tool = (name: string, state: object = {}) => ({
  ...{ type: "tool", tool: name, callID: `call_${name}` },
  state: { status: "completed", input: {}, output: "out", metadata: {}, ...state },
});

describe("generation 1", () => {
  function contentOf(role: "user" | "assistant", parts: readonly object[], error: string | null = null) {
    const message = messageDraft("msg_1", role, {
      error: error === null ? null : { name: error, message: "", isAbort: error === "MessageAbortedError" },
    });
    const drafts = parts.map((part, i) => {
      const row = { id: `prt_${i}`, message_id: "msg_1", time_created: 0, time_updated: 0, data: null };
      return partDraft(row, parseData(PartData, part) as PartData, message, shapeOf);
    });
    return messageContent({ ...message, parts: drafts });
  }
  const drawnOf = (...args: Parameters<typeof contentOf>) => contentOf(...args).map(drawn);

  test("an @file is one content of that file; what announces it is text", () => {
    const file = { type: "file", mime: "text/plain", filename: "a.ts", url: "file:///p/a.ts" };
    const content = contentOf("user", [synthetic(ANNOUNCED), synthetic("1: const a = 1"), file, text("explain it")]);
    expect(content.map(drawn)).toEqual(["text", "file /p/a.ts", "text"]);
    expect(content[1]).toMatchObject({ shape: shapeOf("1: const a = 1"), digest: expect.stringMatching(/^\w{16}$/) });
  });

  test("each of several @files has its own content, and the user's words belong to none", () => {
    const other = ANNOUNCED.replace("a.ts", "b.ts");
    const parts = [synthetic(ANNOUNCED), synthetic("of a"), synthetic(other), synthetic("of b"), text("compare")];
    expect(drawnOf("user", parts)).toEqual(["text", "file /p/a.ts", "text", "file /p/b.ts", "text"]);
    expect(drawnOf("user", [synthetic(ANNOUNCED), text("mine"), synthetic("a remark")])).toEqual([
      "text",
      "text",
      "text",
    ]);
  });

  test("who writes like an announcement announces nothing", () => {
    expect(drawnOf("user", [text(ANNOUNCED), synthetic("a remark")])).toEqual(["text", "text"]);
    expect(announcedFile(ANNOUNCED)).toBe("/p/a.ts");
    expect(announcedFile("Called the Read tool with the following input: {")).toBeNull();
    expect(announcedFile("Called the Read tool with the following input: null")).toBeNull();
    expect(announcedFile('Called the Read tool with the following input: {"filePath":7}')).toBeNull();
  });

  test("what the model does not get is not there: ignored and empty texts, marks of steps", () => {
    const parts = [text("shown", { ignored: true }), text(""), { type: "step-start" }, text("said")];
    expect(drawnOf("assistant", parts)).toEqual(["text"]);
  });

  test("an image or a PDF is media, by its path, else its name; any other file stands as text beside it", () => {
    const parts = [
      { type: "file", mime: "image/png", filename: "a.png", source: { path: "img/a.png" } },
      { type: "file", mime: "application/pdf", filename: "b.pdf" },
      { type: "file", mime: "image/jpeg" },
      { type: "file", mime: "text/plain", filename: "c.ts" },
      { type: "file", mime: "application/x-directory", filename: "src" },
    ];
    expect(drawnOf("user", parts)).toEqual(["media img/a.png", "media b.pdf", "media null"]);
  });

  test("calls stand before results, each in order", () => {
    const parts = [{ type: "reasoning", text: "hm" }, tool("read"), text("and"), tool("bash")];
    expect(drawnOf("assistant", parts)).toEqual([
      ...["reasoning", "call read ok", "text", "call bash ok"],
      ...["result read", "result bash"],
    ]);
  });

  test("an answer that failed adds nothing", () => {
    expect(drawnOf("assistant", [text("half"), tool("bash")], "APIError")).toEqual([]);
  });

  test("an answer that was broken off adds what had come, if more than thoughts had", () => {
    const stopped = tool("bash", { status: "error", error: "Tool execution aborted", output: undefined });
    expect(drawnOf("assistant", [text("half")], "MessageAbortedError")).toEqual(["text"]);
    expect(drawnOf("assistant", [stopped], "MessageAbortedError")).toEqual(["call bash aborted", "result bash"]);
    expect(drawnOf("assistant", [{ type: "reasoning", text: "hm" }], "MessageAbortedError")).toEqual([]);
  });
});

describe("generation 2", () => {
  const facts = {
    ...{ id: "msg_1", sessionId: "ses_x", updatedAt: null, events: null, usage: null },
    countsReasoningInside: false,
  };
  function contentOf(data: object): ContentPart[] {
    const draft = messageDraft2(parseData(Message2, { time: { created: 0 }, ...data }) as Message2, facts, shapeOf);
    return draft ? messageContent(draft) : [];
  }
  const drawnOf = (data: object) => contentOf(data).map(drawn);

  test("a file that came with a prompt stands in its text, and is taken out of it", () => {
    const words = 'explain\n\n<file name="a.ts">\nconst a = 1\n</file>\n\n<file name="b.ts">\nb\n</file>';
    const content = contentOf({ type: "user", text: words, files: [] });
    expect(content.map(drawn)).toEqual(["text", "file a.ts", "file b.ts"]);
    expect(content[0]).toMatchObject({ shape: shapeOf("explain") });
    expect(content[1]).toMatchObject({ shape: shapeOf("const a = 1") });
  });

  test("a prompt that is only a file has no words of its own", () => {
    expect(drawnOf({ type: "user", text: '<file name="a.ts">\nx\n</file>' })).toEqual(["file a.ts"]);
  });

  test("a beginning without an end is what the user wrote", () => {
    expect(drawnOf({ type: "user", text: 'what is <file name="a.ts">\n?' })).toEqual(["text"]);
  });

  test("a text of a hundred thousand line breaks, or beginnings of files, is read at once", () => {
    const startedAt = performance.now();
    expect(drawnOf({ type: "user", text: `a${"\n".repeat(100_000)}b` })).toEqual(["text"]);
    expect(drawnOf({ type: "user", text: '<file name="a">\n'.repeat(2_000) })).toEqual(["text"]);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });

  test("instruction files that the program loaded are each a file", () => {
    const instruction = { paths: ["/p/AGENTS.md", "/p/src/AGENTS.md"] };
    const words = "Instructions from: /p/AGENTS.md\nBe kind.\n\nInstructions from: /p/src/AGENTS.md\nTest all.";
    expect(drawnOf({ type: "synthetic", text: words, metadata: { instruction } })).toEqual([
      "file /p/AGENTS.md",
      "file /p/src/AGENTS.md",
    ]);
    expect(drawnOf({ type: "synthetic", text: words })).toEqual(["text"]);
  });

  test("a file whose name begins like another's is not taken for it", () => {
    const instruction = { paths: ["/p/A", "/p/A.md"] };
    const words = "Instructions from: /p/A.md\nlong\n\nInstructions from: /p/A\nshort";
    expect(drawnOf({ type: "synthetic", text: words, metadata: { instruction } })).toEqual([
      "file /p/A.md",
      "file /p/A",
    ]);
  });

  test("images of a prompt and of a result are media", () => {
    const files = [{ mime: "image/png", name: "a.png" }];
    expect(drawnOf({ type: "user", text: "see", files })).toEqual(["text", "media a.png"]);
    const content = [
      { type: "text", text: "an image" },
      { type: "file", mime: "image/png" },
    ];
    const call = { type: "tool", id: "call_1", name: "read", time: { created: 0, completed: 1 } };
    const item = { ...call, state: { status: "completed", input: { path: "b.png" }, content } };
    expect(drawnOf({ type: "assistant", content: [item] })).toEqual(["call read ok", "result read", "media b.png"]);
  });

  test("a skill is its name, as the user typed it, and its text", () => {
    expect(contentOf({ type: "skill", name: "review", text: "Look closely." })).toMatchObject([
      { kind: "text", shape: shapeOf("/review") },
      { kind: "text", shape: shapeOf("Look closely.") },
    ]);
  });
});
