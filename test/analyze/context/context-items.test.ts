import { expect, test } from "vitest";
import { contextItems } from "../../../src/analyze/context/context-items.js";
import type { Message } from "../../../src/model/session.js";
import { sessionFromMessages } from "../../support/context-text.js";

const itemsOf = (line: string, isSubagent = false) =>
  contextItems(sessionFromMessages(line).messages[0] as Message, isSubagent);
const kinds = (line: string, isSubagent = false) => itemsOf(line, isSubagent).map(({ kind }) => kind);

test("a text is of whoever wrote the message: in a subagent it is the task", () => {
  expect(kinds("user text:5")).toEqual(["user"]);
  expect(kinds("user text:5", true)).toEqual(["task-prompt"]);
  expect(kinds("call build p/m text:5", true)).toEqual(["assistant"]);
  expect(kinds("summary build p/m text:5")).toEqual(["compaction-summary"]);
});

test("each part of a message is a piece, in its order", () => {
  expect(kinds("user file:a.ts:30 image:b.png text:5")).toEqual(["attached-file", "attached-file", "user"]);
  expect(kinds("call build p/m think:9 text:5 [read a.ts 30]")).toEqual([
    ...["reasoning", "assistant", "tool-call", "tool-result"],
  ]);
});

test("an image has no shape to judge it by", () => {
  expect(itemsOf("user image:b.png")).toMatchObject([{ shape: null, path: "b.png" }]);
});

test("a result knows its tool, its file, its skill and when it was pruned", () => {
  const [, read] = itemsOf("call build p/m [read src/a.ts 30 pruned:9000]");
  expect(read).toMatchObject({ tool: "read", path: "src/a.ts", skill: null, prunedAt: 9000 });
  const [, skill] = itemsOf("call build p/m [skill 30 skill:pdf]");
  expect(skill).toMatchObject({ tool: "skill", path: null, skill: "pdf", prunedAt: null });
});

test("the reasoning that the provider counted is shared by the pieces of the answer that are reasoning", () => {
  const items = itemsOf("call build p/m prompt:10 reasoned:90 think:5 text:3 think:50");
  expect(items.map(({ reasoningTokens }) => reasoningTokens)).toEqual([45, 0, 45]);
  expect(itemsOf("call build p/m think:5").map(({ reasoningTokens }) => reasoningTokens)).toEqual([0]);
});
