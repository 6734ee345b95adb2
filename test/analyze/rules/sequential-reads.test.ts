import { expect, test } from "vitest";
import { foundInRecorded, foundInStory } from "../../support/findings.js";

const ROW = `
  turn 0..9000 asks:20
    step 0..1000 first:800 prompt:9000 cached:8000 out:20
      read src/a.ts 900..950 gives:100
    step 1000..2000 first:1700 prompt:9200 cached:9000 out:20
      read src/b.ts 1900..1950 gives:100`;

test("fires at the third step in a row that makes one read-only call which needs nothing of the others", () => {
  const third = `${ROW}
    step 2000..3000 first:2600 prompt:9400 cached:9000 out:20
      grep 2900..2990 on:token`;
  const [found] = foundInStory("sequential-reads", third);
  // By hand: the second step waits 700 ms and has 1000 - 900 - 50 = 50 ms of overhead, the third 600 ms and 10 ms.
  expect(found?.savings).toEqual({ ms: 1360, share: 0.151111, tokens: 9200 + 9400 });
  expect([found?.affected, found?.basis]).toEqual([2, "derived"]);
});

test("says nothing of two steps in a row", () => {
  expect(foundInStory("sequential-reads", ROW)).toEqual([]);
});

test("says nothing where a call was given what an earlier one gave back", () => {
  const dependent = `${ROW}
    step 2000..3000 first:2600 prompt:9400 cached:9000 out:20
      read src/c.ts 2900..2950 gives:100 from:c2`;
  expect(foundInStory("sequential-reads", dependent)).toEqual([]);
});

test.each([
  ["a part of a file that was read before", "read src/a.ts 2900..2950 line:40"],
  ["a part of a file after a search", "read src/c.ts 2900..2950 line:40", "grep 1900..1950 on:token"],
  ["a search after one that found nothing", "grep 2900..2950 on:tokens", "grep 1900..1950 on:token nothing"],
])("says nothing of %s: it looks more closely", (_, last, second = "read src/b.ts 1900..1950 gives:100") => {
  const closer = `${ROW.replace("read src/b.ts 1900..1950 gives:100", second)}
    step 2000..3000 first:2600 prompt:9400 cached:9000 out:20
      ${last}`;
  expect(foundInStory("sequential-reads", closer)).toEqual([]);
  expect(foundInStory("sequential-reads", closer.replace(last, "read src/c.ts 2900..2950"))).toHaveLength(1);
});

test("says nothing of the same call again and again", () => {
  const loop = `${ROW.replace("gives:100", "gives:100 same:x").replace("src/b.ts 1900..1950", "src/a.ts 1900..1950 same:x")}
    step 2000..3000 first:2600 prompt:9400 cached:9000 out:20
      read src/c.ts 2900..2950`;
  expect(foundInStory("sequential-reads", loop)).toEqual([]);
});

test("says nothing of steps with two calls, and of calls that change something", () => {
  const batched = `${ROW}
    step 2000..3000 first:2600 prompt:9400 cached:9000 out:20
      read src/c.ts 2900..2950
      read src/d.ts 2900..2950`;
  const changing = `${ROW}
    step 2000..3000 first:2600 prompt:9400 cached:9000 out:20
      edit src/c.ts 2900..2950`;
  expect([...foundInStory("sequential-reads", batched), ...foundInStory("sequential-reads", changing)]).toEqual([]);
});

test("claims nothing for waits that something else hid", () => {
  const beside = `
    turn 0..9000
      step 0..9000 until:100
        task 100..9000
          subagent 100..9000
            step 100..1000 first:900
              read src/a.ts 950..990
            step 1000..2000 first:1900
              read src/b.ts 1950..1990
            step 2000..3000 first:2900
              read src/c.ts 2950..2990
        bash 100..8000`;
  const [found] = foundInStory("sequential-reads", beside, { "any-rule": { leastShare: 0 } });
  expect(found?.savings.ms).toBeUndefined();
  expect(found?.formula).toContain("1.8\u00a0s of it ran beside other work");
});

test("finds the three reads of the recorded debug-auth", async () => {
  const [found] = await foundInRecorded("sequential-reads", "1.18.34 debug-auth", "Debug Auth");
  // By hand from the database: the steps that read middleware.ts and types.ts took 450 and 461 ms beside streaming and
  // reading; their prompts had 8,752 and 10,214 tokens, at the price of reading the cache, $0.3 a million.
  expect(found).toMatchObject({ affected: 2, savings: { ms: 911, tokens: 18_966, usd: 0.0056898 } });
});
