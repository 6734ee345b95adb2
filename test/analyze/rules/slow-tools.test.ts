import { expect, test } from "vitest";
import { foundInRecorded, foundInStory } from "../../support/findings.js";

const ONE_RUN = `
  turn 0..50000
    step 0..12000 prompt:9000 out:20
      bash 2000..12000 on:cd_web_&&_npm_test`;
const TWO_RUNS = `${ONE_RUN}
    step 12000..17000 prompt:9200 out:20
      bash 13000..17000 on:CI=1_npm_test_src`;

test("fires where a program took a fifth of active time; one run claims nothing", () => {
  const [found] = foundInStory("slow-tools", ONE_RUN);
  // By hand: 10 s of 50 s.
  expect(found).toMatchObject({ title: "Run `npm test` less", affected: 1, savings: {}, basis: "measured" });
  expect(found?.message).toMatch(/^`npm test` took 10\.0\u00a0s in 1 run, 20\u00a0% of active time/);
  expect(found?.formula).toContain("no saving given: there was one run only");
});

test("says nothing just under a fifth, and nothing of less than five seconds", () => {
  expect(foundInStory("slow-tools", ONE_RUN.replaceAll("12000", "11999"))).toEqual([]);
  expect(foundInStory("slow-tools", "turn 0..6000\n  step 0..6000\n    bash 1001..6000 on:npm_test")).toEqual([]);
  expect(foundInStory("slow-tools", "turn 0..6000\n  step 0..6000\n    bash 1000..6000 on:npm_test")).toHaveLength(1);
});

test("claims of several runs what they took longer than the shortest", () => {
  const [found] = foundInStory("slow-tools", TWO_RUNS);
  // By hand: 10 s and 4 s of one program; the first took 6 s longer.
  expect(found).toMatchObject({ affected: 2, basis: "estimated", savings: { ms: 6000, share: 0.12 } });
  expect(found?.apply[0]?.text).toContain("run only the tests of what was changed");
});

test("claims nothing of runs that differ by less than a tenth, and measures none by one that failed", () => {
  const alike = TWO_RUNS.replace("12000..17000", "12000..23000").replace("13000..17000", "13000..22500");
  expect(foundInStory("slow-tools", alike)[0]).toMatchObject({
    ...{ affected: 2, savings: {}, basis: "measured" },
    formula: expect.stringMatching(/; no saving given: all runs took about as long$/),
  });
  const [failed] = foundInStory("slow-tools", `${TWO_RUNS} error`);
  expect([failed?.savings, failed?.formula]).toEqual([{}, expect.stringMatching(/the shortest that succeeded/)]);
});

test("counts no time that was hidden, and none in which the user was waited for", () => {
  const hidden = `${ONE_RUN}
      webfetch 2000..11000 on:docs`;
  expect(foundInStory("slow-tools", hidden)).toEqual([]);
  expect(foundInStory("slow-tools", `${ONE_RUN} ask:2000..11000`)).toEqual([]);
});

test("leaves out tasks and questions, and names a tool where there is no program", () => {
  const asked = "turn 0..20000\n  step 0..20000\n    question 1000..9000 ask:1000..9000\n    task 9000..20000 on:look";
  expect(foundInStory("slow-tools", asked)).toEqual([]);
  const [found] = foundInStory("slow-tools", ONE_RUN.replace("bash", "webfetch"));
  expect(found?.title).toBe("Run the tool `webfetch` less");
});

test("says nothing of the recorded faults, where nothing but the provider took long", async () => {
  expect(await foundInRecorded("slow-tools", "1.18.34 faults", "Faults")).toEqual([]);
});

test("finds the tests of the recorded session, by their program", async () => {
  const [found] = await foundInRecorded("slow-tools", "1.18.34 wasteful-habits", "Late parcels");
  // By hand from the database: the two runs took 6,443 and 6,232 ms of 41.5 s.
  expect(found?.message).toMatch(/^`npm test` took 12\.7\u00a0s in 2 runs, 30\u00a0% of active time/);
});
