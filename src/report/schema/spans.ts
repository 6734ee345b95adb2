import * as v from "valibot";
import { basis, count, figure, length, list, optional, state, status, text, tokenUsage } from "./figures.js";

const timesByState = v.partial(
  v.object({
    generating: length,
    "running-tools": length,
    retrying: length,
    "waiting-for-model": length,
    "waiting-for-user": length,
    overhead: length,
    unknown: length,
  }),
);

export const span = v.object({
  parent: v.pipe(v.number(), v.integer(), v.minValue(-1)),
  kind: v.picklist(["session", "turn", "step", "model", "tool", "subagent", "user", "wait"]),
  name: text,
  startMs: figure,
  endMs: figure,
  selfMs: length,
  state,
  status,
  basis,
  mayHaveSlept: optional(v.literal(true)),
  tokens: optional(tokenUsage),
  model: optional(text),
  tool: optional(text),
  args: optional(text),
  files: optional(list(v.object({ path: text, bytes: optional(length) }))),
  error: optional(text),
  input: optional(text),
  output: optional(text),
  callId: optional(text),
  calledMs: optional(figure),
  messageId: optional(text),
  startedBy: optional(text),
  queuedMs: optional(length),
  folded: optional(v.object({ count, selfMs: timesByState })),
});
