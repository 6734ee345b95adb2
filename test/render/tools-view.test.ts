import { JSDOM } from "jsdom";
import { describe, expect, test } from "vitest";
import { readPageAssets } from "../../src/cli/package-files.js";
import type { Panel } from "../../src/model/report.js";
import { renderHtml } from "../../src/render/index.js";
import { misplaced } from "../../src/report/misplaced.js";
import { checkedReport } from "../../src/report/schema.js";
import { foreignElements, foreignMarkup } from "../security/skeleton.js";
import { reportWrittenAs } from "../support/hostile-report.js";
import { documentOf, documentWith, footOf, headings, rows, texts } from "../support/panels.js";
import {
  chunkRow,
  editRow,
  intentRow,
  iterationRow,
  type SkillFields,
  skillReport,
  skillRow,
  use,
} from "../support/skill-report.js";
import { SUGGESTIONS, withSuggestions } from "../support/suggestions.js";

const assets = readPageAssets();
const whole = documentOf(await skillReport());
const panels = (document: Document) => [...document.querySelectorAll("#tools > h2[id]")].map(({ id }) => id);
test("the report that the panels are tested with is one", async () => {
  const report = await skillReport();
  expect(checkedReport(report)).toEqual({ report });
  expect(misplaced(report)).toBeNull();
});

describe("the section", () => {
  test("has a panel for everything that there is, and the operations last", () => {
    expect(panels(whole)).toEqual([
      ...["tools-title", "skills", "skill-metrics", "edits", "iterations", "chunks", "intents", "operations"],
    ]);
  });

  test("has no panel without data", async () => {
    expect(panels(await documentWith({}))).toEqual(["tools-title", "operations"]);
    expect(panels(await documentWith({ unusedSkills: [] }))).toEqual(["tools-title", "operations"]);
    expect(texts(await documentWith({}), "#tools .answer")).toEqual([]);
    const alone: Readonly<Record<string, Partial<SkillFields>>> = {
      skills: { skills: [skillRow("s", [use({})], { metrics: null })] },
      edits: { edits: [editRow({})] },
      iterations: { iterations: [iterationRow({})] },
      chunks: { chunks: [chunkRow({})] },
      intents: { intents: [intentRow("a", null, null)] },
    };
    for (const [id, fields] of Object.entries(alone))
      expect(panels(await documentWith(fields))).toEqual(["tools-title", id, "operations"]);
  });

  test("has a suggestion about skills or edits under its panel", async () => {
    const about = (panel: Panel) => ({ ...SUGGESTIONS[0], rule: `about-${panel}`, message: `It is ${panel}.`, panel });
    const report = withSuggestions(await skillReport(), [about("skills"), about("edits")] as never);
    const document = documentOf(report);
    for (const panel of ["skills", "edits"])
      expect(footOf(document, panel).filter((line) => line.startsWith("It is"))).toEqual([
        expect.stringMatching(new RegExp(`^It is ${panel}\\. → `)),
      ]);
  });
});

describe("skills", () => {
  test("begin with what they were used for and took", () => {
    expect(texts(whole, "#tools .answer")).toEqual([
      "2 skills were used 3 times: 2 of 3 uses succeeded. Their texts are 2,408 tokens that prompts carried along to 28,896 (18 % of all input, $0.0122). 2 further skills were there and not used.",
    ]);
  });

  test("say of each how often, since when, how well, what its texts took and what came after", () => {
    expect(headings(whole, "used-skills").slice(1)).toEqual([
      ...["Uses", "First use", "Load time", "Succeeded", "Content", "Carried", "Input cost"],
      ...["Steps after", "Calls after", "Failed after", "Time after", "Tokens after"],
    ]);
    expect(rows(whole, "used-skills").map((row) => row.slice(1))).toEqual([
      ["2", "2.2 s", "28 ms", "2 of 2", "1,204", "14,448", "$0.0061", "12", "13", "1", "17.7 s", "109,423"],
      ["1", "23.7 s", "38 ms", "0 of 1", "1,204", "14,448", "$0.0061", "2", "1", "1", "3.1 s", "24,611"],
    ]);
  });

  test("have what they are for and their folder under their name, and a link to their first call", () => {
    const [name] = whole.querySelectorAll("table.used-skills td.name");
    expect(texts(name as Element, "small")).toEqual([
      "Reads before it edits, and runs the tests behind every change",
      "~/auth-app/.opencode/skills/code-agent",
    ]);
    expect(name?.querySelector("a")?.getAttribute("href")).toBe("#s5");
  });

  test("are told use by use, in time order, each with a link to where it was", () => {
    expect(rows(whole, "skill-uses").map((row) => row.slice(0, 6))).toEqual([
      ["code-agent", "#2", "2.2 s", "skill tool", "28 ms", "succeeded"],
      ["code-agent", "#8", "15.1 s", "you", "–", "succeeded; 2 checks, the last passed"],
      ["test-writer", "#13", "23.7 s", "own tool", "38 ms", "failed; 1 check, which failed"],
    ]);
    const links = [...whole.querySelectorAll("table.skill-uses a")].map((link) => link.getAttribute("href"));
    expect(links).toEqual(["#s5", "#m2", "#m8", "#s48", "#m13"]);
  });

  test("that could not be loaded, or of which nothing says how they ended, say so", async () => {
    const uses = [use({ status: "error", success: false }), use({ success: null }), use({ checks: 2, success: true })];
    const document = await documentWith({ skills: [skillRow("s", uses)] });
    expect(rows(document, "skill-uses").map((row) => row[5])).toEqual([
      ...["loading failed", "not known how it ended", "succeeded; 2 checks"],
    ]);
    expect(rows(document, "used-skills")[0]?.[4]).toBe("1 of 2");
  });

  test("that nothing tells an outcome of have none, and no cost where one is not known", async () => {
    const skills = [skillRow("s", [use({ success: null })], { costUsd: null }), skillRow("t", [use({})])];
    const document = await documentWith({ skills: skills.slice(0, 1) });
    expect(rows(document, "used-skills")[0]?.slice(4, 8)).toEqual(["–", "1,204", "14,448", "–"]);
    expect(texts(document, "#tools .answer")[0]).not.toMatch(/succeeded|\$/);
    expect(texts(await documentWith({ skills }), "#tools .answer")[0]).not.toContain("$");
  });

  test("that were not used are listed; where they could not be looked for, they are not known", async () => {
    expect(rows(whole, "unused-skills").map(([name]) => name)).toEqual(["release-notes", "migrations"]);
    const skills = [skillRow("s", [use({})])];
    const unknown = await documentWith({ skills, unusedSkills: null });
    expect(footOf(unknown, "skills").at(-1)).toMatch(/^Which skills were there and not used is not known: .*folder/);
    const none = await documentWith({ skills, unusedSkills: [] });
    expect(footOf(none, "skills").at(-1)).toMatch(/^Every skill .* was used\.$/);
    for (const document of [unknown, none]) expect(document.querySelector("table.unused-skills")).toBeNull();
    const unused = [{ name: "a", description: null, folder: "~/a" }];
    expect(texts(await documentWith({ unusedSkills: unused }), "#tools .answer")).toEqual([
      "No use of a skill is recorded; 1 skill could have been used.",
    ]);
  });

  test("beyond 200 are summed in one row", async () => {
    const skills = Array.from({ length: 203 }, (_, i) => skillRow(`s${i}`, [use({ durationMs: 10 })]));
    expect(rows(await documentWith({ skills }), "used-skills").at(-1)).toEqual([
      ...["3 further skills", "3", "", "30 ms", "3 of 3", "3,612", "43,344", "$0.0183", "15", "18", "0"],
      ...["17.9 s", "114,657"],
    ]);
  });
});

test("skill metrics are those of telemetry, without a column that no record fills", () => {
  expect(headings(whole, "skill-metrics")).not.toContain("Handed on");
  expect(rows(whole, "skill-metrics")).toEqual([
    ["code-agent", "3", "2 of 3", "40,812", "19.9 s", "2", "3", "1"],
    ["test-writer", "1", "1 of 1", "–", "3.1 s", "0", "–", "0"],
  ]);
});

describe("edits", () => {
  test("have a rate and its n for each format and model, and totals", () => {
    expect(headings(whole, "edit-matrix")).toEqual(["Format", "mock/mock-large", "mock/mock-small", "All models"]);
    expect(rows(whole, "edit-matrix")).toEqual([
      ["edit", "67 % of 3", "100 % of 4", "86 % of 7"],
      ["write", "100 % of 1", "–", "100 % of 1"],
      ["All formats", "75 % of 4", "100 % of 4", "88 % of 8"],
    ]);
    const bars = [...whole.querySelectorAll("table.edit-matrix tbody tr:first-child svg rect")];
    expect(bars.map((bar) => bar.getAttribute("width"))).toEqual(["66.67%", "100%", "85.71%"]);
  });

  test("from telemetry stand in a matrix of their own", () => {
    expect(rows(whole, "telemetry-edit-matrix")).toEqual([
      ["udiff", "50 % of 6"],
      ["whole-file", "100 % of 2"],
      ["All formats", "63 % of 8"],
    ]);
    expect(texts(whole, "#edits small")).toEqual([
      "7 of 8 tries worked (88 %); failed ones took 2 steps and 21,870 tokens",
    ]);
    expect(headings(whole, "telemetry-edits")).toEqual(["Format", "Model", "Tries", "Failed", "Files"]);
  });

  test("of one format and model have no totals, and those that never ended no rate", async () => {
    const document = await documentWith({ edits: [editRow({ model: null, succeeded: 0, failed: 0 })] });
    expect(headings(document, "edit-matrix")).toEqual(["Format", "model not known"]);
    expect(rows(document, "edit-matrix")).toEqual([["edit", "–"]]);
    expect(document.querySelector("table.edit-matrix svg")).toBeNull();
  });

  test("by more models than can stand side by side have the most tried, and all together", async () => {
    const edits = Array.from({ length: 9 }, (_, i) => editRow({ model: `p/m${i}`, attempts: 20 - i }));
    const document = await documentWith({ edits });
    expect(headings(document, "edit-matrix").slice(-2)).toEqual(["p/m5", "All models, 3 more"]);
    expect(rows(document, "edit-matrix")).toEqual([["edit", ...Array(6).fill("67 % of 3"), "67 % of 27"]]);
  });

  test("say what they took, by format and model and by file", () => {
    expect(rows(whole, "edits")).toEqual([
      ["edit", "mock/mock-large", "3", "1", "1", "2", "21,870", "9", "4"],
      ["write", "mock/mock-large", "1", "", "1", "", "", "22", "0"],
      ["edit", "mock/mock-small", "4", "", "1", "", "", "–", "0"],
    ]);
    expect(rows(whole, "edited-files")).toEqual([
      ["src/auth/session.ts", "3", "1", "9", "4"],
      ["src/components/AuthPanel.test.tsx", "1", "", "22", "0"],
    ]);
    expect(whole.querySelector("table.edited-files a")?.getAttribute("href")).toBe("#s32");
  });
});

describe("iterations", () => {
  test("are counted by skill, by turn and by tool, what is flaky in words", () => {
    expect(rows(whole, "iterations-by-skill")).toEqual([["code-agent flaky", "2", "1", "1", "1", "", "1"]]);
    expect(rows(whole, "iterations-by-turn")).toEqual([['"PLAY-TWO Can you fix it"', "7", "1", "1", "1", "1"]]);
    expect(rows(whole, "iterations-by-tool")).toEqual([
      ["edit", "3", "1", "1", "1", ""],
      ["bash flaky", "2", "1", "1", "1", "1"],
    ]);
    expect(texts(whole, "#iterations small")).toEqual(["1 retry, of which 1 worked; 1 verification loop"]);
    expect(footOf(whole, "iterations").at(-1)).toMatch(/^Flaky: /);
  });

  test("have no limit where nothing records one", async () => {
    const document = await documentWith({ iterations: [iterationRow({})] });
    expect(headings(document, "iterations-by-tool").at(-1)).toBe("Verification loops");
    expect(document.querySelector("table.iterations-by-turn")).toBeNull();
    expect(footOf(document, "iterations")).toHaveLength(1);
  });
});

test("whatever skills, formats, models, files and labels are called stays text", async () => {
  const bad = `</script></td><img src=x onerror="alert(1)"><%= it.x %>'"\u202e`;
  const html = renderHtml(reportWrittenAs(await skillReport(), bad), assets);
  expect(foreignMarkup(html, assets)).toEqual([]);
  expect(foreignElements(html.replace(`<script>${assets.js}</script>`, ""))).toEqual([]);
  const { document } = new JSDOM(html).window;
  const shown = bad.replace("\u202e", "\\u202e");
  for (const place of ["table.used-skills small", "table.edit-matrix th:nth-child(2)", "table.edited-files a"])
    expect(document.querySelector(place)?.textContent).toBe(shown);
  for (const table of ["skill-metrics", "edit-matrix", "unused-skills", "confusion", "intents"])
    expect(document.querySelector(`table.${table} td`)?.textContent).toBe(shown);
});
