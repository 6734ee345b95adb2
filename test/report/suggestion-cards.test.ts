import { expect, test } from "vitest";
import { analyze } from "../../src/analyze/index.js";
import { cardsAbout, suggestionCards } from "../../src/report/suggestion-cards.js";
import { sessionFromText } from "../support/session-text.js";
import { SUGGESTIONS, withSuggestions } from "../support/suggestions.js";

const TEXT = `
  session 0..100
    turn 0..100
      step 0..60
        model 0..40 first 30
        read 40..50
        bash 50..60
      step 60..100
        model 60..90 first 70`;
const report = analyze(sessionFromText(TEXT), "test");
const { spans } = report;
const idsOf = (kind: string) => spans.flatMap((span, id) => (span.kind === kind ? [id] : []));
const [step, otherStep] = idsOf("step") as [number, number];
const [model, otherModel] = idsOf("model") as [number, number];
const [read, bash] = idsOf("tool") as [number, number];
const wait = spans.findIndex(({ kind, parent }) => kind === "wait" && parent === model);

test("a card is called by its rule, and by a number from a rule's second on", () => {
  const rules = ["a", "b", "a", "a"].map((rule) => ({ ...SUGGESTIONS[0], rule }) as (typeof SUGGESTIONS)[number]);
  const ids = suggestionCards(withSuggestions(report, rules)).map(({ id }) => id);
  expect(ids).toEqual(["suggestion-a", "suggestion-b", "suggestion-a-2", "suggestion-a-3"]);
});

const aboutOne = (shown: number, of: number) =>
  cardsAbout(withSuggestions(report, [{ ...(SUGGESTIONS[0] as (typeof SUGGESTIONS)[number]), evidence: [shown] }]), of)
    .length === 1;

test.each([
  ["a call", read, { read }],
  ["the step of a call", read, { step }],
  ["every call of a step", step, { model, read, bash }],
  ["the step of a model call", model, { step }],
  ["the wait of a model call", model, { wait }],
])("%s is evidence too", (_, shown, spansAbout) => {
  for (const id of Object.values(spansAbout)) expect([id, aboutOne(shown, id)]).toEqual([id, true]);
});

test.each([
  ["a call beside it", read, [model, bash]],
  ["another step and what is in it", step, [otherStep, otherModel]],
  ["the turn and the session", step, [0, 1]],
  ["what lies in a turn", 1, [step, model, read]],
])("%s is not", (_, shown, others) => {
  for (const id of others) expect([id, aboutOne(shown, id)]).toEqual([id, false]);
});
