import * as v from "valibot";

/**
 * The JSON in the `data` columns of generation 1 (1.2 to 1.18), as far as it is read here. Fields that some release
 * lacks are optional; everything else in the JSON is ignored.
 */
export const count = v.pipe(v.number(), v.minValue(0), v.maxValue(1e12));
/** Milliseconds since the epoch, up to the year 9999: microseconds and nanoseconds are no times. */
export const time = v.pipe(v.number(), v.minValue(0), v.maxValue(253_402_300_799_999), v.transform(Math.round));
export const usd = v.pipe(v.number(), v.minValue(0), v.maxValue(1e9));
export const optionalText = v.fallback(v.optional(v.string()), undefined);
/** null: it is there, but cannot be read. */
const unreadable = null;

/** Tokens are whole; some gateways divide. */
const whole = v.pipe(count, v.transform(Math.round));

export const Tokens = v.object({
  total: v.fallback(v.optional(whole), undefined),
  input: whole,
  output: whole,
  reasoning: v.optional(whole, 0),
  cache: v.optional(v.object({ read: whole, write: whole }), { read: 0, write: 0 }),
});

const ErrorData = v.object({
  name: v.string(),
  data: v.fallback(v.optional(v.object({ message: optionalText })), undefined),
});

const UserData = v.object({
  role: v.literal("user"),
  time: v.object({ created: time }),
  agent: optionalText,
});

const AssistantData = v.object({
  role: v.literal("assistant"),
  time: v.object({ created: time, completed: v.fallback(v.nullish(time), null) }),
  parentID: optionalText,
  agent: optionalText,
  mode: optionalText, // the agent's name in early releases
  providerID: optionalText,
  modelID: optionalText,
  summary: v.fallback(v.optional(v.boolean()), undefined),
  cost: v.optional(v.fallback(v.nullable(usd), unreadable)),
  tokens: v.optional(v.fallback(v.nullable(Tokens), unreadable)),
  finish: optionalText,
  error: v.fallback(v.optional(ErrorData), undefined),
});

export const MessageData = v.variant("role", [UserData, AssistantData]);
export type MessageData = v.InferOutput<typeof MessageData>;
export type AssistantData = v.InferOutput<typeof AssistantData>;
export type TokensData = v.InferOutput<typeof Tokens>;

const startAndEnd = { start: time, end: v.fallback(v.nullish(time), null) };
const span = v.fallback(v.optional(v.object(startAndEnd)), undefined);
export const record = v.fallback(v.record(v.string(), v.unknown()), {});

const TextPart = v.object({
  type: v.literal("text"),
  text: v.fallback(v.string(), ""),
  synthetic: v.fallback(v.optional(v.boolean()), undefined),
  ignored: v.fallback(v.optional(v.boolean()), undefined),
  time: span,
});
const ReasoningPart = v.object({ type: v.literal("reasoning"), text: v.fallback(v.string(), ""), time: span });
const CompactionPart = v.object({
  type: v.literal("compaction"),
  auto: v.fallback(v.boolean(), false),
  tail_start_id: optionalText,
});
const StepFinishPart = v.object({ type: v.literal("step-finish"), cost: usd, tokens: Tokens });
/** Its `url` may hold megabytes. */
const FilePart = v.object({
  type: v.literal("file"),
  mime: v.fallback(v.string(), ""),
  filename: optionalText,
  source: v.fallback(v.optional(v.object({ path: optionalText })), undefined),
});
const ToolPart = v.object({
  type: v.literal("tool"),
  tool: v.string(),
  callID: v.fallback(v.string(), ""),
  state: v.object({
    status: v.fallback(v.picklist(["pending", "running", "completed", "error"]), "pending"),
    input: record,
    output: optionalText,
    error: optionalText,
    title: optionalText,
    metadata: record,
    time: v.fallback(
      v.optional(v.object({ ...startAndEnd, compacted: v.fallback(v.optional(time), undefined) })),
      undefined,
    ),
    attachments: v.fallback(v.optional(v.array(v.object({ mime: v.string() }))), undefined),
  }),
});
const OtherPart = v.object({ type: v.string() });

export const PartData = v.union([
  TextPart,
  ReasoningPart,
  ToolPart,
  CompactionPart,
  StepFinishPart,
  FilePart,
  OtherPart,
]);
export type PartData = v.InferOutput<typeof PartData>;
export type ToolPart = v.InferOutput<typeof ToolPart>;
