import { spawnSync } from "node:child_process";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { packageFile } from "../../src/cli/package-files.js";
import type { EventMetadata, EventType } from "../../src/model/performance-data.js";
import { PerformanceCollector } from "../../src/recorder/performance-collector.js";

const TYPES: Readonly<Record<string, EventType>> = {
  ai: "ai_response",
  tool: "tool_execution",
  read: "file_read",
  write: "file_write",
  net: "network_request",
  user: "user_input",
};

/**
 * Collects what is drawn: one event a line, at each column a tenth of a second. It runs where its line has `#`; the
 * rest of the line is its output tokens.
 */
function collected(drawing: string, maxEvents?: number) {
  const lines = drawing.split("\n").filter((line) => line.trim() !== "");
  const rows = lines.map((line) => /^\s*(\w+) *\|([ #]*)\|(\d*)/.exec(line) as RegExpExecArray);
  let clock = 5_000;
  const collector = new PerformanceCollector({ now: () => clock, ...(maxEvents === undefined ? {} : { maxEvents }) });
  collector.startSession("ses_1");
  const ids = new Map<number, string>();
  const length = Math.max(...rows.map(([, , bar = ""]) => bar.length));
  for (let column = 0; column <= length; column++) {
    clock = 5_000 + column * 100;
    rows.forEach(([, name = "", bar = "", tokens], row) => {
      const [was, is] = [bar[column - 1] === "#", bar[column] === "#"];
      if (was && !is && column < length) collector.endEvent(ids.get(row) as string);
      const metadata: EventMetadata = tokens ? { tokens: { input: 10, output: Number(tokens) }, costUsd: 0.25 } : {};
      if (is && !was) ids.set(row, collector.startEvent(TYPES[name] as EventType, `${name} ${row}`, metadata));
    });
  }
  return collector.getPerformanceData();
}

test("events lie in one another, and end in any order", () => {
  const { events, totalDuration } = collected(`
    ai   | ######## |
    tool |  ####    |
    tool |   #####  |
    read |    #     |
  `);
  expect(totalDuration).toBe(1000);
  const shape = events.map(({ name, children }) => [name, children.map((tool) => [tool.name, tool.children.length])]);
  expect(shape).toEqual([
    [
      "ai 0",
      [
        ["tool 1", 0],
        ["tool 2", 1],
      ],
    ],
  ]);
  expect(events[0]?.children[1]).toMatchObject({ startTime: 300, endTime: 800, duration: 500 });
});

test("each millisecond is in one of the three times, and what runs at once counts once", () => {
  expect(
    collected(`
    ai   |########  |12
    tool |  ####    |
    tool |   ####   |
    net  |    #     |
    user |        ##|
  `),
  ).toMatchObject({
    aiThinkingTime: 300,
    toolExecutionTime: 400,
    networkTime: 100,
    totalTokens: 22,
    totalCost: 0.25,
    messageCount: 1,
    toolCallCount: 2,
  });
});

test("the five slowest are ranked, without waiting for a person", () => {
  const { slowestOperations } = collected(`
    user |##########     |
    ai   |#              |
    tool |  ####         |
    tool |  ###          |
    read |          ##   |
    net  |          #####|
    ai   |            ###|4521
  `);
  expect(slowestOperations.map(({ rank, event, suggestion }) => [rank, event.name, suggestion])).toEqual([
    [1, "net 5", undefined],
    [2, "tool 2", undefined],
    [3, "tool 3", undefined],
    [4, "ai 6", "Large output (4,521 tokens): ask for it in parts."],
    [5, "read 4", undefined],
  ]);
});

test("three reads one after the other could be one: they would take as long as the longest", () => {
  const { suggestions, events } = collected(`
    read |#         |
    read |  ##      |
    read |     #    |
    user |      ####|
  `);
  expect(suggestions).toEqual([
    {
      id: "batch-reads",
      type: "batching",
      title: "Batch file reads",
      description: "3 sequential reads could be batched.",
      estimatedSaving: "at most -40% time",
      affectedEvents: events.slice(0, 3).map(({ id }) => id),
    },
  ]);
});

test("answers between the reads are what a batch would spare too", () => {
  const drawing =
    "ai  |##          |\nread|  #         |\nai  |   ##       |\nread|     #      |\nai  |      ##    |\nread|        #   |";
  expect(collected(drawing).suggestions).toMatchObject([{ id: "batch-reads", estimatedSaving: "at most -50% time" }]);
});

test.each([
  ["two", "read |#  |\nread |  #|"],
  ["parallel ones", "read |###|\nread |###|\nread |###|"],
  ["some with a write in between", "read |#      |\nread |  #    |\nwrite|    #  |\nread |      #|"],
])("%s are no row of reads", (_, drawing) => {
  expect(collected(drawing).suggestions).toEqual([]);
});

test("an output of more than 3,000 tokens could be asked for in parts", () => {
  expect(collected("ai |##########|3000").suggestions).toEqual([]);
  expect(collected("ai |##########|6000").suggestions).toMatchObject([
    { id: "split-outputs", type: "prompting", estimatedSaving: "at most -50% time" },
  ]);
});

test("what goes on ends, for now, at the moment of the question", () => {
  let clock = 0;
  const collector = new PerformanceCollector({ now: () => clock });
  const id = collector.startEvent("ai_response", "answer");
  clock = 70;
  const first = collector.getPerformanceData();
  clock = 100;
  expect([collector.endEvent(id), collector.endEvent(id), collector.endEvent("event-99")]).toEqual([
    true,
    false,
    false,
  ]);
  expect(first.events[0]).toMatchObject({ endTime: 70, duration: 70 });
  expect(collector.getPerformanceData().events[0]).toMatchObject({ endTime: 100, duration: 100 });
});

test("a parent that is named decides, among tools that run at the same time", () => {
  const collector = new PerformanceCollector();
  const [first] = [collector.startEvent("tool_execution", "first"), collector.startEvent("tool_execution", "second")];
  collector.startEvent("file_read", "a.ts", { filePath: "a.ts" }, first);
  expect(collector.getPerformanceData().events.map(({ children }) => children.length)).toEqual([1, 0]);
});

test("a new session begins with nothing, and a late end of the one before meets nothing", () => {
  const collector = new PerformanceCollector();
  const id = collector.startEvent("tool_execution", "old");
  collector.startSession("ses_2");
  collector.startEvent("tool_execution", "new");
  expect(collector.endEvent(id)).toBe(false);
  expect(collector.getPerformanceData()).toMatchObject({
    sessionId: "ses_2",
    toolCallCount: 1,
    events: [{ name: "new" }],
  });
});

test("beyond the limit events are counted, not kept", () => {
  const data = collected("read |#    |\nread |  #  |\nread |    #|", 2);
  expect([data.events.length, data.droppedEvents, data.suggestions]).toEqual([2, 1, []]);
});

test("10,000 events that lie in one another are no stack", () => {
  const collector = new PerformanceCollector();
  let parent: string | undefined;
  for (let i = 0; i < 10_000; i++) parent = collector.startEvent("tool_execution", "deep", {}, parent);
  expect(collector.getPerformanceData()).toMatchObject({ toolCallCount: 10_000, droppedEvents: 0 });
});

test("the built module is one file that needs no package", () => {
  const built = pathToFileURL(packageFile("dist", "recorder.js")).href;
  const script = `import { PerformanceCollector } from ${JSON.stringify(built)};
    const collector = new PerformanceCollector();
    collector.startSession("ses_1");
    collector.endEvent(collector.startEvent("ai_response", "answer"));
    console.log(Object.keys(collector.getPerformanceData()).length);`;
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8" });
  expect([stdout, stderr]).toEqual(["13\n", ""]);
});
