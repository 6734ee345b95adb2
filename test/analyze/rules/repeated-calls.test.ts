import { expect, test } from "vitest";
import { foundInRecorded, foundInStory } from "../../support/findings.js";

const TWICE = `
  turn 0..9000 asks:20
    step 0..1000 prompt:9000 out:20 cost:0.01
      bash 800..900 on:npm_test same:test as:red
    step 1000..2000 prompt:9200 out:20 cost:0.01
      bash 1800..1900 on:npm_test same:test as:red`;
const THRICE = `${TWICE}
    step 2000..3000 prompt:9400 out:20 cost:0.01
      bash 2800..2900 on:npm_test same:test as:red`;

test("fires at the third call in a row with the same arguments and the same result", () => {
  const [found] = foundInStory("repeated-calls", THRICE);
  // By hand: the second and the third step, of a second each, in 9 s of active time.
  expect(found?.savings).toEqual({ ms: 2000, share: 0.222222, tokens: 9220 + 9420, usd: 0.02 });
  expect([found?.affected, found?.basis, found?.evidence.length]).toEqual([2, "measured", 3]);
  expect(found?.message).toMatch(
    /^The agent ran `npm test` 3 times in a row with the same result; the last 2 \(2\.0\u00a0s\) brought nothing new\.$/,
  );
});

test("says nothing of the second look", () => {
  expect(foundInStory("repeated-calls", TWICE)).toEqual([]);
});

test("says nothing where a result differs, even at the end: something was waited for", () => {
  expect(foundInStory("repeated-calls", THRICE.replace(/red$/, "green"))).toEqual([]);
  const waited = `${THRICE}
    step 3000..4000 prompt:9600 out:20
      bash 3800..3900 on:npm_test same:test as:green`;
  expect(foundInStory("repeated-calls", waited)).toEqual([]);
});

test("says nothing where another call stands between, in its own step or in the same", () => {
  const edited = `${TWICE}
    step 2000..3000 prompt:9400 out:20
      edit src/a.ts 2800..2900
    step 3000..4000 prompt:9600 out:20
      bash 3800..3900 on:npm_test same:test as:red`;
  const beside = `${THRICE}
      read src/a.ts 2800..2900`;
  expect([...foundInStory("repeated-calls", edited), ...foundInStory("repeated-calls", beside)]).toEqual([]);
});

test("finds a loop of two calls by turns, from its third round on", () => {
  const round = (from: number) => `
    step ${from}..${from + 1000} prompt:9000 out:20 cost:0.01
      read src/a.ts ${from + 800}..${from + 900} same:a as:a
    step ${from + 1000}..${from + 2000} prompt:9000 out:20 cost:0.01
      grep ${from + 1800}..${from + 1900} on:token same:b as:b`;
  const twoRounds = `
  turn 0..9000${round(0)}${round(2000)}`;
  expect(foundInStory("repeated-calls", twoRounds)).toEqual([]);
  const [found] = foundInStory("repeated-calls", `${twoRounds}${round(4000)}`);
  // By hand: two of three rounds of two steps.
  expect(found?.savings).toMatchObject({ ms: 4000, tokens: 4 * 9020 });
  expect(found?.message).toMatch(
    /^The agent ran `read src\/a\.ts` and `grep token` 3 times by turns with the same result each time; the last 4 /,
  );
});

test("claims no time in which the call waited for the user", () => {
  const asked = THRICE.replace("2800..2900", "2100..2900 ask:2100..2800");
  const [found] = foundInStory("repeated-calls", asked);
  // By hand: of the third step 700 of 1,000 ms were the user's.
  expect(found?.savings.ms).toBe(1300);
});

test("counts the same failure as the same result", () => {
  const failed = THRICE.replaceAll("as:red", "as:red error");
  expect(foundInStory("repeated-calls", failed)).toHaveLength(1);
});

test("says nothing of the recorded faults: their five failed calls are five different ones", async () => {
  expect(await foundInRecorded("repeated-calls", "1.18.34 faults", "Faults")).toEqual([]);
});

test("finds the five equal searches of the recorded session", async () => {
  const [found] = await foundInRecorded("repeated-calls", "1.18.34 wasteful-habits", "Late parcels");
  // By hand from the database: the steps after the first took 654, 679, 644 and 610 ms, and 6,843, 6,919, 6,996 and
  // 7,071 tokens.
  expect(found).toMatchObject({ savings: { ms: 2587, tokens: 27_829, usd: 0.0114798 } });
  expect(found?.message).toMatch(
    /^The agent ran `grep maxGrams` 5 times in a row with the same result; the last 4 \(2\.6\u00a0s\)/,
  );
});
