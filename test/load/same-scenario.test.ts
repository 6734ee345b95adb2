import { sum } from "simple-statistics";
import { expect, test } from "vitest";
import { analyze } from "../../src/analyze/index.js";
import type { Session } from "../../src/model/session.js";
import { loadRoots, RECORDED, type Recorded } from "../support/fixtures.js";

interface Row {
  readonly turns: number;
  readonly tools: string;
  readonly files: string;
  readonly prompt: number;
  readonly promptTruth: number;
  readonly answer: number;
  readonly answerTruth: number;
}

/** Generation 2 has other words for the same tools. */
const SAME_TOOL: Readonly<Record<string, string>> = { shell: "bash", subagent: "task" };

/** What could not be carried out is `invalid` in generation 1, and has the name that the model gave in generation 2. */
function toolCounts({ spans }: Session): string {
  const counts = new Map<string, number>();
  for (const span of spans) {
    if (span.kind !== "tool") continue;
    const asked = span.tool === "invalid" ? span.target : span.tool;
    const name = SAME_TOOL[asked] ?? asked;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts]
    .sort()
    .map(([name, count]) => `${name} ${count}`)
    .join(", ");
}

function fileNames({ spans, directory }: Session): string {
  const paths = spans.flatMap((span) => (span.kind === "tool" ? span.files.map((file) => file.path) : []));
  return [...new Set(paths.map((path) => path.replace(`${directory}/`, "")))].sort().join(", ");
}

/** What the model server counted of the requests that it answered to their end; the title's is in no message. */
function truthOf({ truth }: Recorded): { prompt: number; answer: number } {
  const lines = (truth ?? "")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  const answered = lines.filter(({ status, kind }) => status === 200 && kind !== "title");
  return {
    prompt: sum(answered.map(({ promptTokens }) => promptTokens)),
    answer: sum(answered.map(({ completion }) => completion)),
  };
}

async function rowOf(recording: Recorded): Promise<Row> {
  const [session] = (await loadRoots(recording.path)) as [Session];
  const { turns, tokens } = analyze(session, "test").summary;
  const truth = truthOf(recording);
  return {
    ...{ turns, tools: toolCounts(session), files: fileNames(session) },
    ...{ prompt: tokens.uncachedInput + tokens.cacheRead + tokens.cacheWrite, promptTruth: truth.prompt },
    ...{ answer: tokens.output + tokens.reasoning, answerTruth: truth.answer },
  };
}

async function tableOf(scenario: string): Promise<[Recorded, Row][]> {
  const recordings = RECORDED.filter((recording) => recording.scenario === scenario && recording.truth !== null);
  const wholeFamilies = recordings.filter(({ kind, name }) => kind !== "export" || name.includes("debug-auth"));
  const rows = await Promise.all(
    wholeFamilies.map(async (each): Promise<[Recorded, Row]> => [each, await rowOf(each)]),
  );
  console.table(Object.fromEntries(rows.map(([{ name }, row]) => [name, row])));
  return rows;
}

// Prompts differ between releases, as their system prompts do: the model server's count is what they must equal.
test.each(["debug-auth", "compaction", "parallel-agents"])(
  "%s: the same turns, tool calls and files on every version, and the tokens that the model counted",
  async (scenario) => {
    const table = await tableOf(scenario);
    expect(table.length).toBeGreaterThan(1);
    const [[, first]] = table as [[Recorded, Row]];
    for (const [{ name }, row] of table) {
      expect({ name, turns: row.turns, tools: row.tools, files: row.files }).toEqual({
        name,
        turns: first.turns,
        tools: first.tools,
        files: first.files,
      });
      expect({ name, prompt: row.prompt, answer: row.answer }).toEqual({
        name,
        prompt: row.promptTruth,
        answer: row.answerTruth,
      });
    }
  },
);

test("faults: the same turns, calls and files; of the call that was killed, generation 1 records no tokens", async () => {
  const [[, first], [, second]] = (await tableOf("faults")) as [[Recorded, Row], [Recorded, Row]];
  expect([second.turns, second.tools, second.files]).toEqual([first.turns, first.tools, first.files]);
  expect([second.prompt, second.answer]).toEqual([second.promptTruth, second.answerTruth]);
  const killed = JSON.parse(
    (RECORDED.find(({ name }) => name === "1.18.34 faults")?.truth ?? "")
      .split("\n")
      .find((line) => line.includes('"tag":"PLAY-KILL"')) as string,
  );
  expect([first.promptTruth - first.prompt, first.answerTruth - first.answer]).toEqual([
    killed.promptTokens,
    killed.completion,
  ]);
});
