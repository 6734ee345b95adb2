import * as v from "valibot";
import type { RecordingLine } from "../../model/recording.js";
import type { EpochMs } from "../../model/units.js";

/** The recorder writes none that are longer. */
const ID_CHARS = 256;
const NAME_CHARS = 500;
/** Thirty years in milliseconds, a terabyte in bytes; sums of many stay exact. */
const MOST = 1e12;
const MOST_TOOLS = 5_000;
/** March 1973: a smaller number was written in seconds. */
const EARLIEST_AT: EpochMs = 1e11;
const LAST_AT: EpochMs = 8.64e15;

const id = v.pipe(v.string(), v.nonEmpty(), v.maxLength(ID_CHARS));
const name = v.pipe(v.string(), v.nonEmpty(), v.maxLength(NAME_CHARS));
const whole = v.transform((number: number) => Math.round(number));
const time = v.pipe(v.number(), v.minValue(EARLIEST_AT), v.maxValue(LAST_AT), whole);
const length = v.pipe(v.number(), v.minValue(0), v.maxValue(MOST), whole);
const size = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MOST));
const attempt = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MOST));
/** What the recorder says of errors. A text of the provider's must not come in by another one's hand. */
const reason = v.pipe(v.string(), v.regex(/^(?:[45]\d\d|rate-limit|overloaded|timeout|refused|connection)$/));
const orNull = <S extends v.GenericSchema>(schema: S) => v.nullish(schema, null);
const said = <S extends v.GenericSchema>(schema: S, description: string) => v.pipe(schema, v.description(description));

const everyLine = {
  at: time,
  sessionId: said(id, "The session itself, or the subagent that it was of"),
};

const start = v.object({
  kind: v.literal("start"),
  ...everyLine,
  version: v.literal(1),
  recorder: said(name, "The release that writes"),
  pid: size,
});

const request = v.object({
  kind: v.literal("request"),
  ...everyLine,
  messageId: said(orNull(id), "The answer's message; null for requests of which no message tells"),
  purpose: v.picklist(["answer", "title", "compaction", "other"]),
  agent: orNull(name),
  model: said(orNull(name), "provider/model"),
  attempt: said(attempt, "1 for the first"),
  preparedMs: said(orNull(length), "From when the step's message was made: the agent's own preparation"),
});

const firstChunk = v.object({
  kind: v.literal("first-chunk"),
  ...everyLine,
  messageId: id,
  waitedMs: said(orNull(length), "Since its request was sent"),
});

const streamEnd = v.object({
  kind: v.literal("stream-end"),
  ...everyLine,
  messageId: id,
  streamedMs: said(orNull(length), "Since its first chunk"),
  requestMs: said(orNull(length), "Since its request was sent"),
  ok: v.boolean(),
});

const retry = v.object({
  kind: v.literal("retry"),
  ...everyLine,
  messageId: orNull(id),
  attempt: said(attempt, "Which one failed"),
  nextAt: said(orNull(time), "When the next attempt is to be sent"),
  reason: said(v.fallback(orNull(reason), null), "A word of the recorder's or a status; anything else is not read"),
  requestMs: said(orNull(length), "Since its request was sent; null where its stream had begun"),
});

const permission = v.object({
  kind: v.literal("permission"),
  ...everyLine,
  askedAt: time,
  waitedMs: length,
  reply: v.picklist(["once", "always", "reject", "none"]),
  permission: name,
  messageId: orNull(id),
  callId: orNull(id),
});

const tool = v.object({
  kind: v.literal("tool"),
  ...everyLine,
  tool: name,
  messageId: orNull(id),
  callId: id,
  startedAt: time,
  durationMs: length,
  ok: v.boolean(),
  inputBytes: size,
  outputBytes: size,
});

const base = v.object({
  kind: v.literal("base"),
  ...everyLine,
  systemChars: orNull(size),
  tools: v.pipe(v.array(v.object({ tool: name, chars: size })), v.maxLength(MOST_TOOLS)),
});

const memory = v.object({
  kind: v.literal("memory"),
  ...everyLine,
  ...{ heapUsed: size, heapTotal: size, external: size, rss: size },
});

const status = v.object({
  kind: v.literal("status"),
  ...everyLine,
  status: v.picklist(["busy", "idle", "retry", "error", "deleted"]),
});

const compaction = v.object({ kind: v.literal("compaction"), ...everyLine, messageId: orNull(id) });

const operation = v.object({
  kind: v.literal("operation"),
  ...everyLine,
  type: said(name, "A type of one's own"),
  name: orNull(name),
  startedAt: time,
  durationMs: length,
  ok: v.boolean(),
  metadata: said(v.record(v.string(), v.number()), "Numbers alone, as of bytes"),
});

const titled = <S extends v.GenericSchema>(schema: S, title: string) => v.pipe(schema, v.title(title));

/** A line of a recording, as `RecordingLine` says. Objects may have other fields: those are left out. */
export const recordingLineSchema = v.variant("kind", [
  titled(start, "A process begins to write"),
  titled(request, "A request leaves"),
  titled(firstChunk, "The first piece of an answer came"),
  titled(streamEnd, "The answer ended, or its stream broke"),
  titled(retry, "An attempt failed, and another one will be made"),
  titled(permission, "A permission was asked for and answered, or never was"),
  titled(tool, "A tool ran"),
  titled(base, "What every prompt of an agent begins with"),
  titled(memory, "What the process takes of memory"),
  titled(status, "What the session does"),
  titled(compaction, "The conversation was compacted"),
  titled(operation, "What an agent's own code timed"),
]);

/** What parts of the published schema stand for, by the names that they have there. */
export const recordingTerms = { id, name, time, length, size };

/** The line, or null for what is no line of a recording. `value`: already parsed from JSON. */
export function recordingLine(value: unknown): RecordingLine | null {
  const { success, output } = v.safeParse(recordingLineSchema, value, { abortEarly: true });
  return success ? output : null;
}
