import { expect, test } from "vitest";
import { analyze } from "../../src/analyze/index.js";
import { EXAMPLE, loadTitled } from "../support/fixtures.js";
import { sessionFromStory } from "../support/story-text.js";

const notesOf = (story: string) => analyze(sessionFromStory(story), "test").slowest.map(({ note }) => note);
const answers = (...outs: readonly number[]) =>
  `turn 0..90000\n${outs.map((out, i) => `  step ${i}000..${i}900 first:${i}001 prompt:9000 out:${out}`).join("\n")}`;

test("an output over twice the median and over 500 tokens is large", () => {
  expect(notesOf(answers(100, 300, 601))).toContainEqual(
    "Large output (601 tokens; the median is 300). Ask for it in smaller pieces.",
  );
});

test("neither twice the median alone nor 500 tokens alone make an output large", () => {
  expect(notesOf(answers(100, 200, 500)).every((note) => note === null)).toBe(true);
  expect(notesOf(answers(600, 700, 800)).every((note) => note === null)).toBe(true);
});

test("a call that mostly waited says so", () => {
  expect(notesOf("turn 0..9000\n  step 0..3000 first:2900 prompt:9000 out:20")).toEqual([
    "2.9\u00a0s of it was waiting for the first output.",
  ]);
});

test("of a large output that mostly waited the wait is said", () => {
  const [note] = notesOf(`${answers(20, 20)}\n  step 5000..15000 first:14000 prompt:9000 out:900`);
  expect(note).toBe("9.0\u00a0s of it was waiting for the first output.");
});

test("an answer that was mostly reasoning says so", () => {
  expect(notesOf("turn 0..9000\n  step 0..3000 first:100 prompt:9000 out:20 reasoned:900")).toEqual([
    "Most of it was reasoning (900 of 920 tokens).",
  ]);
});

test.each([
  ["npm_test", "Normal for a test run."],
  ["cd_web_&&_npx_vitest_run", "Normal for a test run."],
  ["npm_install", "Normal for what is fetched over the network."],
  ["cargo_build_--release", "Normal for a build."],
  ["sleep_5", null],
])("the command %s: %s", (command, note) => {
  expect(notesOf(`turn 0..9000\n  step 0..3000 until:100\n    bash 100..3000 on:${command}`)[0]).toBe(note);
});

test("the 900 words of the recorded debug-auth are a large output", async () => {
  const { slowest } = analyze(await loadTitled(EXAMPLE, "Debug Auth"), "test");
  expect(slowest.map(({ title, note }) => `${title}: ${note}`)).toContain(
    "Response #13: Large output (962 tokens; the median is 28). Ask for it in smaller pieces.",
  );
});
