import * as v from "valibot";
import { optionalText, record, Tokens, time, usd } from "./json-1.js";

/**
 * The JSON of a message of generation 2, as far as it is read here: the `data` column of `session_message` together with
 * the row's `type`, or a message of an export or a server. Fields that some release lacks are optional.
 */
const Created = v.object({ created: time });
const CreatedCompleted = v.object({ created: time, completed: v.fallback(v.nullish(time), null) });
const Model = v.fallback(v.nullish(v.object({ id: v.string(), providerID: optionalText })), null);
const ErrorData = v.fallback(v.nullish(v.object({ type: optionalText, message: optionalText })), null);
/** null: it is there, but cannot be read; undefined: it is not there. */
const UNREADABLE = null;
const usage = {
  cost: v.optional(v.fallback(v.nullable(usd), UNREADABLE)),
  tokens: v.optional(v.fallback(v.nullable(Tokens), UNREADABLE)),
};
const text = v.fallback(v.string(), "");

const UserFile = v.object({
  mime: optionalText,
  name: optionalText,
  source: v.fallback(v.optional(v.object({ path: optionalText })), undefined),
});
const files = v.fallback(v.optional(v.array(UserFile), []), []);
const User = v.object({ type: v.literal("user"), time: Created, text, files });
const Instruction = v.object({ instruction: v.object({ paths: v.array(v.string()) }) });
const Synthetic = v.object({
  type: v.literal("synthetic"),
  time: Created,
  text,
  metadata: v.fallback(v.optional(Instruction), undefined),
});
const Skill = v.object({ type: v.literal("skill"), time: Created, name: text, text });
const Shell = v.object({
  type: v.literal("shell"),
  time: CreatedCompleted,
  command: text,
  exit: v.fallback(v.nullish(v.number()), null),
  output: v.fallback(v.optional(v.unknown()), undefined),
});
const Compaction = v.object({
  type: v.literal("compaction"),
  time: Created,
  status: v.fallback(v.picklist(["running", "completed", "failed"]), "completed"),
  reason: v.fallback(v.picklist(["auto", "manual"]), "auto"),
  summary: text,
  recent: text,
  model: Model,
  error: ErrorData,
  ...usage,
});
const Idle = v.object({
  type: v.literal("idle"),
  time: Created,
  outcome: v.fallback(v.picklist(["succeeded", "failed", "interrupted"]), "succeeded"),
});
/** What says only that the agent, the model or the place was changed, or what the model was told of the system. */
const Marker = v.object({
  type: v.picklist(["system", "agent-switched", "model-switched", "location-switched"]),
  time: Created,
});

const TextItem = v.object({ type: v.literal("text"), text });
const ReasoningItem = v.object({
  type: v.literal("reasoning"),
  text,
  time: v.fallback(v.nullish(CreatedCompleted), null),
});
const ToolItem = v.object({
  type: v.literal("tool"),
  id: text,
  name: v.string(),
  state: v.object({
    status: v.fallback(v.picklist(["streaming", "running", "completed", "error"]), "streaming"),
    input: record,
    content: v.fallback(v.optional(v.array(v.unknown())), undefined),
    metadata: record,
    error: ErrorData,
  }),
  time: v.object({
    created: time,
    ran: v.fallback(v.nullish(time), null),
    completed: v.fallback(v.nullish(time), null),
  }),
});
const OtherItem = v.object({ type: v.string() });
const Unreadable = v.pipe(
  v.unknown(),
  v.transform(() => ({ type: "unreadable" })),
);

const Assistant = v.object({
  type: v.literal("assistant"),
  time: v.object({
    created: time,
    streamed: v.fallback(v.nullish(time), null),
    completed: v.fallback(v.nullish(time), null),
  }),
  agent: optionalText,
  model: Model,
  content: v.fallback(v.array(v.union([TextItem, ReasoningItem, ToolItem, OtherItem, Unreadable])), []),
  finish: optionalText,
  error: ErrorData,
  retry: v.fallback(v.nullish(v.object({ at: time })), null),
  ...usage,
});

export const Message2 = v.variant("type", [User, Synthetic, Skill, Shell, Compaction, Idle, Marker, Assistant]);
export type Message2 = v.InferOutput<typeof Message2>;
export type Assistant2 = v.InferOutput<typeof Assistant>;
export type Compaction2 = v.InferOutput<typeof Compaction>;
export type Synthetic2 = v.InferOutput<typeof Synthetic>;
export type Shell2 = v.InferOutput<typeof Shell>;
export type ContentItem = Assistant2["content"][number];
export type UserFile = v.InferOutput<typeof UserFile>;
export type ToolItem = v.InferOutput<typeof ToolItem>;
