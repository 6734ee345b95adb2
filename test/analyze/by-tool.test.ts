import { expect, test } from "vitest";
import { tokensByServer, tokensBySkill, tokensByTool } from "../../src/analyze/by-tool.js";
import { carriedIn, sessionFromMessages } from "../support/context-text.js";

type Rows = typeof tokensByTool;
const rowsOf = (rows: Rows, text: string, mcpServers: readonly string[] | null = null) => {
  const session = { ...sessionFromMessages(text), local: { contextLimits: {}, mcpServers, skills: null, files: [] } };
  return rows(session, carriedIn(session));
};

// 100 words are 106 tokens.
const CALLS = `
  user text:100
  call build p/m prompt:1106 [bash 100 asks:100] [docs_ask 100 asks:100] [bash 100 asks:100 error]
  call build p/m prompt:1742
  call build p/m prompt:1742 [skill 100 skill:pdf]
`;

test("a tool has its calls, its errors, its arguments and its results, over every call that held them", () => {
  expect(rowsOf(tokensByTool, CALLS)).toEqual([
    {
      ...{ name: "bash", calls: 2, errors: 1, argumentTokens: 212, resultTokens: 212, carriedTokens: 848 },
      ...{ costUsd: 8480, basis: "recorded" },
    },
    {
      ...{ name: "docs_ask", calls: 1, errors: 0, argumentTokens: 106, resultTokens: 106, carriedTokens: 424 },
      ...{ costUsd: 4240, basis: "recorded" },
    },
    {
      ...{ name: "skill", calls: 1, errors: 0, argumentTokens: 0, resultTokens: 0, carriedTokens: 0 },
      ...{ costUsd: 0, basis: "recorded" },
    },
  ]);
});

test("a server has what all of its tools took, and the agent's own tools are of none", () => {
  const text = `${CALLS}\n call build p/m [docs_list 10] [other_ask 10]`;
  const servers = rowsOf(tokensByServer, text, ["docs"]);
  expect(servers.map(({ name, calls, carriedTokens, basis }) => [name, calls, carriedTokens, basis])).toEqual([
    ["docs", 2, 424, "recorded"],
    ["other", 1, 0, "derived"],
  ]);
});

test("a skill has what the calls that loaded it took, other calls of the tool not", () => {
  const skills = rowsOf(
    tokensBySkill,
    `
    user text:100
    call build p/m prompt:1106 [skill 100 asks:100 skill:pdf] [skill 100 asks:100 error] [skill 100 asks:100 skill:pdf]
    call build p/m prompt:1742
  `,
  );
  expect(skills).toMatchObject([{ name: "pdf", calls: 2, errors: 0, argumentTokens: 212, resultTokens: 212 }]);
  expect(skills).toHaveLength(1);
});
