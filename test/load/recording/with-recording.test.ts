import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { analyze } from "../../../src/analyze/index.js";
import type { RecordingFile } from "../../../src/load/recording/read-recording.js";
import { withRecording } from "../../../src/load/recording/with-recording.js";
import type { RecordingLine } from "../../../src/model/recording.js";
import type { State } from "../../../src/model/report.js";
import type { ModelSpan, Session, Span, ToolSpan } from "../../../src/model/session.js";
import { firstChunk, permission, request, retry, streamEnd, toolRan } from "../../support/recording-lines.js";
import { sessionFromStory } from "../../support/story-text.js";

/** As a source has it that knows little: the first output is derived, failed attempts and permissions are not recorded. */
function recorded(story: string, guessed: (span: Span) => boolean = () => false): Session {
  const session = sessionFromStory(story);
  const spans = session.spans.map((span): Span => {
    if (span.kind === "model") return { ...span, basis: "derived" };
    return guessed(span) ? { ...span, basis: "estimated" } : span;
  });
  return { ...session, spans, records: { retries: "as-waiting", permissionWaits: "none" } };
}

const fileOf = (...lines: readonly RecordingLine[]): RecordingFile => ({
  path: "/r/ses_root.jsonl",
  lines,
  skipped: 0,
});
const told = (session: Session, ...lines: readonly RecordingLine[]) => withRecording(session, [fileOf(...lines)]);
const modelOf = ({ spans }: Session) => spans.find((span) => span.kind === "model") as ModelSpan;
const toolOf = ({ spans }: Session, callId: string) =>
  spans.find((span) => span.kind === "tool" && span.callId === callId) as ToolSpan;
const textsOf = ({ notes }: Session) => notes.map(({ kind, text, files }) => [kind, text, ...(files ?? [])]);

/** The states that took time, in the order of the ledger: `waiting-for-model 300`. */
function statesOf(session: Session): string[] {
  const { time, summary } = analyze(session, "test");
  expect(time.ledger.reduce((sum, { ms }) => sum + ms, 0)).toBe(summary.wallMs);
  return time.ledger.filter(({ ms }) => ms > 0).map(({ state, ms, basis }) => `${state} ${ms} ${basis}`);
}
const basisOf = (session: Session, state: State) =>
  analyze(session, "test").time.ledger.find((row) => row.state === state)?.basis;

/** Its answer is m2. */
const ONE_CALL = `
  turn 0..5000 asks:5
    step 0..5000 first:2000 until:4000 prompt:900 out:40
`;

describe("a model call", () => {
  test("begins when its request was sent: what lies before is the agent's own preparation", () => {
    const before = recorded(ONE_CALL);
    expect(statesOf(before)).toEqual([
      "generating 2000 derived",
      "waiting-for-model 2000 derived",
      "overhead 1000 measured",
    ]);
    const session = told(before, request("m2", 300), firstChunk("m2", 1_900), streamEnd("m2", 4_100));
    expect(statesOf(session)).toEqual([
      "generating 2200 measured",
      "waiting-for-model 1600 measured",
      "overhead 1200 measured",
    ]);
    expect(modelOf(session)).toMatchObject({ startAt: 300, firstOutputAt: 1_900, endAt: 4_100, basis: "measured" });
  });

  test("whose first piece nobody saw goes on to be derived", () => {
    const session = told(recorded(ONE_CALL), request("m2", 300));
    expect(modelOf(session)).toMatchObject({ startAt: 300, firstOutputAt: 2_000, endAt: 4_000, basis: "derived" });
  });

  test.each<[string, readonly RecordingLine[]]>([
    ["of which no request was seen", [firstChunk("m2", 1_900), streamEnd("m2", 4_100)]],
    ["of another session", [{ ...request("m2", 300), sessionId: "ses_other" }, firstChunk("m2", 1_900)]],
    ["for a title", [request("m2", 300, { purpose: "title" })]],
    ["with another answer", [request("m9", 300)]],
  ])("is as it was after lines %s", (_, lines) => {
    const session = recorded(ONE_CALL);
    expect(told(session, ...lines).spans).toEqual(session.spans);
  });

  test.each<[string, readonly RecordingLine[]]>([
    ["sent before the step", [request("m2", -1_001)]],
    ["sent after the step", [request("m2", 6_001)]],
    ["sent after the answer began", [request("m2", 3_001)]],
    ["that came after the answer began", [request("m2", 300), firstChunk("m2", 3_001)]],
    ["whose stream ended after the step", [request("m2", 300), firstChunk("m2", 1_900), streamEnd("m2", 6_001)]],
  ])("stays as it was where the recording has it %s, and a note says so", (_, lines) => {
    const session = recorded(ONE_CALL);
    const merged = told(session, ...lines);
    expect(merged.spans).toEqual(session.spans);
    expect(textsOf(merged).at(-1)).toEqual([
      "skipped",
      "1 recorded model call or wait was left out: it contradicts the session's own times by more than a second.",
    ]);
  });

  test("may differ by a second: then it is cut to the step", () => {
    const session = told(recorded(ONE_CALL), request("m2", -1_000), firstChunk("m2", 3_000), streamEnd("m2", 6_000));
    expect(modelOf(session)).toMatchObject({ startAt: 0, firstOutputAt: 3_000, endAt: 5_000 });
    expect(textsOf(session).length).toBe(1);
  });

  test("a message goes on to point to its span when a call begins after a tool's row did", () => {
    const before = recorded(`
      turn 0..5000 asks:5
        step 0..5000 first:100 until:4000 prompt:900 out:40
          read a.ts 100..200
    `);
    const session = told(before, request("m2", 900), firstChunk("m2", 1_000));
    const message = session.messages.find(({ id }) => id === "m2");
    expect(session.spans[message?.span ?? 0]).toMatchObject({ kind: "model", startAt: 900 });
    statesOf(session);
  });
});

describe("attempts that failed", () => {
  test("are retrying, from the first request to the one that was answered", () => {
    const session = told(
      recorded(ONE_CALL),
      request("m2", 200),
      retry("m2", 500, 1_500),
      request("m2", 1_510, { attempt: 2 }),
      firstChunk("m2", 2_000),
      streamEnd("m2", 4_000),
    );
    expect(modelOf(session).retrying).toEqual({ startAt: 200, endAt: 1_510 });
    expect(statesOf(session)).toEqual([
      "generating 2000 measured",
      "retrying 1310 measured",
      "waiting-for-model 490 measured",
      "overhead 1200 measured",
    ]);
    expect(session.records.retries).toBe("recorded");
  });

  test("say why, each attempt once", () => {
    const again = { ...retry("m2", 1_600, 2_500), attempt: 2, reason: "overloaded" };
    const lines = [request("m2", 200), retry("m2", 500, 1_500), retry("m2", 501, 1_500)];
    const answered = [request("m2", 2_510, { attempt: 4 }), firstChunk("m2", 3_000)];
    const silent = { ...again, attempt: 3, reason: null };
    const session = told(recorded(ONE_CALL), ...lines, again, silent, ...answered);
    expect(modelOf(session).retryReasons).toEqual(["429", "overloaded"]);
    expect(modelOf(told(recorded(ONE_CALL), ...answered))).not.toHaveProperty("retryReasons");
  });

  test("what came of one that broke is no part of the answer", () => {
    const session = told(
      recorded(ONE_CALL),
      ...[request("m2", 200), firstChunk("m2", 300), streamEnd("m2", 400, false), retry("m2", 410, 900)],
      ...[request("m2", 900, { attempt: 2 }), firstChunk("m2", 2_000), streamEnd("m2", 3_900)],
    );
    expect(modelOf(session)).toMatchObject({
      retrying: { startAt: 200, endAt: 900 },
      firstOutputAt: 2_000,
      endAt: 3_900,
    });
  });

  test("an attempt that was only planned ends when the user had enough", () => {
    const story = "turn 0..3000 asks:5\n  step 0..3000 until:3000 aborted";
    const session = told(recorded(story), request("m2", 200), retry("m2", 500, 60_000));
    expect(modelOf(session).retrying).toEqual({ startAt: 200, endAt: 3_000 });
    expect(statesOf(session)).toEqual(["retrying 2800 derived", "overhead 200 measured"]);
  });

  test("an attempt that failed before anything came has an end of its own", () => {
    const story = "turn 0..3000 asks:5\n  step 0..3000 until:3000 aborted";
    const lines = [request("m2", 200), streamEnd("m2", 500, false), retry("m2", 500, 60_000)];
    expect(modelOf(told(recorded(story), ...lines)).retrying).toEqual({ startAt: 200, endAt: 3_000 });
  });

  test("that the database alone knows of stay", () => {
    const before = recorded("turn 0..5000 asks:5\n  step 0..5000 retry:0..1500 first:2000 until:4000");
    const session = told(before, request("m2", 300), firstChunk("m2", 400), streamEnd("m2", 4_000));
    expect(modelOf(session)).toMatchObject({ retrying: { startAt: 300, endAt: 1_500 }, firstOutputAt: 2_000 });
  });
});

/** Its answer is m2, its calls are c1 and c2. */
const TWO_TOOLS = `
  turn 0..9000 asks:5
    step 0..9000 first:800 until:1500 prompt:900 out:40
      bash 2000..8000 on:npm_test
      edit a.ts 2000..2500
`;
const isBash = (span: Span) => span.kind === "tool" && span.tool === "bash";

describe("lines in another order than that of their times", () => {
  // As they are written: the end of a stream behind its tools, two processes side by side.
  const start = (pid: number) =>
    ({ kind: "start", at: 0, sessionId: "ses_root", version: 1, recorder: "sessionflame 1", pid }) as const;
  const base = (at: number, chars: number) =>
    ({ kind: "base", at, sessionId: "ses_root", systemChars: chars, tools: [] }) as const;
  const LINES: readonly RecordingLine[] = [
    ...[start(1), base(100, 5), request("m2", 200), retry("m2", 500, 700), start(2)],
    ...[request("m2", 700, { attempt: 2 }), firstChunk("m2", 800), toolRan("c2", 2_050, 400)],
    ...[permission("c1", 5_000, 700), base(600, 7), permission(null, 6_000, 500), toolRan("c1", 2_900, 5_050)],
    streamEnd("m2", 1_500),
  ];
  const before = recorded(TWO_TOOLS, isBash);

  test("merge as in order", () => {
    const session = told(before, ...LINES);
    expect(modelOf(session)).toMatchObject({
      ...{ startAt: 200, firstOutputAt: 800, endAt: 1_500, basis: "measured" },
      retrying: { startAt: 200, endAt: 700 },
    });
    expect(toolOf(session, "c1").userWaits.length).toBe(2);
    expect(session.baseSizes?.systemChars).toBe(7);
    fc.assert(
      fc.property(fc.shuffledSubarray([...LINES], { minLength: LINES.length }), (lines) => {
        expect(told(before, ...lines)).toEqual(session);
      }),
    );
  });

  test("merge over a file that was put aside and the one that goes on", () => {
    const { notes: _, ...session } = told(before, ...LINES);
    for (let cut = 0; cut <= LINES.length; cut++) {
      const files = [fileOf(...LINES.slice(0, cut)), fileOf(...LINES.slice(cut))];
      const { notes, ...merged } = withRecording(before, files);
      expect(merged).toEqual(session);
      expect(notes.map(({ kind }) => kind)).toEqual(["info"]);
    }
  });
});

describe("a permission", () => {
  test("is a wait for the user within its call", () => {
    const session = told(recorded(TWO_TOOLS), request("m2", 0), permission("c1", 3_000, 1_500));
    expect(toolOf(session, "c1").userWaits).toEqual([{ startAt: 3_000, endAt: 4_500 }]);
    expect(toolOf(session, "c2").userWaits).toEqual([]);
    expect(statesOf(session)).toContain("waiting-for-user 1500 measured");
    expect(session.records.permissionWaits).toBe("all");
  });

  test("that was asked for twice at a time is one wait; one that is over the call's end is cut", () => {
    const session = told(
      recorded(TWO_TOOLS),
      ...[permission("c1", 3_500, 1_500), permission("c1", 3_000, 1_000), permission("c1", 7_500, 900)],
    );
    expect(toolOf(session, "c1").userWaits).toEqual([
      { startAt: 3_000, endAt: 5_000 },
      { startAt: 7_500, endAt: 8_000 },
    ]);
  });

  test.each<[string, Parameters<typeof permission>]>([
    ["of another message", ["c1", 3_000, 100, { messageId: "m9" }]],
    ["of another session", ["c1", 3_000, 100, { sessionId: "ses_other" }]],
    ["of another call", ["c9", 3_000, 100]],
  ])("%s changes nothing, and no note speaks of it", (_, line) => {
    const session = told(recorded(TWO_TOOLS), request("m2", 0), permission(...line));
    expect(toolOf(session, "c1").userWaits).toEqual([]);
    expect(textsOf(session).length).toBe(1);
  });

  test("before or after its call is left out, with a note", () => {
    const session = told(recorded(TWO_TOOLS), permission("c1", 500, 100), permission("c2", 2_400, 1_200));
    expect(session.spans.flatMap((span) => (span.kind === "tool" ? span.userWaits : []))).toEqual([]);
    expect(textsOf(session).at(-1)?.[1]).toMatch(/^2 recorded model calls and waits were left out: /);
  });

  test("of calls that are numbered anew in each answer goes to the one at its time", () => {
    const before = recorded(`
      turn 0..9000 asks:5
        step 0..3000 first:100 until:500
          bash 600..2500 on:ls
        step 3000..9000 first:3100 until:3500
          bash 5000..8500 on:pwd
    `);
    const spans = before.spans.map((span) => (span.kind === "tool" ? { ...span, callId: "call_0" } : span));
    const session = told({ ...before, spans }, permission("call_0", 6_000, 700));
    const waits = session.spans.flatMap((span) => (span.kind === "tool" ? [span.userWaits.length] : []));
    expect(waits).toEqual([0, 1]);
  });
});

describe("a permission that names no call", () => {
  const waitsOf = (session: Session) => ["c1", "c2"].map((id) => toolOf(session, id).userWaits.length);

  test.each<[string, number[], Parameters<typeof permission>]>([
    ["of the one call that ran all the while", [1, 0], [null, 5_000, 2_000]],
    ["of the one call of its tool, of two that ran", [0, 1], [null, 2_100, 300, { permission: "edit" }]],
    ["of an answer's call", [1, 0], [null, 5_000, 2_000, { messageId: "m2" }]],
  ])("is %s", (_, waits, line) => {
    const session = told(recorded(TWO_TOOLS), request("m2", 0), permission(...line));
    expect(waitsOf(session)).toEqual(waits);
    expect([textsOf(session).length, session.records.permissionWaits]).toEqual([1, "all"]);
  });

  test.each<[string, Parameters<typeof permission>]>([
    ["while two ran", [null, 2_100, 300, { permission: "external_directory" }]],
    ["while none ran", [null, 500, 100]],
    ["of another message", [null, 5_000, 2_000, { messageId: "m9" }]],
  ])("and was asked for %s is counted in a note, and not all waits are known", (_, line) => {
    const session = told(recorded(TWO_TOOLS), request("m2", 0), permission(...line));
    expect(waitsOf(session)).toEqual([0, 0]);
    expect(textsOf(session).at(-1)).toEqual([
      "skipped",
      "1 recorded permission prompt was left out: nothing says for which tool call it was.",
    ]);
    expect(session.records).toEqual({ retries: "recorded", permissionWaits: "none" });
  });

  test("and is of another session is nobody's here", () => {
    const other = permission(null, 5_000, 2_000, { sessionId: "ses_other" });
    expect(textsOf(told(recorded(TWO_TOOLS), request("m2", 0), other)).length).toBe(1);
  });
});

describe("the question whether to go on", () => {
  /** As OpenCode keeps it: the third equal call asks, and nothing that comes is read until that is answered at 6000. */
  const LOOP = `
    turn 0..9000 asks:5
      step 0..9000 first:800 until:6000 prompt:900 out:40
        read a.ts 1000..6050
        read a.ts 1050..6100
        read a.ts 1100..6150
  `;
  const ASKED = permission(null, 1_200, 4_800, { permission: "doom_loop", messageId: "m2" });
  const STREAM = [request("m2", 0), firstChunk("m2", 800), streamEnd("m2", 6_000)];
  const ran = (callId: string, startedAt: number, durationMs: number) =>
    toolRan(callId, startedAt, durationMs, { tool: "read", messageId: "m2" });
  const RAN = [ran("c1", 1_000, 60), ran("c2", 1_050, 60), ran("c3", 1_100, 150)];
  const heldIn = (session: Session) => ["c1", "c2", "c3"].map((id) => toolOf(session, id).heldUp);

  test("is a wait for the user, though OpenCode has all of its calls run on and the answer stream", () => {
    const before = told(recorded(LOOP), ...STREAM);
    expect(statesOf(before).slice(0, 2)).toEqual(["generating 5200 measured", "running-tools 150 measured"]);
    const session = told(recorded(LOOP), ...STREAM, ...RAN, ASKED);
    expect(statesOf(session)).toEqual([
      "generating 400 measured",
      "running-tools 200 measured",
      "waiting-for-model 800 measured",
      "waiting-for-user 4750 measured",
      "overhead 2850 measured",
    ]);
    expect(modelOf(session).heldUp).toEqual([{ startAt: 1_200, endAt: 6_000 }]);
    expect(heldIn(session)).toEqual([
      [{ startAt: 1_200, endAt: 6_000 }],
      [{ startAt: 1_200, endAt: 6_000 }],
      [{ startAt: 1_250, endAt: 6_000 }],
    ]);
    expect([textsOf(session).length, session.records.permissionWaits]).toEqual([1, "all"]);
  });

  test("is no part of the rate at which the model wrote, nor of how long its calls took", () => {
    const { time } = analyze(told(recorded(LOOP), ...STREAM, ...RAN, ASKED), "test");
    expect(time.modelCalls[0]).toMatchObject({ generateMs: 400, tokensPerSecond: 100 });
    const reads = time.operations.find(({ operation }) => operation === "read");
    expect(reads).toMatchObject({ count: 3, totalMs: 250 + 250 + 300 });
  });

  test("asks for no permission that could be given beforehand", () => {
    const { suggestions } = analyze(told(recorded(LOOP), ...STREAM, ...RAN, ASKED), "test");
    expect(suggestions.filter(({ rule }) => rule === "permission-waits")).toEqual([]);
  });

  test("stops no tool that runs: that counts as running", () => {
    const session = told(recorded(LOOP), ...STREAM, ran("c1", 1_000, 4_000), ASKED);
    expect(heldIn(session)[0]).toEqual([{ startAt: 5_000, endAt: 6_000 }]);
    expect(statesOf(session)).toContain("waiting-for-user 1000 measured");
  });

  test("holds up nothing that was over, and nothing of another answer", () => {
    const session = told(
      recorded(`
        turn 0..9000 asks:5
          step 0..3000 first:800 until:1500
            read a.ts 1000..1100
            read a.ts 1050..2950
          step 3000..9000 first:3500 until:4000
            read a.ts 4000..9000
      `),
      permission(null, 1_600, 1_000, { permission: "doom_loop", messageId: "m2" }),
    );
    expect(heldIn(session)).toEqual([undefined, [{ startAt: 1_600, endAt: 2_600 }], undefined]);
    expect(session.spans.filter((span) => span.kind === "model" && span.heldUp)).toEqual([]);
  });

  test.each<[string, Partial<Parameters<typeof permission>[3]>, RegExp]>([
    ["of another message", { messageId: "m9" }, /^1 recorded permission prompt was left out/],
    ["of no message", { messageId: null }, /^1 recorded permission prompt was left out/],
    ["after its step", { askedAt: 9_500 }, /^1 recorded model call or wait was left out: it contradicts/],
  ])("%s changes nothing, and a note says so", (_, more, note) => {
    const plain = told(recorded(LOOP), ...STREAM);
    const session = told(recorded(LOOP), ...STREAM, { ...ASKED, ...more });
    expect(session.spans).toEqual(plain.spans);
    expect(textsOf(session).at(-1)?.[1]).toMatch(note);
  });
});

describe("a tool call", () => {
  test("whose start was guessed begins when it was seen to", () => {
    const before = recorded(TWO_TOOLS, isBash);
    expect(basisOf(before, "running-tools")).toBe("estimated");
    const session = told(before, toolRan("c1", 2_900, 5_050));
    expect(toolOf(session, "c1")).toMatchObject({ startAt: 2_900, endAt: 8_000, calledAt: 2_900, basis: "measured" });
    expect(basisOf(session, "running-tools")).toBe("measured");
    statesOf(session);
  });

  test("whose start is recorded stays as it was", () => {
    const before = recorded(TWO_TOOLS);
    expect(told(before, toolRan("c1", 2_900, 5_050)).spans).toEqual(before.spans);
  });

  test("without an end ends when it was seen to", () => {
    const before = recorded(TWO_TOOLS.replace("8000 on:", "9000 unfinished on:"), isBash);
    const session = told(before, toolRan("c1", 2_100, 3_000));
    expect(toolOf(session, "c1")).toMatchObject({ startAt: 2_100, endAt: 5_100, status: "unfinished" });
  });

  test("goes on to hold the subagent that it started", () => {
    const story = `
      turn 0..9000 asks:5
        step 0..9000 first:800 until:1500
          task 2000..8000 on:map
            subagent 3000..7000 asks:5
              step 3000..7000 first:3500 until:7000
    `;
    const before = recorded(story, (span) => span.kind === "tool");
    const session = told(before, toolRan("c1", 3_400, 4_600));
    expect(toolOf(session, "c1")).toMatchObject({ startAt: 3_000, endAt: 8_000 });
  });

  test("that was seen outside its time stays, with a note", () => {
    const before = recorded(TWO_TOOLS, isBash);
    const session = told(before, toolRan("c1", 900, 100));
    expect(session.spans).toEqual(before.spans);
    expect(textsOf(session).at(-1)?.[1]).toMatch(/^1 recorded model call or wait was left out: /);
  });
});

test("the sizes of what prompts begin with are those of the session, as they were last", () => {
  const base = (at: number, chars: number, sessionId = "ses_root") =>
    ({ kind: "base", at, sessionId, systemChars: chars, tools: [{ tool: "bash", chars }] }) as const;
  const session = told(recorded(ONE_CALL), base(50, 7), base(20, 5), request("m2", 300));
  expect(session.baseSizes).toEqual({ systemChars: 7, tools: [{ tool: "bash", chars: 7 }] });
  expect("baseSizes" in told(recorded(ONE_CALL), base(50, 7, "ses_other"))).toBe(false);
});

describe("what the notes say", () => {
  const TWO_STEPS = `
    turn 0..5000 asks:5
      step 0..2000 first:500 until:2000
      step 2000..5000 first:2500 until:5000
  `;

  test("how many model calls were seen; with all of them, what was not recorded did not happen", () => {
    const half = told(recorded(TWO_STEPS), request("m2", 100));
    expect(textsOf(half)).toEqual([
      [
        "info",
        "1 recording was read; it tells of 1 of 2 model calls, the others are shown without",
        "/r/ses_root.jsonl",
      ],
    ]);
    expect(half.records).toEqual({ retries: "as-waiting", permissionWaits: "none" });
    const whole = told(recorded(TWO_STEPS), request("m2", 100), request("m3", 2_100));
    expect(textsOf(whole)).toEqual([
      ["info", "1 recording was read; it tells of 2 of 2 model calls", "/r/ses_root.jsonl"],
    ]);
    expect(whole.records).toEqual({ retries: "recorded", permissionWaits: "all" });
  });

  test("whether the agent's preparation is still part of waiting", () => {
    const said = (session: Session) =>
      analyze(session, "test")
        .notes.map(({ text }) => /^.*(?= model call is counted)/.exec(text)?.[0] ?? "")
        .join("");
    expect(said(recorded(TWO_STEPS))).toBe("A");
    expect(said(told(recorded(TWO_STEPS), request("m2", 100)))).toBe(
      "Where no recording says when its request was sent, a",
    );
    expect(said(told(recorded(TWO_STEPS), request("m2", 100), request("m3", 2_100)))).toBe("");
  });

  test("which lines were skipped and which files left out, and nothing of recordings about others", () => {
    const session = withRecording(recorded(TWO_STEPS), [
      { path: "/r/a.jsonl", lines: [], skipped: 2 },
      { path: "/r/b.jsonl", problem: "larger than 50 MB" },
      { path: "/r/c.jsonl", lines: [{ ...request("m2", 100), sessionId: "ses_other" }], skipped: 0 },
    ]);
    expect(textsOf(session)).toEqual([
      ["skipped", "2 lines of 1 recording were skipped: they are cut off, or of no known form", "/r/a.jsonl"],
      ["skipped", "1 recording was left out (larger than 50 MB)", "/r/b.jsonl"],
    ]);
  });
});
