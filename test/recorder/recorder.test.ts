import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { drawn, linesOf, recordedHooks, testRecorder } from "../support/recorder.js";

const SESSION = "ses_1";
const assistant = (id: string, more: object = {}) => ({
  sessionID: SESSION,
  info: { id, sessionID: SESSION, role: "assistant", time: { created: 1 }, ...more },
});
const part = (messageID: string, type: string, more: object = {}) => ({
  sessionID: SESSION,
  part: { id: "prt_1", sessionID: SESSION, messageID, type, ...more },
});
const status = (type: string, more: object = {}) => ({ sessionID: SESSION, status: { type, ...more } });
const REQUEST = { sessionID: SESSION, agent: "build", model: { id: "m", providerID: "p" } };

describe("what a real session called gives", () => {
  test("a step with a permission: each length, and the end of the stream when the model said the last", () => {
    const lines = linesOf(recordedHooks("step"));
    expect(drawn(lines)).toEqual([
      "status status=busy",
      "base systemChars=97 tools=bash:46,read:11,glob:5",
      "request purpose=answer agent=build model=mock/m1 attempt=1 preparedMs=663.3",
      "first-chunk waitedMs=736",
      "tool tool=read durationMs=15.39 ok=true inputBytes=17 outputBytes=4",
      "tool tool=glob durationMs=17.23 ok=true inputBytes=17 outputBytes=4",
      "permission waitedMs=2049.79 reply=once permission=bash",
      "tool tool=bash durationMs=3123.77 ok=true inputBytes=17 outputBytes=4",
      "stream-end streamedMs=1811.25 requestMs=2547.25 ok=true",
    ]);
    const messages = lines.map((line) => ("messageId" in line ? line.messageId : "")).filter((id) => id !== "");
    expect(new Set(messages)).toEqual(new Set(["msg_1f9a07846001LdbTDju3GYLtD7"]));
  });

  test("retries: each attempt is a request of the same answer", () => {
    expect(drawn(linesOf(recordedHooks("retry")))).toEqual([
      "status status=busy",
      "base systemChars=97 tools=",
      "request purpose=answer agent=build model=mock/m1 attempt=1 preparedMs=48.23",
      "retry attempt=1 reason=503 requestMs=112",
      "status status=retry",
      "status status=busy",
      "request purpose=answer agent=build model=mock/m1 attempt=2 preparedMs=null",
      "retry attempt=2 reason=503 requestMs=112.4",
      "status status=retry",
      "status status=busy",
      "request purpose=answer agent=build model=mock/m1 attempt=3 preparedMs=null",
      "first-chunk waitedMs=715.88",
      "stream-end streamedMs=501.23 requestMs=1217.11 ok=true",
      "status status=idle",
    ]);
  });

  test("a compaction: a request of its own, with the message that holds it", () => {
    const lines = linesOf(recordedHooks("compaction"));
    expect(drawn(lines)).toEqual([
      "status status=busy",
      "request purpose=compaction agent=compaction model=mock/m1 attempt=1 preparedMs=30.59",
      "first-chunk waitedMs=710.12",
      "stream-end streamedMs=704.89 requestMs=1415.01 ok=true",
      "compaction",
      "status status=idle",
    ]);
    expect(lines.find(({ kind }) => kind === "compaction")).toMatchObject({
      messageId: "msg_1f9a1fa20001V9cb3hx9ep8cRd",
    });
  });
});

describe("requests", () => {
  test("for a title belong to no answer, and leave the answer's times alone", () => {
    const { lines, later, call, event } = testRecorder();
    event("message.updated", assistant("msg_1"));
    later(10);
    call("chat.headers", REQUEST);
    later(5);
    call("chat.headers", { ...REQUEST, agent: "title" });
    later(20);
    event("message.part.updated", part("msg_1", "step-start"));
    expect(drawn(lines.filter(({ kind }) => kind !== "base"))).toEqual([
      "request purpose=answer agent=build model=p/m attempt=1 preparedMs=10",
      "request purpose=title agent=title model=p/m attempt=1 preparedMs=null",
      "first-chunk waitedMs=25",
    ]);
    expect(lines.find((line) => line.kind === "request" && line.purpose === "title")).toMatchObject({
      messageId: null,
    });
  });

  test("that were not seen leave the wait unknown", () => {
    const { lines, event } = testRecorder();
    event("message.updated", assistant("msg_1"));
    event("message.part.updated", part("msg_1", "step-start"));
    expect(drawn(lines)).toEqual(["first-chunk waitedMs=null"]);
  });

  test("of a stream that breaks end it, and so does a retry", () => {
    const { lines, later, call, event } = testRecorder();
    event("message.updated", assistant("msg_1"));
    for (const end of [
      () => event("session.status", status("retry", { attempt: 1, next: 7, message: "Overloaded: 'secret'" })),
      () => event("message.updated", assistant("msg_1", { time: { completed: 2 }, error: {} })),
    ]) {
      call("chat.headers", REQUEST);
      event("message.part.updated", part("msg_1", "step-start"));
      later(30);
      event("message.part.delta", { sessionID: SESSION, messageID: "msg_1", delta: "x" });
      later(100);
      end();
    }
    expect(drawn(lines.filter(({ kind }) => kind === "stream-end" || kind === "retry"))).toEqual([
      "stream-end streamedMs=30 requestMs=30 ok=false",
      "retry attempt=1 reason=overloaded requestMs=null",
      "stream-end streamedMs=30 requestMs=30 ok=false",
    ]);
  });

  test("that fail, or are given up, before anything came are over too", () => {
    const { lines, later, call, event, recorder } = testRecorder();
    event("message.updated", assistant("msg_1"));
    call("chat.headers", REQUEST);
    later(40);
    event("message.updated", assistant("msg_1", { time: { completed: 2 }, error: {} }));
    event("message.updated", assistant("msg_2"));
    call("chat.headers", REQUEST);
    later(7);
    recorder.dispose();
    expect(drawn(lines.filter(({ kind }) => kind === "stream-end"))).toEqual([
      "stream-end streamedMs=null requestMs=40 ok=false",
      "stream-end streamedMs=null requestMs=7 ok=false",
    ]);
  });

  test("end once, whatever comes late", () => {
    const { lines, call, event } = testRecorder();
    event("message.updated", assistant("msg_1"));
    call("chat.headers", REQUEST);
    for (const type of ["step-start", "step-finish", "text"]) event("message.part.updated", part("msg_1", type));
    event("message.updated", assistant("msg_1", { time: { completed: 2 } }));
    expect(drawn(lines.filter(({ kind }) => kind === "stream-end"))).toEqual([
      "stream-end streamedMs=0 requestMs=0 ok=true",
    ]);
  });

  test("write the sizes of what they begin with when those change", () => {
    const { lines, call } = testRecorder();
    const prompt = (system: string, tools: object) => {
      for (const [toolID, output] of Object.entries(tools)) call("tool.definition", { toolID }, output);
      call("experimental.chat.messages.transform", {}, { messages: [{ info: { sessionID: SESSION } }] });
      call("experimental.chat.system.transform", { sessionID: SESSION }, { system: [system, "ab"] });
      call("chat.headers", REQUEST);
    };
    const own = { description: "1234", parameters: { ast: {}, fields: {} } };
    prompt("x", { read: own });
    prompt("x", { read: own });
    prompt("xy", { read: own, other: { description: "12", jsonSchema: { type: "object" } } });
    expect(drawn(lines.filter(({ kind }) => kind === "base"))).toEqual([
      "base systemChars=3 tools=read:4",
      "base systemChars=4 tools=read:4,other:19",
    ]);
  });
});

describe("tools", () => {
  test("that fail are told of by their part alone", () => {
    const { lines, later, call, event } = testRecorder();
    const failed = { type: "tool", callID: "functions.edit:0", state: { status: "error", error: "no" } };
    event("message.updated", assistant("msg_1"));
    call("tool.execute.before", { tool: "edit", sessionID: SESSION, callID: "functions.edit:0" }, { args: { a: "ä" } });
    later(12);
    event("message.part.updated", part("msg_other", "tool", failed));
    event("message.part.updated", part("msg_1", "tool", failed));
    event("message.part.updated", part("msg_1", "tool", failed));
    expect(drawn(lines)).toEqual(["tool tool=edit durationMs=12 ok=false inputBytes=10 outputBytes=2"]);
  });

  test("last as long as they did when the wall clock is set back", () => {
    const { lines, clock, call } = testRecorder();
    const input = { tool: "read", sessionID: SESSION, callID: "c" };
    call("tool.execute.before", input, { args: {} });
    Object.assign(clock, { at: 5, tick: clock.tick + 40 });
    call("tool.execute.after", input, { output: "12" });
    expect(lines).toMatchObject([{ at: 5, startedAt: 1_000_000, durationMs: 40, outputBytes: 2 }]);
  });

  test("of which only the end is seen are not told of", () => {
    const { lines, call } = testRecorder();
    call("tool.execute.after", { tool: "read", sessionID: SESSION, callID: "c" }, { output: "12" });
    expect(lines).toEqual([]);
  });
});

test("a permission that names no message, as for a call that is made again and again, is of the answer under way", () => {
  const { lines, call, event } = testRecorder();
  event("message.updated", assistant("msg_1"));
  call("chat.headers", REQUEST);
  event("permission.asked", { id: "per_1", sessionID: SESSION, permission: "doom_loop", patterns: ["read"] });
  event("permission.replied", { sessionID: SESSION, requestID: "per_1", reply: "once" });
  expect(lines.at(-1)).toMatchObject({ kind: "permission", messageId: "msg_1", callId: null });
});

test("a permission that nobody answers is told of when the session is idle", () => {
  const { lines, later, event } = testRecorder();
  event("permission.asked", {
    id: "per_1",
    sessionID: SESSION,
    permission: "bash",
    tool: { messageID: "m", callID: "c" },
  });
  later(500);
  event("session.status", status("idle"));
  event("permission.replied", { sessionID: SESSION, requestID: "per_1", reply: "reject" });
  expect(drawn(lines)).toEqual(["permission waitedMs=500 reply=none permission=bash", "status status=idle"]);
});

test("memory is sampled when a turn begins and ends, and now and then where something happened", () => {
  const { lines, recorder, event } = testRecorder();
  recorder.pulse();
  event("session.status", status("busy"));
  recorder.pulse();
  recorder.pulse();
  expect(lines.map(({ kind }) => kind)).toEqual(["status", "memory", "memory"]);
  expect(lines.at(-1)).toMatchObject({ heapUsed: 1, heapTotal: 2, external: 3, rss: 4 });
});

describe("what is kept in mind", () => {
  const busy = (id: string) => ["session.status", { sessionID: id, status: { type: "busy" } }] as const;
  const limits = { sessions: 3, open: 2, idleMs: 1000, waitingMs: 5000 };

  test("is gone when a session is deleted, and what was not recorded is not begun for that", () => {
    const { lines, closed, recorder, event } = testRecorder();
    event(...busy("a"));
    for (const id of ["a", "b"]) event("session.deleted", { info: { id } });
    expect(drawn(lines)).toEqual(["status status=busy", "status status=deleted"]);
    expect([closed, recorder.sessionCount]).toEqual([["a"], 0]);
  });

  test("is of a few sessions: whichever is longest unseen goes first", () => {
    const { closed, recorder, event } = testRecorder(limits);
    for (const id of ["a", "b", "c", "a", "d"]) event(...busy(id));
    expect([closed, recorder.sessionCount]).toEqual([["b"], 3]);
  });

  test("is gone after a time without anything", () => {
    const { closed, recorder, later, event } = testRecorder(limits);
    event(...busy("a"));
    later(999);
    event(...busy("b"));
    recorder.pulse();
    expect(closed).toEqual([]);
    later(1);
    recorder.pulse();
    expect(closed).toEqual(["a"]);
  });

  test("stays longer where somebody is waited for", () => {
    const { lines, closed, recorder, later, event } = testRecorder(limits);
    event("permission.asked", { id: "per_1", sessionID: "a", permission: "bash" });
    later(4999);
    recorder.pulse();
    expect(closed).toEqual([]);
    later(1);
    recorder.pulse();
    expect(closed).toEqual(["a"]);
    expect(drawn(lines.filter(({ kind }) => kind === "permission"))).toEqual([
      "permission waitedMs=5000 reply=none permission=bash",
    ]);
  });

  test("is of a few open tools a session: the oldest is given up", () => {
    const { lines, call } = testRecorder(limits);
    const inputs = ["1", "2", "3"].map((callID) => ({ tool: `t${callID}`, sessionID: SESSION, callID }));
    for (const input of inputs) call("tool.execute.before", input, { args: {} });
    for (const input of inputs) call("tool.execute.after", input, { output: "" });
    expect(lines.map((line) => line.kind === "tool" && line.tool)).toEqual(["t2", "t3"]);
  });

  test("is gone with dispose", () => {
    const { closed, recorder, event, call } = testRecorder(limits);
    for (const id of ["a", "b"]) event(...busy(id));
    call("dispose");
    expect([closed, recorder.sessionCount]).toEqual([["a", "b"], 0]);
  });
});

describe("whatever is called", () => {
  const hooks = ["step", "retry", "compaction"].flatMap(recordedHooks);
  const { hooks: named } = testRecorder();

  test("in whatever order, lengths are not negative and nothing throws", () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(hooks), (shuffled) => {
        const ordered = shuffled.map((called, index) => ({ ...called, tick: index * 7 }));
        const lengths = linesOf(ordered).flatMap((line) =>
          Object.entries(line).filter(([name, value]) => /Ms$/.test(name) && value !== null),
        );
        expect(lengths.filter(([, value]) => (value as number) < 0)).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  test("with whatever, nothing throws", async () => {
    const type = fc.constantFrom(
      ...new Set(hooks.map(({ input }) => (input as { event?: { type: string } }).event?.type ?? "session.deleted")),
    );
    const value = fc.oneof(fc.anything(), fc.record({ event: fc.record({ type, properties: fc.anything() }) }));
    const throwing = new Proxy({}, { get: () => JSON.parse("no") });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...Object.keys(named)), value, value, async (name, input, output) => {
        await expect(named[name]?.(input, output)).resolves.toBeUndefined();
        await expect(named[name]?.(throwing, output)).resolves.toBeUndefined();
      }),
      { numRuns: 1000 },
    );
  });

  test("of texts none is recorded", () => {
    const marked = JSON.stringify(hooks).replaceAll(/x{2,}|done|\/x/g, "CANARY");
    const lines = linesOf(JSON.parse(marked.replaceAll('"mock error 503"', '"error 503 CANARY"')));
    expect(lines.length).toBeGreaterThan(20);
    expect(JSON.stringify(lines)).not.toContain("CANARY");
  });

  test.each(["../../etc/passwd", "a/b", "", "x".repeat(201), "a.b", 7, null])(
    "a session of the id %j is not recorded",
    (sessionID) => {
      const { lines, event, call } = testRecorder();
      event("session.status", { sessionID, status: { type: "busy" } });
      call("chat.headers", { ...REQUEST, sessionID });
      expect(lines).toEqual([]);
    },
  );
});
