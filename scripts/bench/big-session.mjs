import { inventedProject } from "./project.mjs";
import { seededRandom } from "./random.mjs";
import { SessionRecord } from "./session-record.mjs";
import { inventedCall } from "./tool-calls.mjs";

const MODELS = [
  { providerID: "anthropic", modelID: "claude-sonnet-4-5" },
  { providerID: "openai", modelID: "gpt-5.1-codex" },
];
const COMPACTED_AT_TOKENS = 160_000;

/**
 * A session of about `spans` spans that nobody had, as `opencode export` of 1.18 prints it: prompts with idle time between
 * them, steps that wait, think, write and call tools, some at once, some in vain. An export holds no subagents.
 * The same size and seed give the same text.
 */
export function bigSession(spans, seed = 1) {
  return madeSession(`A session of about ${spans} spans`, (record) => record.spans >= spans, seed);
}

/** The same of so many messages; what stands in an export for one of none is there too. */
export function sessionOfMessages(messages, seed = 1) {
  return madeSession(`A session of ${messages} messages`, (record) => record.messageCount >= messages, seed);
}

function madeSession(title, isLongEnough, seed) {
  const random = seededRandom(seed);
  const project = inventedProject(random);
  const record = new SessionRecord(random, project.folder);
  while (!isLongEnough(record)) addTurn({ random, project, record, isLongEnough });
  return `${JSON.stringify(record.exported(title), null, 2)}\n`;
}

function addTurn({ random, project, record, isLongEnough }) {
  const model = random.pick(MODELS);
  record.idle(random.spread(random.chance(0.02) ? 9_000_000 : 45_000, 50_000_000)); // now and then a meal or a night
  record.prompt(project.prompt(), model);
  for (let left = random.spread(9, 60); left > 0 && !isLongEnough(record); left--) {
    if (record.contextTokens > COMPACTED_AT_TOKENS) record.compaction(answerTimes(random, project, false), model);
    const isLast = left === 1;
    if (isLast && random.chance(0.02)) record.failedStep(random.spread(4_000, 60_000), model);
    else record.step(answerTimes(random, project, !isLast), model);
  }
}

/** What one answer is made of, and for how long each part of it streamed. */
function answerTimes(random, project, hasCalls) {
  const { spread, chance } = random;
  const streamed = (text) => ({ text, ms: spread(30, 80) + text.length * 4 });
  const calls = hasCalls ? Array.from({ length: callCount(random) }, () => inventedCall(random, project)) : [];
  return {
    waitMs: spread(1_400, 25_000),
    reasoning: chance(0.4) ? streamed(project.text(spread(200, 4_000))) : null,
    text: !hasCalls || chance(0.6) ? streamed(`${project.sentence()} ${project.text(spread(90, 3_000))}`) : null,
    calls: calls.map((call) => ({ ...call, argumentsMs: spread(250, 9_000) })),
    overheadMs: spread(25, 900),
  };
}

/** Most steps call one tool; those that call more run them at once. */
function callCount({ chance, whole }) {
  return chance(0.75) ? 1 : whole(2, 5);
}
