import { describe, expect, test } from "vitest";
import { callExcerpts } from "../../src/load/call-excerpts.js";
import type { ToolSpan } from "../../src/model/session.js";
import { EXAMPLE, loadRoots, recordedPath } from "../support/fixtures.js";

const inputOf = (input: Record<string, unknown>) => callExcerpts(input, []).input.split("\n");
const outputOf = (...results: string[]) => callExcerpts({}, results).output.split("\n");
const linesTo = (count: number) => Array.from({ length: count }, (_, i) => `line ${i + 1}`);

describe("arguments", () => {
  test("have a line each, and what is not a text is JSON", () => {
    expect(
      inputOf({ command: "npm test", timeout: 5, all: false, of: null, todos: [{ id: 1 }], env: { CI: "1" } }),
    ).toEqual([
      ...["command: npm test", "timeout: 5", "all: false", "of: null"],
      ...['todos: [{"id":1}]', 'env: {"CI":"1"}'],
    ]);
  });

  test("of several lines stand on one", () => {
    expect(inputOf({ content: "\na\r\n\tb  c\n" })).toEqual(["content: a b c"]);
  });

  test("without a value have their name", () => {
    expect(inputOf({ path: "", also: "  \n" })).toEqual(["path:", "also:"]);
  });

  test("are whole up to 120 characters, and say how long they are where they are cut", () => {
    expect(inputOf({ a: "x".repeat(120) })).toEqual([`a: ${"x".repeat(120)}`]);
    expect(inputOf({ a: "x".repeat(121) })).toEqual([`a: ${"x".repeat(120)} … 121 characters in all`]);
    expect(inputOf({ a: ["x".repeat(2_345)] })).toEqual([`a: ["${"x".repeat(118)} … 2,349 characters in all`]);
    expect(inputOf({ a: `b${" ".repeat(9_998)}c` })).toEqual(["a: b … 10,000 characters in all"]);
  });

  test("are six, and the others are counted", () => {
    const named = (count: number) => Object.fromEntries(linesTo(count).map((name, i) => [name, i]));
    expect(inputOf(named(6)).at(-1)).toBe("line 6: 5");
    expect(inputOf(named(7)).slice(5)).toEqual(["line 6: 5", "… 1 further"]);
    expect(inputOf(named(1_240)).slice(5)).toEqual(["line 6: 5", "… 1,234 further"]);
  });

  test("have names of one line that are not longer than 40 characters", () => {
    expect(inputOf({ ["n".repeat(40)]: 1, ["n".repeat(41)]: 1, "a\nb": 1 })).toEqual([
      ...[`${"n".repeat(40)}: 1`, `${"n".repeat(39)}…: 1`, "a  b: 1"],
    ]);
  });
});

describe("an output", () => {
  test.each([1, 6, 7])("of %i lines is whole", (count) => {
    expect(outputOf(linesTo(count).join("\n"))).toEqual(linesTo(count));
  });

  test.each([
    [8, "… 2 lines …"],
    [124, "… 118 lines …"],
    [20_000, "… 19,994 lines …"],
  ])("of %i lines is its first four and its last two, with %j between", (count, between) => {
    const ends = [`line ${count - 1}`, `line ${count}`];
    for (const text of [linesTo(count).join("\n"), `${linesTo(count).join("\r\n")}\r\n`])
      expect(outputOf(text)).toEqual([...linesTo(4), between, ...ends]);
  });

  test("loses blank lines at its edges, not between, and keeps its indentation", () => {
    expect(outputOf("\n \t\n  a  \n\n\tb\n\n  \n")).toEqual(["  a", "", "  b"]);
  });

  test("has lines of at most 160 characters, tabs as two spaces", () => {
    expect(outputOf(`${"x".repeat(160)}\r\n${"y".repeat(161)}`)).toEqual(["x".repeat(160), `${"y".repeat(159)}…`]);
    expect(outputOf(`a\t${"x".repeat(157)}`)).toEqual([`a  ${"x".repeat(157)}`]);
    expect(outputOf(`a\t${"x".repeat(158)}`)).toEqual([`a  ${"x".repeat(156)}…`]);
  });

  test("stands before the error of the same call", () => {
    expect(outputOf("a\n", "", "failed\n  at b")).toEqual(["a", "failed", "  at b"]);
  });

  test("of nothing but blanks is none", () => {
    expect(callExcerpts({}, ["", "\n \n"])).toEqual({ input: "", output: "" });
  });

  test("keeps the characters that only the page can show", () => {
    expect(outputOf("\u001b[31mred\u001b[0m \u0007 \u202e")).toEqual(["\u001b[31mred\u001b[0m \u0007 \u202e"]);
  });
});

describe("a pair of surrogates", () => {
  test("is never cut in half", () => {
    for (const before of [117, 118, 119, 120, 158, 159, 160, 161]) {
      const text = `${"x".repeat(before)}${"😀".repeat(30)}`;
      const { input, output } = callExcerpts({ a: text }, [text]);
      expect(`${input}${output}`).not.toMatch(/\p{Cs}|\ufffd/u);
    }
  });

  test("at the limit counts as two characters", () => {
    expect(outputOf(`${"x".repeat(158)}😀`)).toEqual([`${"x".repeat(158)}😀`]);
    expect(outputOf(`${"x".repeat(159)}😀`)).toEqual([`${"x".repeat(159)}…`]);
    expect(outputOf(`${"x".repeat(158)}😀y`)).toEqual([`${"x".repeat(158)}…`]);
    expect(inputOf({ a: `${"x".repeat(119)}😀` })).toEqual([`a: ${"x".repeat(119)} … 121 characters in all`]);
  });
});

describe("what was recorded", () => {
  async function callsOf(path: string): Promise<ToolSpan[]> {
    const sessions = await loadRoots(path);
    return sessions.flatMap(({ spans }) => spans.filter((span) => span.kind === "tool"));
  }
  const of = (calls: readonly ToolSpan[], which: Partial<ToolSpan>) =>
    calls.filter((call) => Object.entries(which).every(([field, value]) => call[field as keyof ToolSpan] === value));

  test("of reads, edits, writes and commands is what they were given and gave back", async () => {
    const calls = await callsOf(EXAMPLE);
    expect(of(calls, { tool: "read" })[0]?.excerpts).toEqual({
      input: "filePath: /home/dev/auth-app/src/auth/session.ts",
      output: [
        "<path>/home/dev/auth-app/src/auth/session.ts</path>",
        ...["<type>file</type>", "<content>"],
        "1: export const sessionField1 = 'value 1 for session handling and token refresh'",
        ...["… 90 lines …", "(End of file - total 90 lines)", "</content>"],
      ].join("\n"),
    });
    expect(of(calls, { tool: "edit", status: "ok" })[0]?.excerpts).toEqual({
      input:
        "filePath: /home/dev/auth-app/src/auth/session.ts\noldString: value 3 for session\nnewString: value three for session",
      output: "Edit applied successfully.",
    });
    expect(of(calls, { tool: "write" })[0]?.excerpts.input).toBe(
      "filePath: /home/dev/auth-app/src/components/Auth.test.tsx\ncontent: import { test, expect } from 'vitest' test('session is refreshed', () => { expect(1).toBe(1) })",
    );
    expect(of(calls, { tool: "bash" })[0]?.excerpts).toEqual({
      input: "command: sleep 1.5; echo '12 passed'\ndescription: Run the tests",
      output: "12 passed",
    });
  });

  test("of a call that failed is its error in generation 1", async () => {
    const calls = await callsOf(recordedPath("1.18.34 faults"));
    expect(of(calls, { tool: "read", status: "error" })[0]?.excerpts).toEqual({
      input: "file: a.ts",
      output:
        'The read tool was called with invalid arguments: SchemaError(Missing key\n  at ["filePath"]).\nPlease rewrite the input so it satisfies the expected schema.',
    });
    expect(of(calls, { tool: "bash", status: "unfinished" })[0]?.excerpts).toEqual({
      input: "command: sleep 60\ndescription: long",
      output: "",
    });
  });

  test("of a call that failed is its error in generation 2", async () => {
    const calls = await callsOf(recordedPath("2.0-preview faults"));
    expect(of(calls, { tool: "read", status: "error" })[0]?.excerpts).toEqual({
      input: "file: a.ts",
      output: 'Invalid tool input: Missing key\n  at ["path"]',
    });
    expect(of(calls, { tool: "read", status: "ok" })[0]?.excerpts.output).toMatch(
      /^Read file \/home\/dev\/faulty\/a\.ts, lines 1-30\n1: .*\n2: .*\n3: .*\n… 25 lines …\n29: .*\n30: .*$/,
    );
    expect(of(calls, { tool: "no_such_tool" })[0]?.excerpts.input).toBe("x: 1");
  });

  test("is the same of a database and of its export", async () => {
    const excerptsOf = async (name: string) => (await callsOf(recordedPath(name))).map(({ excerpts }) => excerpts);
    const ofDatabase = await excerptsOf("1.18.34 debug-auth");
    expect(await excerptsOf("1.18.34 debug-auth export")).toEqual(ofDatabase);
  });
});
