import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { analyze } from "../../src/analyze/index.js";
import type { Session } from "../../src/model/session.js";
import { loadRoots, RECORDED, recordedPath, temporaryFolder } from "../support/fixtures.js";

const RUN = recordedPath("1.18.34 debug-auth-run run");
const only = async (path: string) => ((await loadRoots(path)) as [Session])[0];

function written(text: string): string {
  const path = join(temporaryFolder(), "output.txt");
  writeFileSync(path, text);
  return path;
}

test.each(RECORDED.filter(({ kind, generation }) => kind === "run" && generation === 1))(
  "$name: three runs are three turns, with the calls and tokens that the model server saw",
  async ({ path, truth }) => {
    const session = await only(path);
    const { summary, time } = analyze(session, "test");
    const answered = (truth ?? "")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line))
      .filter(({ kind }) => kind === "chat");
    const sumOf = (field: string) => answered.reduce((sum, line) => sum + line[field], 0);
    expect(summary).toMatchObject({ turns: 3, messages: 14, modelCalls: 14, toolCalls: 13 });
    expect(summary.tokens.uncachedInput + summary.tokens.cacheRead).toBe(sumOf("promptTokens"));
    expect(summary.tokens.output + summary.tokens.reasoning).toBe(sumOf("completion"));
    expect(session.outcome).toBe("complete");
    expect(time.ledger.find(({ state }) => state === "waiting-for-user")?.ms).toBeGreaterThan(6_000);
    expect(session.notes.map((note) => note.text).join()).toContain("it holds neither the prompts, the title");
  },
);

test("2.x may end before it prints how the last step of a run finished: its tokens are not known, the turn is", async () => {
  const session = await only(recordedPath("2.0-preview debug-auth-run run"));
  const { summary } = analyze(session, "test");
  expect(summary).toMatchObject({ turns: 3, messages: 14, modelCalls: 12, toolCalls: 13 });
  expect(session.notes.map((note) => note.text).join()).toContain("2 messages have no recorded end");
});

test("each request is dated as the model server saw it: its id was minted before it was sent", async () => {
  const { truth } = RECORDED.find(({ path }) => path === RUN) as (typeof RECORDED)[number];
  const received = (truth ?? "")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line))
    .filter(({ kind }) => kind === "chat")
    .map((line) => line.received as number);
  const { spans } = await only(RUN);
  const calls = spans.filter((span) => span.kind === "model");
  calls.forEach((call, i) => {
    expect(call.startAt).toBeLessThanOrEqual(received[i] as number);
    expect(call.endAt).toBeGreaterThan(received[i] as number);
  });
});

test("other text among the lines, and a line that is cut off, are skipped and said", async () => {
  const text = readFileSync(RUN, "utf8");
  const lines = text.trim().split("\n");
  const session = await only(
    written(`Starting…\n${lines[0]}\nWARN something\n${lines.slice(1).join("\n").slice(0, -40)}`),
  );
  expect(session.messages).toHaveLength(14);
  expect(session.outcome).toBe("unfinished");
  expect(session.notes.map((note) => note.text)).toContain("3 lines were skipped: cut off, or other text.");
});

test("an error ends the run in which it stands", async () => {
  const at = 1_795_000_000_000;
  const part = { id: "prt_1", messageID: "msg_1", sessionID: "ses_1", type: "text", text: "half", time: { start: at } };
  const line = (fields: object) => JSON.stringify({ sessionID: "ses_1", ...fields });
  const broken = { name: "APIError", data: { message: "overloaded" } };
  const path = written(
    [
      line({ type: "text", timestamp: at + 100, part }),
      line({ type: "error", timestamp: at + 500, error: broken }),
      line({ type: "error", timestamp: at + 9_000, error: broken }),
    ].join("\n"),
  );
  const session = await only(path);
  expect(session.outcome).toBe("failed");
  expect(session.messages.map(({ error }) => error)).toEqual(["APIError: overloaded", "APIError: overloaded"]);
  expect(session.spans.filter(({ kind }) => kind === "turn")).toHaveLength(2);
});

test("what was printed twice counts once", async () => {
  const text = readFileSync(RUN, "utf8");
  expect(await only(written(text + text))).toEqual(await only(written(text)));
});

test("50,000 events of one answer take no longer than they must", async () => {
  const at = 1_795_000_000_000;
  const lines = Array.from({ length: 50_000 }, (_, i) => {
    const part = {
      id: `prt_${i}`,
      messageID: `msg_${i % 7}`,
      type: "text",
      text: "x",
      time: { start: at + i, end: at + i },
    };
    return JSON.stringify({ type: "text", timestamp: at + i, sessionID: "ses_1", part });
  });
  expect((await only(written(lines.join("\n")))).messages).toHaveLength(7);
});
