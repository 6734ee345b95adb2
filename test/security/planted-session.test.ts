import { expect, test } from "vitest";
import { analyze } from "../../src/analyze/index.js";
import { loadRoots, RECORDED } from "../support/fixtures.js";
import { stringsByPlace } from "../support/planted.js";
import { PAYLOADS } from "./payloads.js";
import { FIXED, FREE_NAMES, plantedSession, sessionOfEveryPlace } from "./planted-session.js";

const TEXTS = PAYLOADS.map(({ text }) => text);

test("there are over 200 different texts, each with a name of its own", () => {
  expect(TEXTS.length).toBeGreaterThan(200);
  expect(new Set(TEXTS).size).toBe(TEXTS.length);
  expect(new Set(PAYLOADS.map(({ name }) => name)).size).toBe(TEXTS.length);
});

test("the session that is planted has a string in every place in which any recording has one", async () => {
  const places = new Set(stringsByPlace(await sessionOfEveryPlace(), FREE_NAMES).keys());
  for (const { path } of RECORDED)
    for (const session of await loadRoots(path))
      expect([...stringsByPlace(session).keys()].filter((place) => !places.has(place))).toEqual([]);
});

test("what is not planted are words of ours: each place knows but a few", async () => {
  const found = new Map(FIXED.map((place) => [place, new Set<string>()]));
  for (const { path } of RECORDED)
    for (const session of await loadRoots(path))
      for (const [place, texts] of stringsByPlace(session)) for (const text of texts) found.get(place)?.add(text);
  for (const words of found.values()) {
    expect(words.size).toBeLessThan(8);
    for (const word of words) expect(word).toMatch(/^[a-z]+(-[a-z]+)*$/);
  }
});

test("in as many turns as there are texts, every place has held each of them", async () => {
  const session = await sessionOfEveryPlace();
  const held = new Map<string, Set<number>>();
  for (const turn of TEXTS.keys())
    for (const [place, texts] of stringsByPlace(plantedSession(session, TEXTS, turn), FREE_NAMES))
      for (const text of texts) held.set(place, (held.get(place) ?? new Set()).add(indexOf(text)));
  const places = [...held.keys()].filter((place) => !FIXED.includes(place));
  expect(places.length).toBeGreaterThan(30);
  for (const place of places) expect({ place, size: held.get(place)?.size }).toEqual({ place, size: TEXTS.length });
}, 60_000);

test("joins hold: the figures of a planted session are those of the session", async () => {
  const session = await sessionOfEveryPlace();
  const { summary, time } = analyze(session, "test");
  const planted = analyze(plantedSession(session, TEXTS, 0), "test");
  expect(planted.summary).toEqual(summary);
  expect(planted.time.ledger).toEqual(time.ledger);
  expect(planted.time.subagents.length).toBe(time.subagents.length);
});

/** Which text was planted: a number stands behind it. */
function indexOf(planted: string): number {
  return TEXTS.indexOf(planted.replace(/ \d+$/, ""));
}
