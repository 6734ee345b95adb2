import { expect, test } from "vitest";
import { mcpServerOf } from "../../src/report/tool-names.js";

test("a tool is of the server in the settings that its name begins with", () => {
  expect(mcpServerOf("docs_search", ["docs", "web"])).toEqual({ server: "docs", basis: "recorded" });
});

test("of several servers that fit, the longest is meant, in any order", () => {
  for (const servers of [
    ["git", "git_hub"],
    ["git_hub", "git"],
  ])
    expect(mcpServerOf("git_hub_list_issues", servers)).toEqual({ server: "git_hub", basis: "recorded" });
});

test("a server may have dashes, dots and spaces in its name", () => {
  expect(mcpServerOf("my-docs_search", ["my-docs"])?.server).toBe("my-docs");
  expect(mcpServerOf("my_docs_v2_search", ["my.docs v2"])).toEqual({ server: "my.docs v2", basis: "recorded" });
});

test("a server is not one whose name only begins alike", () => {
  expect(mcpServerOf("docs2_search", ["docs"])).toEqual({ server: "docs2", basis: "derived" });
});

test("without settings the server is what stands before the first _", () => {
  expect(mcpServerOf("docs_search_all", null)).toEqual({ server: "docs", basis: "derived" });
  expect(mcpServerOf("my-docs_search", [])).toEqual({ server: "my-docs", basis: "derived" });
});

test("the agent's own tools are of no server, whatever the settings name", () => {
  for (const tool of ["read", "bash", "apply_patch", "plan_exit", "lsp_hover", "subagent"])
    expect(mcpServerOf(tool, ["apply", "plan", "lsp"])).toBeNull();
});

test("a name without a server before it is of none", () => {
  expect(["deploy", "_deploy", "deploy_"].map((tool) => mcpServerOf(tool, null))).toEqual([null, null, null]);
});
