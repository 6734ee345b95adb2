import { expect, test } from "vitest";
import { foundIn, foundInStory } from "../../support/findings.js";
import { loadTitled, recordedPath } from "../../support/fixtures.js";
import { sessionFromStory } from "../../support/story-text.js";

const WAITS = `
  turn 0..40000
    step 0..9000
      bash 1000..8000 on:npm_test ask:1000..7000
    step 9000..15000
      edit src/a.ts 10000..14100 ask:10000..14000`;
const pieceOf = (story: string) => {
  const text = foundInStory("permission-waits", story)[0]?.apply.find(({ label }) => label === "opencode.json")?.text;
  return text && JSON.parse(text);
};
const asked = (call: string) => `turn 0..40000\n  step 0..20000\n    ${call} 1000..12000 ask:1000..11500`;

test("fires at ten seconds of waiting: the user's time, no share of active time", () => {
  const [found] = foundInStory("permission-waits", WAITS);
  // By hand: 6 s and 4 s.
  expect(found).toMatchObject({ affected: 2, savings: { ms: 10_000 }, basis: "measured" });
  expect(found?.savings.share).toBeUndefined();
  expect(found?.message).toBe("2 calls waited 10.0\u00a0s for your permission: `npm test` and `edit src/a.ts`.");
});

test("says nothing of a millisecond less", () => {
  expect(foundInStory("permission-waits", WAITS.replace("ask:1000..7000", "ask:1001..7000"))).toEqual([]);
});

test("says nothing of questions", () => {
  expect(foundInStory("permission-waits", asked("question"))).toEqual([]);
});

test("allows what was asked for, of commands no more than their arguments", () => {
  expect(pieceOf(WAITS)).toEqual({ permission: { bash: { "npm test*": "allow" }, edit: "allow" } });
  expect(pieceOf(asked("bash on:cd_web_&&_git_status_-s_|_rm_-rf_old"))).toEqual({
    permission: { bash: { "git status*": "allow", "rm -rf old": "allow" } },
  });
  expect(pieceOf(asked("webfetch on:https://example.org"))).toEqual({ permission: { webfetch: "allow" } });
  expect(pieceOf(asked("read /elsewhere/a.ts"))).toEqual({
    permission: { external_directory: { "/elsewhere/*": "allow" } },
  });
});

test("writes the rules of generation 2 for its shell", () => {
  expect(pieceOf(asked("shell on:npm_test"))).toEqual({
    permissions: [{ action: "shell", resource: "npm test*", effect: "allow" }],
  });
});

test("allows no command that cannot be told apart, and none that was refused", () => {
  expect(pieceOf(asked("bash on:echo_$(cat_key)"))).toBeUndefined();
  expect(pieceOf(asked("bash on:echo_'a;b'"))).toBeUndefined();
  const [refused] = foundInStory("permission-waits", asked("bash rejected on:npm_publish"));
  // A refusal was waited for as well.
  expect(refused?.savings.ms).toBe(10_500);
  expect(refused?.apply.map(({ text }) => text)).toEqual(["Never run `npm publish`: it is not allowed here."]);
});

test("claims no wait that something else hid, and says which waits are not recorded", () => {
  const hidden = `${asked("bash on:npm_test")}\n    webfetch 1000..11000 on:docs`;
  const [found] = foundIn("permission-waits", {
    ...sessionFromStory(hidden),
    records: { retries: "as-waiting", permissionWaits: "commands" },
  });
  // By hand: of the wait until 11,500 only what comes after 11,000.
  expect(found?.savings.ms).toBe(500);
  expect(found?.caveat).toContain("other than commands are not recorded");
});

test("finds the recorded second until a command was refused, where so little is asked for", async () => {
  const session = await loadTitled(recordedPath("v1.18.34-scenarios"), "reject");
  const [found] = foundIn("permission-waits", session, null, { "permission-waits": { leastMs: 1000 } });
  // By hand from the database: all of the call, 1,040 ms, was waiting.
  expect(found?.savings).toEqual({ ms: 1040 });
  expect(foundIn("permission-waits", session)).toEqual([]);
});
