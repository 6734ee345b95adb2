import { describe, expect, test } from "vitest";
import { analyze } from "../../../src/analyze/index.js";
import type { TelemetryFile } from "../../../src/load/telemetry/read-telemetry.js";
import { withTelemetry } from "../../../src/load/telemetry/with-telemetry.js";
import type { Session } from "../../../src/model/session.js";
import { loadRoots, recordedPath } from "../../support/fixtures.js";
import { sessionFromText } from "../../support/session-text.js";

/** Its session is ses_test, its subagent's ses_5; its calls are call_4, call_6 and call_7, in msg_0. */
const SESSION = sessionFromText(`
  session 0..100
    turn 0..100
      step 0..100
        model 0..10
        bash 10..90
          subagent 10..80
            read 20..30
        edit 90..95
`);

/** A file of lines; a text is a line that is no JSON. */
function file(path: string, ...lines: readonly (object | string)[]): TelemetryFile {
  const entries = lines.map((line, i) => ({
    place: `line ${i + 1}`,
    value: typeof line === "string" ? undefined : line,
  }));
  return { path, entries };
}

const skill = (name: string, more: object = {}) => ({ kind: "skill", name, ...more });

/** The names of the skills that are about a session, in order. */
function namesIn(session: Session, ...files: readonly TelemetryFile[]): string[] {
  return withTelemetry(session, files).telemetry.map((record) => (record.kind === "skill" ? record.name : record.kind));
}

const textsOf = (session: Session) => session.notes.map(({ kind, text, files }) => [kind, text, ...(files ?? [])]);

describe("a record belongs to a session", () => {
  test.each([
    ["by its id", { sessionId: "ses_test" }],
    ["by a subagent's", { sessionId: "ses_5" }],
    ["by a message's", { messageId: "msg_0" }],
    ["by a call's", { callId: "call_6" }],
    [
      "whatever else it names, if the session is right",
      { sessionId: "ses_test", messageId: "msg_gone", callId: "call_0" },
    ],
  ])("%s", (_, ids) => {
    expect(namesIn(SESSION, file("a", skill("own", ids)))).toEqual(["own"]);
  });

  test.each([
    ["that names another session", { sessionId: "ses_other" }],
    ["that names a message of another", { messageId: "msg_other" }],
    ["that names a call of another", { callId: "call_99" }],
    ["whose session contradicts its message", { sessionId: "ses_other", messageId: "msg_0" }],
    ["whose session contradicts its call", { sessionId: "ses_other", callId: "call_6" }],
    ["whose message contradicts its call", { messageId: "msg_other", callId: "call_6" }],
  ])("and not one %s, of which nothing is said", (_, ids) => {
    const session = withTelemetry(SESSION, [file("a", skill("other", ids))]);
    expect(session.telemetry).toEqual([]);
    expect(textsOf(session)).toEqual([["info", "1 telemetry file was read; nothing in them is about this session."]]);
  });

  test("of a recording, by the ids that OpenCode gave", async () => {
    const [session] = (await loadRoots(recordedPath("1.18.34 parallel-agents"))) as [Session];
    const children = session.spans.flatMap((span) => (span.kind === "subagent" ? [span.sessionId] : []));
    const calls = session.spans.flatMap((span) => (span.kind === "tool" ? [span.callId] : []));
    const messages = session.messages.map(({ id }) => id);
    expect([children.length, calls.length > 5, messages.length > 5]).toEqual([2, true, true]);
    const lines = [
      ...children.map((sessionID) => skill("child", { sessionID })),
      ...messages.map((messageID) => skill("message", { messageID })),
      ...calls.map((callID) => skill("call", { callID })),
    ];
    const { telemetry } = withTelemetry(session, [file("a", ...lines)]);
    expect(telemetry.length).toBe(lines.length);
    const ofCalls = telemetry.filter((record) => record.kind === "skill" && record.name === "call");
    expect(ofCalls.filter(({ messageId }) => messageId === null || !messages.includes(messageId))).toEqual([]);
  });
});

describe("a call leads to its message", () => {
  const messageOf = (session: Session, ids: object) =>
    withTelemetry(session, [file("a", skill("own", ids))]).telemetry[0]?.messageId;

  test("where the line names none", () => {
    expect(messageOf(SESSION, { callId: "call_6" })).toBe("msg_0");
    expect(messageOf(SESSION, { callId: "call_6", messageId: "msg_0" })).toBe("msg_0");
    expect(messageOf(SESSION, { sessionId: "ses_test", callId: "call_unknown" })).toBe(null);
  });

  test("but not where several messages have a call of that id, unless the session tells which", () => {
    const [message] = SESSION.messages;
    const messages = [message, { ...message, id: "msg_child", sessionId: "ses_5" }] as Session["messages"];
    const spans = SESSION.spans.map((span, i) =>
      span.kind === "tool" ? { ...span, callId: "functions.skill:0", message: i === 6 ? 1 : 0 } : span,
    );
    const twice = {
      ...SESSION,
      messages,
      spans: spans.filter((span, i) => span.kind !== "tool" || i === 4 || i === 6),
    };
    expect(messageOf(twice, { callId: "functions.skill:0" })).toBe(null);
    expect(messageOf(twice, { callId: "functions.skill:0", sessionId: "ses_5" })).toBe("msg_child");
  });
});

describe("order and copies", () => {
  const at = (ms: number) => ({ at: 1_795_000_000_000 + ms, sessionId: "ses_test" });

  test("records stand in time order, then in that of the files; those without a time last", () => {
    const first = file("a", skill("late", at(9)), skill("timeless", { sessionId: "ses_test" }), skill("same-1", at(5)));
    const second = file("b", skill("same-2", at(5)), skill("early", at(1)));
    expect(namesIn(SESSION, first, second)).toEqual(["early", "same-1", "same-2", "late", "timeless"]);
  });

  test("what several files say alike counts once, what one says twice counts twice", () => {
    const twice = [skill("x", at(1)), skill("x", at(1)), skill("y", at(2))];
    expect(namesIn(SESSION, file("a", ...twice), file("metrics.json", ...twice, skill("z", at(3))))).toEqual([
      ...["x", "x", "y", "z"],
    ]);
    expect(namesIn(SESSION, file("a", skill("x", at(1))), file("b", ...twice))).toEqual(["x", "x", "y"]);
  });
});

test("edited files are called as the session's own messages call theirs", async () => {
  const [session] = (await loadRoots(recordedPath("1.18.34 debug-auth"))) as [Session];
  const edit = (name: string) => ({ kind: "edit", format: "udiff", sessionId: session.id, file: name });
  const files = [`${session.directory}/src/a.ts`, "./src/a.ts", "src/../src/a.ts", "/srv/lib/b.ts"];
  const { telemetry } = withTelemetry(session, [file("a", ...files.map(edit))]);
  expect(telemetry.map((record) => record.kind === "edit" && record.file)).toEqual([
    ...["src/a.ts", "src/a.ts", "src/a.ts", "/srv/lib/b.ts"],
  ]);
});

describe("notes", () => {
  const own = { sessionId: "ses_test" };

  test("say nothing where there is no file", () => {
    expect(withTelemetry(SESSION, [])).toEqual(SESSION);
  });

  test("name the files that are about the session", () => {
    const files = [file("/p/a.jsonl", skill("x", own)), file("/p/b.jsonl", skill("x", { sessionId: "ses_other" }))];
    const session = withTelemetry(SESSION, files);
    expect(textsOf(session)).toEqual([
      ["info", "2 telemetry files were read; 1 record in them is about this session", "/p/a.jsonl"],
    ]);
    expect(analyze(session, "test").notes).toContainEqual({
      kind: "info",
      text: "2 telemetry files were read; 1 record in them is about this session: /p/a.jsonl.",
    });
  });

  test("count the lines that were skipped, with the first reason", () => {
    const bad = [skill("x", own), "{", { kind: "skill", ...own }, skill("x")];
    const [, ...notes] = textsOf(
      withTelemetry(SESSION, [file("a", ...bad), file("b", "{"), file("c", skill("y", own))]),
    );
    const text = "4 lines of 2 telemetry files were skipped, the first one (line 2: it is no JSON object)";
    expect(notes).toEqual([["skipped", text, "a", "b"]]);
  });

  test("name the files that were left out, by the reason", () => {
    const left = ["a", "b"].map((path) => ({ path, problem: "larger than 50 MB" }));
    expect(textsOf(withTelemetry(SESSION, [...left, { path: "c", problem: "cannot be read" }]))).toEqual([
      ["skipped", "2 telemetry files were left out (larger than 50 MB)", "a", "b"],
      ["skipped", "1 telemetry file was left out (cannot be read)", "c"],
    ]);
  });

  test("name ten files at most", () => {
    const files = Array.from({ length: 12 }, (_, i) => file(`f${i}`, skill(`s${i}`, own)));
    const [[, text, ...named] = []] = textsOf(withTelemetry(SESSION, files));
    expect(text).toBe(
      "12 telemetry files were read; 12 records in them are about this session (the first 10 of 12 files)",
    );
    expect(named).toEqual(Array.from({ length: 10 }, (_, i) => `f${i}`));
  });
});
