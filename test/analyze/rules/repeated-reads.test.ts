import { expect, test } from "vitest";
import { foundInRecorded, foundInStory } from "../../support/findings.js";

// A read of w words brings w * 1.05 + 1 tokens, the call for it 6, and the answers say nothing: prompts grow by that.
const TWICE = `
  turn 0..9000 asks:10
    step 0..1000 prompt:5000 out:20 cost:0.01
      read src/a.ts 900..950 gives:1000
    step 1000..2000 prompt:6057 out:20 cost:0.01
      read src/a.ts 1900..1950 gives:1000
    step 2000..3000 prompt:7114 out:20 cost:0.01
    step 3000..4000 prompt:7114 out:20 cost:0.01`;

test("fires at a second read of what is still there, from 2,000 carried tokens on", () => {
  const [found, ...more] = foundInStory("repeated-reads", TWICE);
  // By hand: the second read brought 1,051 tokens and its call 6; two prompts held them. Its step took 1 s.
  expect(found?.savings).toMatchObject({ ms: 1000, share: 0.111111, tokens: 2 * 1057 });
  expect([found?.basis, found?.affected, more]).toEqual(["derived", 1, []]);
  expect(found?.message).toBe(
    "1 read repeated unchanged text that was still in the context: src/a.ts. The copy took 2,114 tokens of later prompts.",
  );
  expect(found?.formula).toContain(": 2,114 tokens; and 1.0\u00a0s in 1 step that did nothing else");
});

test("names three files at most, and shows the step alone that held all of the calls", () => {
  const names = ["a", "b", "c", "d"].map((name) => `\n      read src/${name}.ts 900..950 gives:1000`).join("");
  const story = (files: string) => `
  turn 0..9000 asks:10
    step 0..1000 prompt:5000 out:20${files}
    step 1000..2000 prompt:9228 out:20${files.replaceAll("900..950", "1900..1950")}
    step 2000..3000 prompt:13456 out:20
    step 3000..4000 prompt:13456 out:20`;
  const [found] = foundInStory("repeated-reads", story(names));
  expect(found?.message).toContain(
    "4 reads repeated unchanged text that was still in the context: src/a.ts, src/b.ts and 2 more. ",
  );
  expect([found?.affected, found?.evidence.length]).toEqual([4, 1]);
});

test("is held against its threshold by what was carried", () => {
  const found = (leastTokens: number) => foundInStory("repeated-reads", TWICE, { "repeated-reads": { leastTokens } });
  expect([found(2114).length, found(2115).length]).toEqual([1, 0]);
});

test("says nothing of what has changed, by its content or by a write in between", () => {
  expect(foundInStory("repeated-reads", TWICE.replace("1950 gives:1000", "1950 gives:1000 as:other"))).toEqual([]);
  const written = TWICE.replace("900..950 gives:1000", "900..950 gives:1000\n      edit src/a.ts 960..990");
  expect(foundInStory("repeated-reads", written)).toEqual([]);
});

test("says nothing of a look at a file whose edit has failed", () => {
  const mended = TWICE.replace("900..950 gives:1000", "900..950 gives:1000\n      edit src/a.ts 960..990 error");
  expect(foundInStory("repeated-reads", mended)).toEqual([]);
});

test("claims no time for a step that did something else besides", () => {
  const [found] = foundInStory(
    "repeated-reads",
    TWICE.replace("1950 gives:1000", "1950 gives:1000\n      bash 1950..1990"),
  );
  expect([found?.affected, found?.savings.ms, found?.evidence.length]).toEqual([1, undefined, 1]);
});

const COMPACTED = `
  turn 0..5000 asks:10
    step 0..1000 prompt:5000 out:20 cost:0.01
      read src/a.ts 900..950 gives:3000
  turn 5000..6000
    compaction 5000..6000 prompt:9000 out:90 says:50 cost:0.01
  turn 6000..9000 asks:10
    step 6000..7000 prompt:5100 out:20 cost:0.01
      read src/a.ts 6900..6950 gives:3000
    step 7000..8000 prompt:8257 out:20 cost:0.01`;

test("a read again of what a compaction took out is another finding: only the step that it took is claimed", () => {
  const [found, ...more] = foundInStory("repeated-reads", COMPACTED);
  expect(found?.title).toBe("Make compactions keep what is still needed");
  // By hand: the step of the second read took 1 s, 5,100 tokens of prompt and 20 of output.
  expect(found?.savings).toEqual({ ms: 1000, share: 0.111111, tokens: 5120, usd: 0.01 });
  expect([found?.basis, found?.affected, more]).toEqual(["estimated", 1, []]);
  expect(found?.why).toBe("What a compaction throws away has to be read again: one more step each time.");
  expect(found?.caveat).toBe("Saved only if the summary had carried over what was needed.");
  expect(found?.formula).toBe("1 step did nothing but read again: 5,120 tokens, 1.0\u00a0s");
});

test("claims nothing for it where the step did something else besides", () => {
  const beside = COMPACTED.replace("6950 gives:3000", "6950 gives:3000\n      bash 6950..6990");
  expect(foundInStory("repeated-reads", beside)[0]).toMatchObject({ savings: {}, basis: "measured", caveat: null });
});

test("a read again of what was pruned names the setting", () => {
  const pruned = TWICE.replace("950 gives:1000", "950 gives:1000 pruned:960");
  const [found] = foundInStory("repeated-reads", pruned, { "repeated-reads": { leastTokens: 1 } });
  expect(JSON.parse(found?.apply[0]?.text ?? "")).toEqual({ compaction: { prune: false } });
  expect(found?.why).toMatch(/^What is pruned has to be read again/);
});

test("finds the file that the recorded Long haul read again after its compaction", async () => {
  const [found, ...more] = await foundInRecorded("repeated-reads", "1.18.34 compaction", "Long haul");
  // By hand from the database: the step of the second read of big1.ts took 964 ms, 6,767 tokens of prompt and 20 of output.
  expect(found?.message).toContain("a compaction had taken it out: big1.ts");
  expect(found?.savings.tokens).toBe(6787);
  expect([found?.affected, more]).toEqual([1, []]);
});

test("says nothing of the recorded debug-auth: what was read again had been edited, or its edit had failed", async () => {
  for (const name of ["1.18.34 debug-auth", "1.3.2 debug-auth"])
    expect(await foundInRecorded("repeated-reads", name, "Debug Auth")).toEqual([]);
});
