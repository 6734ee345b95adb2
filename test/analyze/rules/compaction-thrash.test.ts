import { expect, test } from "vitest";
import { foundInRecorded, foundInStory } from "../../support/findings.js";

const session = (callsBetween: number) => `
  turn 0..40000
    step 0..1000 prompt:50000 out:100 cost:0.05
    compaction 1000..3000 prompt:50000 out:400 cost:0.06 says:300 auto
${Array.from({ length: callsBetween }, (_, i) => `    step ${3000 + i * 100}..${3100 + i * 100} prompt:20000 out:10`).join("\n")}
    compaction 10000..12500 prompt:48000 out:500 cost:0.07 says:300 auto
    step 12500..13000 prompt:9000 out:10`;

test("fires at the second compaction within ten calls", () => {
  const [found] = foundInStory("compaction-thrash", session(10));
  // By hand: the second compaction's own call: 2,500 ms of 40 s, 48,000 + 500 tokens.
  expect(found?.savings).toEqual({ ms: 2500, share: 0.0625, tokens: 48_500, usd: 0.07 });
  expect(found).toMatchObject({ affected: 2, basis: "measured" });
  expect(found?.message).toMatch(
    /^2 compactions came close after one another, with 10 calls in between: 2\.5\u00a0s and 48,500 tokens/,
  );
});

test("says nothing where eleven calls lie between", () => {
  expect(foundInStory("compaction-thrash", session(11))).toEqual([]);
});

test("says nothing of one compaction, and nothing of one in the session and one in a subagent", () => {
  const one = session(2).split("\n").slice(0, 4).join("\n");
  const inside = `${one}
    step 3000..9000
      task 3100..8900
        subagent 3200..8800
          step 3200..4000 prompt:50000 out:100
          compaction 4000..6000 prompt:50000 out:400 says:300 auto`;
  expect([...foundInStory("compaction-thrash", one), ...foundInStory("compaction-thrash", inside)]).toEqual([]);
});

test("offers settings that OpenCode has", () => {
  const pieces = foundInStory("compaction-thrash", session(1))[0]?.apply.filter(
    ({ label }) => label === "opencode.json",
  );
  expect(pieces?.map(({ text }) => JSON.parse(text))).toEqual([{ compaction: { prune: true } }]);
});

test("offers no pruning where results were pruned already", () => {
  const pruned = session(1).replace(
    "    compaction 1000",
    "      read src/a.ts 900..950 gives:9 pruned:990\n    compaction 1000",
  );
  const [found] = foundInStory("compaction-thrash", pruned);
  expect([found?.apply.map(({ label }) => label), found?.caveat]).toEqual([["AGENTS.md", "Prompt"], null]);
});

test("says nothing of the recorded compaction: there is one", async () => {
  expect(await foundInRecorded("compaction-thrash", "1.18.34 compaction", "Long haul")).toEqual([]);
});

test("finds the three compactions of the recorded session", async () => {
  const [found] = await foundInRecorded("compaction-thrash", "1.18.34 thrash", "Coarse flour");
  // By hand from the database: the second took 2,799 + 40 tokens, the third 109 + 2,688 + 40.
  expect(found).toMatchObject({ affected: 3, savings: { tokens: 5_676, usd: 0.0107304 } });
  expect(found?.message).toContain(" with 3 calls between each: ");
  expect(found?.formula).toMatch(/^the 2 later compaction calls: /);
});
