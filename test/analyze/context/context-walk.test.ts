import { expect, test } from "vitest";
import { addedItems, contextCalls, messagesBySession } from "../../../src/analyze/context/context-walk.js";
import { sessionFromMessages } from "../../support/context-text.js";

/** For each call: itself, the messages of what it holds, and of what was taken out before it. */
function walked(text: string) {
  const session = sessionFromMessages(text);
  const idsOf = (items: readonly { readonly message: { readonly id: string } }[]) =>
    [...new Set(items.map(({ message }) => message.id))].join(" ");
  return Array.from(contextCalls(addedItems(session.messages, false)), ({ message, held, dropped, compaction }) => [
    ...[message.id, idsOf(held), idsOf(dropped), compaction?.id ?? null],
  ]);
}

test("a call holds what came before it, and not its own answer", () => {
  expect(
    walked(`
      user text:5
      call build p/m prompt:100 text:3
      user text:5
      call build p/m prompt:120 text:3
    `),
  ).toEqual([
    ["m2", "m1", "", null],
    ["m4", "m1 m2 m3", "", null],
  ]);
});

test("a call that nobody counted is passed over, but what it says is held", () => {
  expect(
    walked(`
      user text:5
      call build p/m text:3
      call build p/m prompt:120 text:3
    `),
  ).toEqual([["m3", "m1 m2", "", null]]);
});

test("after a compaction only its summary is held, and the tail that it kept, without what asked for it", () => {
  const session = (from: string) => `
    user text:5
    call build p/m prompt:100 text:3
    user text:5
    compact ${from}
    summary build p/m prompt:120 text:40
    user text:2
    call build p/m prompt:90 text:3
  `;
  expect(walked(session("")).at(-1)).toEqual(["m7", "m5 m6", "m1 m2 m3", "m5"]);
  expect(walked(session("from:m3")).at(-1)).toEqual(["m7", "m5 m3 m6", "m1 m2", "m5"]);
  expect(walked(session("from:m99")).at(-1)).toEqual(["m7", "m5 m6", "m1 m2 m3", "m5"]);
});

test("a tail that begins with a message that says nothing is kept", () => {
  const session = `
    user text:5
    call build p/m prompt:100 error
    user text:5
    compact from:m2
    summary build p/m prompt:120 text:40
    call build p/m prompt:90 text:3
  `;
  expect(walked(session).at(-1)).toEqual(["m6", "m5 m3", "m1", "m5"]);
});

test("a second compaction keeps no summary of an earlier one", () => {
  const session = `
    user text:5
    user text:5
    compact from:m2
    summary build p/m prompt:120 text:40
    user text:5
    compact from:m2
    summary build p/m prompt:120 text:40
    call build p/m prompt:90 text:3
  `;
  expect(walked(session).at(-1)).toEqual(["m8", "m7 m2 m5", "m1 m4", "m7"]);
});

test("what asks for a compaction goes with it", () => {
  const [, , last] = walked(`
    user text:5
    call build p/m prompt:100 text:3
    compact text:9 from:m2
    summary build p/m prompt:120 text:40
    call build p/m prompt:90 text:3
  `);
  expect(last).toEqual(["m5", "m4 m2", "m1 m3", "m4"]);
});

test("a compaction that failed or wrote nothing takes nothing out", () => {
  for (const failed of ["summary build p/m prompt:120 error", "summary build p/m prompt:120"])
    expect(
      walked(`
        user text:5
        compact
        ${failed}
        user text:2
        call build p/m prompt:130 text:3
      `).at(-1),
    ).toEqual(["m5", "m1 m4", "", null]);
});

test("a compaction keeps what its own request names, not what one before it named that failed", () => {
  const session = `
    user text:5
    user text:5
    compact from:m2
    summary build p/m prompt:120 error
    compact
    summary build p/m prompt:120 text:30
    call build p/m prompt:90
  `;
  expect(walked(session).at(-1)).toEqual(["m7", "m6", "m1 m2", "m6"]);
});

test("what several compactions took out before one call is all there", () => {
  const session = `
    user text:5
    compact
    summary build p/m prompt:120 text:30
    user text:7
    compact
    summary build p/m prompt:60 text:30
    call build p/m prompt:90
  `;
  expect(walked(session).at(-1)).toEqual(["m7", "m6", "m1 m3 m4", "m6"]);
});

test("each session has its messages in their order, the root first", () => {
  const { id, ...rest } = sessionFromMessages("sub user text:1\n user text:1\n sub call build p/m text:1");
  const bySession = messagesBySession({ id, ...rest });
  expect([...bySession].map(([key, messages]) => [key, messages.map((each) => each.id)])).toEqual([
    ["ses_test", ["m2"]],
    ["ses_sub", ["m1", "m3"]],
  ]);
});
