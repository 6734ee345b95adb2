import { JSDOM } from "jsdom";
import { describe, expect, test } from "vitest";
import { analyze } from "../../src/analyze/index.js";
import { readPageAssets } from "../../src/cli/package-files.js";
import type { Panel, Report, Savings, Suggestion } from "../../src/model/report.js";
import { renderHtml } from "../../src/render/index.js";
import { panelRemarks } from "../../src/render/view/remarks.js";
import { savingsView } from "../../src/render/view/savings.js";
import { suggestionsAnswer } from "../../src/render/view/suggestions-answer.js";
import { EXAMPLE, loadRoots, recordedPath } from "../support/fixtures.js";
import { redacted } from "../support/redacted.js";
import { sessionFromText } from "../support/session-text.js";
import { SUGGESTIONS, withSuggestions } from "../support/suggestions.js";

const assets = readPageAssets();
const reportOf = async (path: string): Promise<Report> => {
  const [session] = await loadRoots(path);
  if (!session) throw new Error(`no session: ${path}`);
  return analyze(redacted(session, "paths"), "test");
};
const example = await reportOf(EXAMPLE);
const documentOf = (report: Report) => new JSDOM(renderHtml(report, assets)).window.document;
const text = (element: Element | null | undefined) => (element?.textContent ?? "").replace(/\s+/g, " ").trim();
const texts = (root: ParentNode, selector: string) => [...root.querySelectorAll(selector)].map(text);
const first = SUGGESTIONS[0] as Suggestion;
const given = (changes: Partial<Suggestion>): Suggestion => ({ ...first, ...changes });

describe("what a change would save", () => {
  const shown = (savings: Savings) =>
    savingsView(given({ savings })).savings.map(({ text: figure, detail }) => [figure, detail].join(" ").trim());

  test("each figure that is known, none that is not", () => {
    expect(shown({ ms: 1_512, share: 0.0655, tokens: 12_300, usd: 0.0031 })).toEqual([
      "−1.5\u00a0s 7\u00a0% of active",
      "−12,300\u00a0tokens",
      "−$0.0031",
    ]);
    expect(shown({ tokens: 1 })).toEqual(["−1\u00a0tokens"]);
    expect(shown({})).toEqual([]);
  });

  test("time without a share is time that the agent waited for the user", () =>
    expect(shown({ ms: 2_000 })).toEqual(["−2.0\u00a0s of waiting for you"]));

  test("nothing has no sign, too little to be shown neither, and what costs more a plus", () =>
    expect(shown({ tokens: 0, usd: 0.00001, ms: -500 })).toEqual([
      "+500\u00a0ms of waiting for you",
      "0\u00a0tokens",
      "<\u00a0$0.0001",
    ]));

  test("where nothing is known it says so, or that it is merely noted where there is nothing to apply either", () => {
    expect(savingsView(given({})).quiet).toBe("");
    expect(savingsView(given({ savings: {} })).quiet).toBe("saving not known");
    expect(savingsView(given({ savings: {}, apply: [] })).quiet).toBe("noted");
  });
});

describe("the answer", () => {
  const answer = (...suggestions: Suggestion[]) => {
    const { lead, rest } = suggestionsAnswer(withSuggestions(example, suggestions));
    return `${lead}${rest}`.replaceAll("\u00a0", " ");
  };
  const saving = (savings: Savings, title = "Do it") => given({ savings, title });

  test("is what the first of them would save, and never a sum", () =>
    expect(answer(saving({ ms: 1_500, share: 0.06 }, "Read at once."), saving({ ms: 500, share: 0.02 }))).toBe(
      "1.5 s of 23.1 s of work would have been saved by the largest of 2 suggestions: Read at once.",
    ));

  test("is about what is the largest part of its whole: time, tokens, cost or the wait for the user", () => {
    expect(answer(saving({ ms: 100, share: 0.004, tokens: 123_000, usd: 0.01 }))).toBe(
      "123,000 of 165,101 tokens would have been saved by one change: Do it.",
    );
    expect(answer(saving({ tokens: 10, usd: 0.01 }))).toMatch(/^\$0\.0100 of \$0\.1143 would have/);
    expect(answer(saving({ ms: 2_000 }))).toMatch(/^2\.0 s of waiting for you would have/);
  });

  test("is a limit, without digits that nobody knows, where it is estimated", () =>
    expect(answer(given({ basis: "estimated" }))).toMatch(/^Up to 12\.3 K of 165\.1 K tokens could have been saved/));

  test("without any saving that is known, says so", () => {
    const unknown = saving({});
    expect(answer(unknown)).toBe("1 suggestion; what would have been saved cannot be told.");
    expect(answer(unknown, unknown)).toBe("2 suggestions; what would have been saved cannot be told.");
  });

  test("of nothing found: that, and what was looked into; of nothing to look into, only that", () => {
    expect(answer()).toBe("Nothing worth changing was found.");
    const section = documentOf(withSuggestions(example, [])).getElementById("suggestions") as Element;
    expect(texts(section, "p")[1]).toMatch(/^Looked into: steps /);
    expect(section.querySelector(".empty, em, article")).toBeNull();
    const empty = documentOf(analyze(sessionFromText("session 0..0"), "test"));
    expect(texts(empty.getElementById("suggestions") as Element, "p")).toEqual([
      "Nothing to look into: no model call and no tool call.",
    ]);
  });
});

describe("the page", () => {
  const document = documentOf(withSuggestions(example));
  const card = (rule: string) => document.getElementById(`suggestion-${rule}`) as Element;

  test("has a section of them between Skills and tools and Notes, and a link with the number of those that ask for a change", () => {
    expect([...document.querySelectorAll("section")].map(({ id }) => id).slice(-3)).toEqual([
      "tools",
      "suggestions",
      "notes",
    ]);
    expect(texts(document, "nav a").at(-2)).toBe("Suggestions (6)");
  });

  test("shows each with all that is known of it, in the order of the Report, without a script", () => {
    expect(texts(document, "#suggestions h3")).toEqual(SUGGESTIONS.map(({ title }) => title));
    expect(text(card("failed-edit"))).toBe(
      [
        "Read a file again before a second edit",
        "reliability 1 call −1.0 s 4 % of active",
        "An edit of src/auth/session.ts failed, for its text was not in the file; 2 steps went into mending it.",
        "A failed edit costs a read and another edit, each a step of its own.",
        "Add to AGENTS.mdCopy the text that an edit replaces from the file; never write it from memory.",
        "Say in a promptBefore each edit of a file that you have changed, read it again.",
        "EvidenceStep #10: edit session.ts, edit session.ts (#10), read session.ts (#11), edit session.ts (#12)",
        "Basismeasured: steps 3 and 4 of the turn: 0.5 s + 0.5 s",
        "CaveatThe second read may have been needed for something else as well.",
      ].join(" "),
    );
  });

  test("says once that savings do not add up", () =>
    expect(texts(document, "#suggestions .foot")).toEqual([expect.stringContaining("do not add them up")]));

  test("keeps the lines of a text to apply", () =>
    expect(card("large-model").querySelector("pre")?.textContent).toBe(SUGGESTIONS[2]?.apply[0]?.text));

  test("links the first 12 spans of the evidence, in the words of the tables, and counts the others", () => {
    const evidence = card("large-model").querySelector("dd") as Element;
    expect(texts(evidence, "a")).toHaveLength(12);
    expect(texts(evidence, "a").slice(0, 2)).toEqual(["Response #2", "Response #3"]);
    expect(text(evidence)).toMatch(/ and 2 more$/);
    expect(texts(card("sequential-reads"), "dd a")).toEqual([
      "read session.ts (#3)",
      "read middleware.ts (#4)",
      "read types.ts (#5)",
    ]);
    expect(texts(card("long-wait"), "dd a")).toEqual(["waiting for you, 6.9 s", "waiting for you, 5.8 s"]);
    expect(texts(card("long-wait-2"), "dd a")).toEqual(["Response #7: waiting for the model"]);
    expect(texts(card("vague-prompt"), "dd a")).toEqual(["Turn #8"]);
  });

  test("shows the first three in the Overview, each with its largest figure and a link to its card", () => {
    const cards = [...document.querySelectorAll("#overview .card")];
    expect(cards.map((one) => text(one.querySelector("h3")))).toEqual(
      SUGGESTIONS.slice(0, 3).map(({ title }) => title),
    );
    expect(cards.map((one) => one.querySelector("a")?.getAttribute("href"))).toEqual([
      "#suggestion-sequential-reads",
      "#suggestion-failed-edit",
      "#suggestion-large-model",
    ]);
    expect(texts(document, "#overview .saves")).toEqual([
      "−1.5 s 7 % of active",
      "−1.0 s 4 % of active",
      "up to −$0.0412",
    ]);
    expect(text(document.querySelector('#overview a[href="#suggestions"]'))).toBe("All 6 suggestions");
  });

  test("says in the Overview in one line that there is none", () => {
    const none = documentOf(withSuggestions(example, []));
    expect(texts(none, "#overview .empty")).toEqual(["Nothing worth changing was found."]);
    expect(texts(none, ".card, .remark")).toEqual([]);
  });

  test("repeats one as a line under the panel that it is about", () => {
    const lineOf = (selector: string) => {
      const panel = document.querySelector(selector)?.closest(".scroll") ?? document.querySelector(selector);
      let at = panel?.nextElementSibling;
      while (at && !at.matches(".remark, h2")) at = at.nextElementSibling;
      return text(at?.matches(".remark") ? at : null);
    };
    expect(lineOf("svg.ledger")).toBe("The agent waited 6.9 s for you. → Answer sooner");
    expect(lineOf("table.critical")).toMatch(/^3 steps in a row .* → Read files in one step$/);
    expect(lineOf("table.files")).toMatch(/^src\/auth\/session\.ts is 18 % .* → Read the part/);
    expect(lineOf("table.messages")).toMatch(/^Turn 2 ended .* → Say what/);
    expect(lineOf("table.models")).toMatch(/^9 of 14 .* → Let a smaller/);
    expect(lineOf("table.tools")).toMatch(/^An edit .* → Read a file/);
    expect(texts(document, ".remark")).toHaveLength(SUGGESTIONS.length);
  });
});

describe("the line under a panel", () => {
  const PANELS: Panel[] = [
    ...(["ledger", "slowest", "model-calls", "critical-path", "subagents", "composition"] as const),
    ...(["by-file", "by-message", "by-model", "by-tool", "compactions"] as const),
  ];

  test("stands on the page for every panel that is there, and the card for every other", async () => {
    const suggestions = PANELS.map((panel) => given({ panel, rule: `about-${panel}`, message: `It is ${panel}.` }));
    const remarked = async (name: string) => {
      const document = documentOf(withSuggestions(await reportOf(recordedPath(name)), suggestions));
      expect(document.querySelectorAll("#suggestions .card")).toHaveLength(PANELS.length);
      return texts(document, ".remark").map((line) => /^It is (.*)\. → /.exec(line)?.[1]);
    };
    const without = (...missing: Panel[]) => PANELS.filter((panel) => !missing.includes(panel)).sort();
    expect((await remarked("1.18.34 debug-auth")).sort()).toEqual(without("subagents", "compactions"));
    expect((await remarked("1.18.34 parallel-agents")).sort()).toEqual(without("compactions"));
    expect((await remarked("1.18.34 compaction")).sort()).toEqual(without("subagents"));
  });

  test("stands three times at most; the rest is counted", () => {
    const about = (count: number) =>
      panelRemarks(withSuggestions(example, Array<Suggestion>(count).fill(first)), "critical-path");
    expect(about(3).map(({ href }) => href)).toEqual(
      ["", "-2", "-3"].map((nth) => `#suggestion-sequential-reads${nth}`),
    );
    expect(about(5)).toHaveLength(4);
    expect(about(5)[3]).toEqual({
      message: [],
      title: [{ text: "2 further suggestions", isCode: false }],
      href: "#suggestions",
    });
    expect(panelRemarks(withSuggestions(example), "slowest")).toEqual([]);
  });
});

test("whatever stands in a suggestion stands in the page as text", async () => {
  const bad = `</script></pre><img src=x onerror="alert(1)"><%= it.x %>\u202e`;
  const hostile = given({
    ...{ title: bad, message: bad, why: bad, formula: bad, caveat: bad, panel: "ledger", evidence: [] },
    apply: [{ label: bad, text: bad }],
  });
  const document = documentOf(withSuggestions(await reportOf(recordedPath("1.18.34 hostile")), [hostile]));
  const shown = bad.replace("\u202e", "\\u202e");
  expect(document.querySelectorAll("img, [onerror]")).toHaveLength(0);
  expect(document.querySelectorAll("script:not([type])")).toHaveLength(1);
  expect(document.querySelector("#suggestions pre")?.textContent).toBe(shown);
  for (const place of ["#suggestions h3", "#overview h3", "figcaption", ".why"])
    expect(document.querySelector(place)?.textContent).toBe(shown);
  expect(text(document.querySelector(".remark"))).toBe(`${shown} → ${shown}`);
});
