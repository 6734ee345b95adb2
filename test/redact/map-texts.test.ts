import { expect, test } from "vitest";
import type { Session } from "../../src/model/session.js";
import { mapTexts } from "../../src/redact/map-texts.js";
import { loadRoots, RECORDED, recordedPath } from "../support/fixtures.js";

const sessions = async () => (await Promise.all(RECORDED.map(({ name }) => loadRoots(recordedPath(name))))).flat();

test("a session is not copied for texts that stay as they are", async () => {
  for (const session of await sessions()) {
    const same = mapTexts(session, (text) => text);
    expect(same.spans).toBe(session.spans);
    expect(same.messages).toBe(session.messages);
  }
});

test("what holds a text that changes is a copy, and the session is as it was", async () => {
  const [session] = (await sessions()) as [Session];
  const before = JSON.stringify(session);
  const changed = mapTexts(session, (text, role) => (role === "tool" ? `my_${text}` : text));
  expect(JSON.stringify(session)).toBe(before);
  const tools = changed.spans.filter(({ kind }) => kind === "tool");
  expect(tools.length).toBeGreaterThan(0);
  expect(tools.every(({ name }) => name.startsWith("my_"))).toBe(true);
  expect(changed.spans.filter((span, i) => span === session.spans[i]).length).toBe(session.spans.length - tools.length);
});
