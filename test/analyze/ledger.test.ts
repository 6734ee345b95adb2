import { expect, test } from "vitest";
import { activeMs, ledger } from "../../src/analyze/ledger.js";
import { sessionFromText } from "../support/session-text.js";

/** The ledger as `state ms`, without what is zero. */
function ledgerOf(text: string): string[] {
  return ledger(sessionFromText(text)).flatMap(({ state, ms }) => (ms > 0 ? [`${state} ${ms}`] : []));
}

test("a step is waiting, generating, running tools, and overhead for the rest", () => {
  expect(
    ledgerOf(`
      session 0..100
        turn 0..100
          step 10..100
            model 10..50 first 30
            bash 60..90`),
  ).toEqual(["generating 20", "running-tools 30", "waiting-for-model 20", "overhead 30"]);
});

test("generating goes before running tools, running tools before waiting", () => {
  expect(
    ledgerOf(`
      session 0..100
        turn 0..100
          step 0..100
            model 0..40 first 20
            bash 10..60`),
  ).toEqual(["generating 20", "running-tools 30", "waiting-for-model 10", "overhead 40"]);
});

test("tools that run side by side count once", () => {
  expect(
    ledgerOf(`
      session 0..100
        turn 0..100
          bash 10..60
          grep 20..50
          read 55..70`),
  ).toEqual(["running-tools 60", "overhead 40"]);
});

test("between turns the user is waited for", () => {
  expect(
    ledgerOf(`
      session 0..100
        turn 0..30
        turn 80..100`),
  ).toEqual(["waiting-for-user 50", "overhead 50"]);
});

test("after a turn whose record stops, the time until the next is unknown", () => {
  expect(
    ledgerOf(`
      session 0..100
        turn 0..30 unfinished
        turn 80..100`),
  ).toEqual(["overhead 50", "unknown 50"]);
});

test("a permission prompt inside a tool call is waiting for the user, unless another tool runs", () => {
  expect(
    ledgerOf(`
      session 0..100
        turn 0..100
          bash 0..100 ask 10..50
          read 40..60`),
  ).toEqual(["running-tools 70", "waiting-for-user 30"]);
});

test("failed attempts are retrying until the answered one is sent", () => {
  expect(
    ledgerOf(`
      session 0..100
        turn 0..100
          step 0..100
            model 0..100 first 80 retry 10..60`),
  ).toEqual(["generating 20", "retrying 50", "waiting-for-model 30"]);
});

test("a call that was never answered is waiting throughout", () => {
  expect(
    ledgerOf(`
      session 0..100
        turn 0..100
          step 0..100
            model 0..100 error`),
  ).toEqual(["waiting-for-model 100"]);
});

test("a subagent's own states stand in for its task tool; what nothing covers is overhead", () => {
  expect(
    ledgerOf(`
      session 0..100
        turn 0..100
          step 0..100
            task 10..90
              subagent 20..80
                step 20..80
                  model 20..60 first 50
                  bash 60..75`),
  ).toEqual(["generating 10", "running-tools 15", "waiting-for-model 30", "overhead 45"]);
});

test("a task tool whose child is missing is a running tool", () => {
  expect(
    ledgerOf(`
      session 0..100
        turn 0..100
          task 10..90`),
  ).toEqual(["running-tools 80", "overhead 20"]);
});

test("a subagent in the background counts while it works, also after the turn", () => {
  expect(
    ledgerOf(`
      session 0..100
        turn 0..20
        subagent 10..60
          step 10..60
            bash 30..50
        turn 90..100`),
  ).toEqual(["running-tools 20", "waiting-for-user 50", "overhead 30"]);
});

test("shares are of active time, null for what is not active", () => {
  const rows = ledger(
    sessionFromText(`
      session 0..200
        turn 0..100
          bash 0..25
        turn 180..200`),
  );
  expect(activeMs(rows)).toBe(120);
  const share = (state: string) => rows.find((row) => row.state === state)?.share;
  expect([share("running-tools"), share("overhead"), share("waiting-for-user"), share("unknown")]).toEqual([
    0.208333,
    0.791667,
    null,
    null,
  ]);
});

test("a state is as surely known as the least sure interval in it", () => {
  const session = sessionFromText(`
    session 0..100
      turn 0..100
        bash 0..25
        bash 30..40`);
  const guessed = {
    ...session,
    spans: session.spans.map((span, i) => (i === 3 ? { ...span, basis: "estimated" as const } : span)),
  };
  const basis = (of: typeof session) => ledger(of).find((row) => row.state === "running-tools")?.basis;
  expect([basis(session), basis(guessed)]).toEqual(["measured", "estimated"]);
});

test("a zero is unknown where the source never records the state", () => {
  const session = {
    ...sessionFromText("session 0..10"),
    records: { retries: "as-waiting" as const, permissionWaits: "none" as const },
  };
  expect(ledger(session).find((row) => row.state === "retrying")).toMatchObject({ ms: 0, basis: "unknown" });
});
