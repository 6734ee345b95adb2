import { JSDOM } from "jsdom";
import { describe, expect, test } from "vitest";
import { readPageAssets } from "../../src/cli/package-files.js";
import type { SkillsOverview } from "../../src/model/skills-overview.js";
import { renderSkillsPage } from "../../src/render/skills-page.js";
import { SKILLS_OVERVIEW } from "../support/skills-overview.js";

const pageOf = (overview: Partial<SkillsOverview> = {}) =>
  new JSDOM(renderSkillsPage({ ...SKILLS_OVERVIEW, ...overview }, readPageAssets())).window.document;
const textOf = (element: Element | null) => element?.textContent?.replace(/\s+/g, " ").trim() ?? "";
const rowsOf = (page: Document, name: string) =>
  [...page.querySelectorAll(`table[data-table="${name}"] tbody tr`)].map((row) => [...row.children].map(textOf));

describe("the page of skills", () => {
  test("says the answer first, and what was looked at", () => {
    const page = pageOf();
    expect(textOf(page.querySelector(".answer"))).toBe(
      "2 skills were used 4 times in 2 sessions; 67 % of the uses ended well.",
    );
    expect(textOf(page.querySelector(".meta"))).toBe("3 sessions, 1 copy left out");
  });

  test("has a row a skill, with what came after it", () => {
    expect(rowsOf(pageOf(), "skills")[0]).toEqual([
      ...["code-agent", "3", "2", "2 of 3", "20 ms", "80", "900", "$0.0010", "9", "12", "1", "1 min 05 s", "123,456"],
    ]);
    expect(rowsOf(pageOf(), "about")[0]).toEqual([
      ...["code-agent", "How to edit code", "1 Jan 1970, 00:00 UTC", "12 Jan 1970, 00:00 UTC"],
      "~/app/.opencode/skills/code-agent",
    ]);
    expect(rowsOf(pageOf(), "skills")[1]?.[3]).toBe("");
  });

  test("shows the trend by week, projects, sessions, and what was never used", () => {
    const page = pageOf();
    expect(rowsOf(page, "weeks").map((cells) => cells.slice(0, 5))).toEqual([
      ["12 Jan 1970", "code-agent", "2", "1 of 2", "40 ms"],
      ["5 Jan 1970", "code-agent", "1", "1 of 1", "–"],
    ]);
    expect(rowsOf(page, "projects")[0]).toEqual(["~/app", "3", "2", "code-agent (2), tests"]);
    expect(rowsOf(page, "sessions")[0]?.[0]).toBe("Mend <b>it</b>");
    expect(rowsOf(page, "metrics")).toEqual([["tests", "2", "1 of 2", "4,000", "–", "3", "–", "1", "0"]]);
    expect(rowsOf(page, "unused")).toEqual([
      ["release-notes", "How notes are written", "~/app/.opencode/skills/release-notes"],
    ]);
  });

  test("of one session has every use, and leaves out what is about several", () => {
    const page = pageOf({ scope: { ...SKILLS_OVERVIEW.scope, sessionId: "ses_2" } });
    expect(textOf(page.querySelector("h1"))).toBe("Skills of Mend <b>it</b>");
    expect([rowsOf(page, "projects"), rowsOf(page, "sessions"), rowsOf(pageOf(), "uses")]).toEqual([[], [], []]);
    expect(rowsOf(page, "uses")).toEqual([
      [
        ...["code-agent", "12 Jan 1970, 00:00 UTC", "skill tool", "ok", "20 ms", "failed; 2 checks, the last failed"],
        ...["3", "4", "1", "9.0 s", "1,200"],
      ],
    ]);
  });

  test("runs no script and loads nothing", () => {
    const page = pageOf();
    expect(page.querySelectorAll("script, img, link, iframe")).toHaveLength(0);
    expect(page.querySelector("meta[http-equiv]")?.getAttribute("content")).toMatch(
      /^default-src 'none'; style-src 'sha256-/,
    );
  });
});

test.each([
  [null, 2, 2, /is not known: the folders of the sessions are not on this machine/],
  [[], 2, 0, /^Every skill that lies there now was used\.$/],
  [[], 2, 1, /was used\. Of 1 of 2 folders it is not known: they are not on this machine\.$/],
  [SKILLS_OVERVIEW.unusedSkills, 2, 0, /^$/],
])(
  "of unused skills %j in %i folders, %i of them unknown, it says %s",
  (unusedSkills, folders, unknownFolders, words) => {
    const scope = { ...SKILLS_OVERVIEW.scope, folders, unknownFolders };
    const feet = [...pageOf({ unusedSkills, scope }).querySelectorAll(".foot")].map(textOf);
    expect(feet.join("")).toMatch(words);
  },
);

test("without any skill the page says so", () => {
  const page = pageOf({ skills: [], weeks: [], projects: [], sessions: [], unusedSkills: null });
  expect(textOf(page.querySelector(".answer"))).toBe("No skill was used.");
  expect(page.querySelectorAll("table")).toHaveLength(0);
});
