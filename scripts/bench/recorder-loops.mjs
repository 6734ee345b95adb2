import { inventedProject } from "./project.mjs";
import { seededRandom } from "./random.mjs";
import { inventedCall } from "./tool-calls.mjs";

const random = seededRandom(1);
const project = inventedProject(random);
const calls = Array.from({ length: 200 }, (_, i) => ({ ...inventedCall(random, project), callID: `call_${i}` }));
const definitions = Array.from({ length: 12 }, (_, i) => definition(i));
const system = [project.text(9_000), project.text(3_000)];

/** What OpenCode tells a plugin again and again, each for a session: `opened` first of all, then `again`, by its number. */
export const LOOPS = {
  toolCall: { opened: answerBegins, again: toolCall },
  modelCall: { opened: () => {}, again: modelCall },
  event: { opened: () => {}, again: answer, units: 6 },
  word: { opened: answerBegins, again: word },
  otherEvent: { opened: () => {}, again: otherEvent },
};

async function toolCall(hooks, sessionID, number) {
  const { tool, callID, state } = calls[number % calls.length];
  const named = { tool, sessionID, callID };
  const changed = (now) =>
    partUpdated(hooks, sessionID, { type: "tool", messageID: "msg_1", tool, callID, state: now });
  await changed({ status: "pending", input: {}, raw: "" });
  await changed({ status: "running", input: state.input, time: { start: 1 } });
  await hooks["tool.execute.before"](named, { args: state.input });
  const { output, metadata } = state; // of a call that failed no hook tells
  if (state.status === "completed") await hooks["tool.execute.after"](named, { title: "", output, metadata });
  await changed({ ...state, time: { start: 1, end: 2 } });
}

async function modelCall(hooks, sessionID) {
  for (const [toolID, made] of definitions) await hooks["tool.definition"]({ toolID }, made);
  await hooks["experimental.chat.messages.transform"]({}, { messages: [{ info: { sessionID }, parts: [] }] });
  await hooks["experimental.chat.system.transform"]({ sessionID }, { system });
  await hooks["chat.headers"]({ sessionID, agent: "build", model: { id: "m", providerID: "p" } }, { headers: {} });
}

async function answer(hooks, sessionID, number) {
  await answerBegins(hooks, sessionID, number);
  await partUpdated(hooks, sessionID, { type: "text", messageID: `msg_${number}`, text: "", time: { start: 1 } });
  await partUpdated(hooks, sessionID, { type: "text", messageID: `msg_${number}`, text: system[1], time: { end: 2 } });
  await partUpdated(hooks, sessionID, { type: "step-finish", messageID: `msg_${number}`, reason: "stop" });
  await messageUpdated(hooks, sessionID, { id: `msg_${number}`, time: { created: 1, completed: 2 } });
}

async function answerBegins(hooks, sessionID, number = 1) {
  await messageUpdated(hooks, sessionID, { id: `msg_${number}`, time: { created: 1 } });
  await partUpdated(hooks, sessionID, { type: "step-start", messageID: `msg_${number}` });
}

function word(hooks, sessionID) {
  return told(hooks, "message.part.delta", {
    sessionID,
    messageID: "msg_1",
    partID: "prt_1",
    field: "text",
    delta: "word ",
  });
}

function otherEvent(hooks, sessionID) {
  return told(hooks, "session.diff", { sessionID, diff: [] });
}

function messageUpdated(hooks, sessionID, info) {
  return told(hooks, "message.updated", { sessionID, info: { ...info, sessionID, role: "assistant", agent: "build" } });
}

function partUpdated(hooks, sessionID, part) {
  return told(hooks, "message.part.updated", { sessionID, part: { ...part, id: "prt_1", sessionID }, time: 1 });
}

function told(hooks, type, properties) {
  return hooks.event({ event: { id: "evt_1", type, properties } });
}

function definition(number) {
  const field = (name) => [name, { type: "string", description: project.sentence() }];
  const properties = Object.fromEntries(["path", "pattern", "include", "limit"].map(field));
  const jsonSchema = { type: "object", properties, required: ["path"], additionalProperties: false };
  return [`tool_${number}`, { description: project.text(1_200), parameters: jsonSchema, jsonSchema }];
}
