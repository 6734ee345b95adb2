import { expect, test } from "vitest";
import { withSkillCalls } from "../../src/load/skill-calls.js";
import type { Session } from "../../src/model/session.js";
import { sessionFromStory } from "../support/story-text.js";

const session = sessionFromStory(`
  turn 0..900
    step 0..900
      skill 10..20 on:code-agent
      code_agent 30..40
      skills_brand_guide 50..60
      docs_search 70..80
`);
const skillsIn = ({ spans }: Session) =>
  spans.flatMap((span) => (span.kind === "tool" ? [span.skill?.name ?? null] : []));

test("a tool that is called after a skill the session loaded is a use of it", () => {
  expect(skillsIn(session)).toEqual(["code-agent", null, null, null]);
  expect(skillsIn(withSkillCalls(session, []))).toEqual(["code-agent", "code-agent", null, null]);
});

test("or after one that is known to be there, by its own name", () => {
  expect(skillsIn(withSkillCalls(session, ["Brand-Guide", "docs_search"]))).toEqual([
    ...["code-agent", "code-agent", "Brand-Guide", "docs_search"],
  ]);
});

test("a tool that comes with the agent is none, whatever skill has its name", () => {
  const plain = sessionFromStory("turn 0..9\n  step 0..9\n    skill 1..2 on:read\n    read a.ts 3..4");
  expect(skillsIn(withSkillCalls(plain, ["read", "skill"]))).toEqual(["read", null]);
});

test("what it gave back is then the skill's", () => {
  const contents = withSkillCalls(session, []).messages.flatMap(({ content }) =>
    content.flatMap((part) => (part.kind === "tool-result" ? [[part.tool, part.skill]] : [])),
  );
  expect(contents).toContainEqual(["code_agent", "code-agent"]);
  expect(contents).toContainEqual(["docs_search", null]);
});

test("a session without such tools is left as it is", () => {
  const plain = sessionFromStory("turn 0..9\n  step 0..9\n    read a.ts 1..2");
  expect(withSkillCalls(plain, ["code-agent"])).toBe(plain);
});
