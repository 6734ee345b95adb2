import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { collectionOf, memberOf } from "../support/collection.js";
import { reportOf } from "../support/compared.js";

const SHORT = reportOf(`
  turn 0..9000 asks:5
    step 0..4000 prompt:1000 out:10
      bash 1000..3000 on:npm_test
    step 4000..9000 prompt:1200 out:10
      bash 5000..6000 on:git_status
      read src/a.ts 6000..6100 gives:30`);
const LONG = reportOf(`
  turn 0..90000 asks:5
    step 0..90000 prompt:3000 out:20
      bash 10000..70000 on:npm_run_build error
      read src/a.ts 71000..71300 gives:40`);

const toolsOf = (...reports: Parameters<typeof memberOf>[0][]) =>
  collectionOf(...reports.map((report) => memberOf(report))).tools.map(({ tool, sessions, calls, errors, totalMs }) => [
    tool,
    sessions,
    calls,
    errors,
    totalMs,
  ]);

describe("what several sessions have in common", () => {
  test("tools are added up, what took most time first", () => {
    expect(toolsOf(SHORT, LONG)).toEqual([
      ["bash", 2, 3, 1, 63_000],
      ["read", 2, 2, 0, 400],
    ]);
  });

  test("commands are added up by their program, and the longest run says in which session", () => {
    const { commands } = collectionOf(memberOf(SHORT), memberOf(LONG));
    expect(commands.map(({ command, runs, failed, totalMs }) => [command, runs, failed, totalMs])).toEqual([
      ["npm run build", 1, 1, 60_000],
      ["npm test", 1, 0, 2_000],
      ["git status", 1, 0, 1_000],
    ]);
    expect(commands[0]?.longest).toEqual({ ms: 60_000, sessionId: LONG.session.id });
  });

  test("a command that ended with another code than 0 has failed, though its call has not", () => {
    const { commands, tools } = collectionOf({ ...memberOf(SHORT), exitCodes: [1, 0, null] }, memberOf(LONG));
    expect(commands.map(({ command, failed }) => [command, failed])).toEqual([
      ["npm run build", 1],
      ["npm test", 1],
      ["git status", 0],
    ]);
    expect(tools.map(({ tool, errors }) => [tool, errors])).toEqual([
      ["bash", 1],
      ["read", 0],
    ]);
  });

  test("of a command neither waits for the user count nor what was not allowed", () => {
    const asked = reportOf(`
      turn 0..9000 asks:5
        step 0..9000 prompt:1000 out:10
          bash 1000..6000 on:npm_test ask:1000..4000
          bash 6000..8000 on:npm_test rejected ask:6000..8000`);
    const { tools, commands } = collectionOf(memberOf(asked));
    expect(commands.map(({ command, runs, totalMs, longest }) => [command, runs, totalMs, longest?.ms])).toEqual([
      ["npm test", 1, 2_000, 2_000],
    ]);
    expect(tools.map(({ calls, timed, totalMs }) => [calls, timed, totalMs])).toEqual([[2, 1, 2_000]]);
  });

  test("a copy has its row, and counts nowhere", () => {
    const { sessions, tools, commands, files, days } = collectionOf(memberOf(SHORT), memberOf(SHORT, true));
    expect(sessions.map(({ isCopy }) => isCopy)).toEqual([false, true]);
    const alone = collectionOf(memberOf(SHORT));
    expect({ tools, commands, files, days }).toEqual({
      ...{ tools: alone.tools, commands: alone.commands, files: alone.files, days: alone.days },
    });
  });

  test("the order in which sessions come by changes nothing", () => {
    const members = [SHORT, LONG, reportOf("turn 0..500 asks:1\n  step 0..500 prompt:10 out:1")].map((report, i) =>
      memberOf({ ...report, session: { ...report.session, id: `ses_${i}` } }),
    );
    const whole = JSON.stringify(collectionOf(...members));
    fc.assert(
      fc.property(fc.shuffledSubarray(members, { minLength: 3 }), (shuffled) => {
        expect(JSON.stringify(collectionOf(...shuffled))).toBe(whole);
      }),
    );
  });
});
