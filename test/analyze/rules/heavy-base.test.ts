import { expect, test } from "vitest";
import { foundIn, foundInRecorded, foundInStory } from "../../support/findings.js";
import { sessionFromStory } from "../../support/story-text.js";

// 10 words of prompt are 11 or 12 tokens; an answer without text adds nothing.
const story = (prompt: number, { calls = 3, tool = "read src/a.ts", gives = 0 } = {}) =>
  `
  turn 0..9000 asks:10
    step 0..1000 prompt:${prompt} out:9
      ${tool} 900..1000 gives:${gives}${Array.from(
        { length: calls - 1 },
        (_, i) => `
    step ${i + 1}000..${i + 2}000 prompt:${prompt + 7 + gives} out:9`,
      ).join("")}`;

const withServers = (text: string, mcpServers: readonly string[]) => {
  const session = sessionFromStory(text);
  return foundIn("heavy-base", { ...session, local: { contextLimits: {}, mcpServers, skills: null, files: [] } });
};

test("fires at 20,000 tokens that every call began with, and claims nothing", () => {
  const [found] = foundInStory("heavy-base", story(20_012));
  expect(found?.savings).toEqual({});
  expect(found?.message).toBe(
    "The system prompt and the tool definitions took 20.0\u00a0K tokens of every call, 100\u00a0% of all input.",
  );
  expect([found?.basis, found?.affected, found?.evidence.length, found?.caveat]).toEqual(["derived", 3, 1, null]);
});

test("says nothing of less, or of fewer calls", () => {
  expect(foundInStory("heavy-base", story(20_010))).toEqual([]);
  expect(foundInStory("heavy-base", story(20_012, { calls: 2 }))).toEqual([]);
});

test("says nothing where most of the input was something else", () => {
  // By hand: the first prompt is all base, the two others hold 20,000 tokens of it each: 60,000 of 220,000.
  expect(foundInStory("heavy-base", story(20_012, { gives: 80_000 }))).toEqual([]);
  expect(foundInStory("heavy-base", story(20_012, { gives: 60_000 }))).toHaveLength(1);
});

test("names servers that no call was for, from 12,000 tokens on, and how to turn them off", () => {
  const text = story(12_012, { tool: "github_search_issues" });
  const [found] = withServers(text, ["github", "jira", "db"]);
  expect(found?.title).toBe("Turn off servers that are not used");
  expect(found?.message).toContain("No call was for jira and db,");
  expect(JSON.parse(found?.apply[0]?.text ?? "")).toEqual({
    mcp: { jira: { enabled: false }, db: { enabled: false } },
  });
  expect(withServers(text, ["github"])).toEqual([]);
  expect(withServers(story(12_000), ["jira"])).toEqual([]);
});

test("says how long the definitions of those servers were, where a recording does, and names none that was off", () => {
  const session = sessionFromStory(story(12_012, { tool: "github_search_issues" }));
  const local = { contextLimits: {}, mcpServers: ["github", "jira", "db"], skills: null, files: [] };
  const definitions = { github_search_issues: 900, jira_find: 7_000, jira_close: 5_500, read: 800 };
  const tools = Object.entries(definitions).map(([tool, chars]) => ({ tool, chars }));
  const [found] = foundIn("heavy-base", { ...session, local, baseSizes: { systemChars: 9_000, tools } });
  expect(found?.message).toMatch(
    /No call was for jira, whose tools stand in every prompt; it takes 12,500 characters of it\.$/,
  );
  expect([found?.caveat, found?.apply[0]?.text.includes('"db"')]).toEqual([null, false]);
  const used = { systemChars: 9_000, tools: tools.filter(({ tool }) => !tool.startsWith("jira")) };
  expect(foundIn("heavy-base", { ...session, local, baseSizes: used })).toEqual([]);
});

test("finds nothing in the recorded debug-auth", async () => {
  expect(await foundInRecorded("heavy-base", "1.18.34 debug-auth", "Debug Auth")).toEqual([]);
});

test("finds the long instructions of the recorded session", async () => {
  const [found] = await foundInRecorded("heavy-base", "1.18.34 heavy-base", "Who is called first");
  // The first prompt had 32,931 tokens, of which the question took a few dozen.
  expect(found?.message).toContain("took 32.9\u00a0K tokens of every call, 97\u00a0% of all input");
  expect(found?.formula).toContain("tokens, median 32.9\u00a0K;");
});
