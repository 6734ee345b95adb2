import { expect, test } from "vitest";
import { foundInRecorded, foundInStory } from "../../support/findings.js";

const ONE = `
  turn 0..20000 asks:20
    step 0..6000 first:800 prompt:9000 out:40
      task 1000..5900 on:map_the_services
        subagent 1100..5800 asks:20
          step 1100..5800 prompt:5000 out:90
            read src/a.ts 5000..5100`;
const TWO = `${ONE}
    step 6000..10000 first:6700 prompt:9200 out:40
      task 7000..9900 on:map_the_routes
        subagent 7100..9800 asks:20
          step 7100..9800 prompt:5000 out:90
            edit src/b.ts 9000..9100`;

test("fires at the second of two tasks in a row that do not need each other", () => {
  const [found] = foundInStory("serial-subagents", TWO);
  // By hand: the shorter task took 2,900 ms; its step waited 700 ms and had 4000 - 1000 - 2900 = 100 ms of overhead.
  expect(found?.savings).toEqual({ ms: 3700, share: 0.185, tokens: 9200 });
  expect([found?.affected, found?.basis]).toEqual([2, "derived"]);
});

test("says nothing of one task", () => {
  expect(foundInStory("serial-subagents", ONE)).toEqual([]);
});

test("says nothing where a task was given what an earlier one gave back", () => {
  expect(foundInStory("serial-subagents", TWO.replace("on:map_the_routes", "on:map_the_routes from:c1"))).toEqual([]);
});

test("says nothing where one edited a file that the other touched, in either order", () => {
  expect(foundInStory("serial-subagents", TWO.replace("src/b.ts", "src/a.ts"))).toEqual([]);
  const other = TWO.replace("src/b.ts", "src/a.ts").replace("read src", "write src").replace("edit src", "read src");
  expect(foundInStory("serial-subagents", other)).toEqual([]);
  expect(foundInStory("serial-subagents", other.replace("write src", "read src"))).toHaveLength(1);
});

test("says nothing where a step stands between, or the tasks were in one step, or one failed", () => {
  const between = TWO.replace("6000..10000", "7000..10000").replace(
    "    step 7000..10000 first:6700",
    "    step 6000..7000\n    step 7000..10000 first:7100",
  );
  const together = `
  turn 0..9000
    step 0..9000
      task 1000..5000 on:a
      task 1000..6000 on:b`;
  expect(foundInStory("serial-subagents", between.replace("task 7000", "task 7200"))).toEqual([]);
  expect(foundInStory("serial-subagents", together)).toEqual([]);
  expect(foundInStory("serial-subagents", TWO.replace("9900 on:", "9900 error on:"))).toEqual([]);
});

test("claims nothing for a task that something else hid", () => {
  const beside = `
    turn 0..9000
      step 0..9000 until:100
        task 100..9000
          subagent 100..9000
            step 100..2000 until:1000
              task 1000..2000
            step 2000..4000 until:3000
              task 3000..4000
        bash 100..8000`;
  const [found] = foundInStory("serial-subagents", beside, { "any-rule": { leastShare: 0 } });
  expect(found?.savings.ms).toBeUndefined();
  expect(found?.formula).toContain("of it ran beside other work");
});

test("says nothing of agents that were started side by side", async () => {
  expect(await foundInRecorded("serial-subagents", "1.18.34 parallel-agents", "Map the services")).toEqual([]);
});

test("finds the three tasks of the recorded session", async () => {
  const [found] = await foundInRecorded("serial-subagents", "1.18.34 serial-tasks", "Review three areas");
  // By hand: of tasks of 4.0, 3.7 and 3.5 s the shorter two, and two waits of a second; see claims.test.ts for the truth.
  expect(found).toMatchObject({ affected: 3, basis: "derived", savings: { ms: 9052 } });
});
