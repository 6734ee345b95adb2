import * as v from "valibot";
import type { EpochMs } from "../../model/units.js";
import { shortened } from "../../report/visible.js";

/** A longer name is cut. */
const NAME_CHARS = 200;
/** A cut id or path would be another one: a longer one is refused. */
const ID_CHARS = 200;
const PATH_CHARS = 4_096;
/** Thirty years in milliseconds; sums of many stay exact. */
const MOST = 1e12;
/** More than a line of the writer can hold. */
const MOST_CHUNKS = 50_000;
const MOST_ATTEMPTS = 10_000;
/** March 1973: a smaller number was written in seconds. */
const EARLIEST_AT: EpochMs = 1e11;
const LAST_AT: EpochMs = 8.64e15;

// What is wrong with a line is said in these words alone: notes must not repeat what stands in it.
const TEXT = "must be a text";
const FILLED = "must not be empty";
const FIGURE = "must be a number of 0 or more";
const FIGURES = `${FIGURE}, or a list of them`;
const SHARE = "must be a number from 0 to 1";
const TIME = "must be milliseconds since 1970, or a time like 2027-01-31T12:00:00Z";
const atMost = (chars: number) => `must have at most ${chars} characters`;

/** Empty where a script wrote a variable that was not set. */
const id = v.pipe(
  v.string(TEXT),
  v.maxLength(ID_CHARS, atMost(ID_CHARS)),
  v.transform((text) => text || null),
);
const path = v.pipe(v.string(TEXT), v.nonEmpty(FILLED), v.maxLength(PATH_CHARS, atMost(PATH_CHARS)));
const filled = v.pipe(v.string(TEXT), v.regex(/\S/, FILLED));
const cut = v.transform((text: string) => shortened(text.trim(), NAME_CHARS));
const name = v.pipe(filled, cut);
const flag = v.boolean("must be true or false");
const figure = v.pipe(v.number(FIGURE), v.minValue(0, FIGURE), v.maxValue(MOST, "is too large"));
const count = v.pipe(figure, v.integer("must be a whole number"));
const share = v.pipe(v.number(SHARE), v.minValue(0, SHARE), v.maxValue(1, SHARE));
const time = v.pipe(
  v.union(
    [
      v.pipe(v.number(TIME), v.minValue(EARLIEST_AT, TIME), v.maxValue(LAST_AT, TIME)),
      v.pipe(v.string(TIME), v.isoTimestamp(TIME)),
    ],
    TIME,
  ),
  v.transform((at) => (typeof at === "string" ? Date.parse(at) : Math.round(at))),
  v.check((at) => !Number.isNaN(at), TIME),
);
const chunkMs = v.union([figure, v.pipe(v.array(figure), v.maxLength(MOST_CHUNKS, "has too many entries"))], FIGURES);

/** What must be said; the published schema shows what stands before the change. */
const needed = (description: string) => v.pipe(filled, v.description(description), cut);
/** What may be left out, or null: then it is not known. */
const known = <S extends v.GenericSchema>(schema: S, description: string) =>
  v.pipe(v.nullish(schema, null), v.description(description));

const everyLine = {
  at: known(time, "When it was over: ISO 8601 with a time zone, or milliseconds since 1970"),
  sessionId: known(id, "The session that it was in. Of a line's ids the first of session, message and call decides"),
  messageId: known(id, "The message that it was in"),
  callId: known(id, "The tool call that it was in"),
  sessionID: known(id, "Another spelling of sessionId"),
  messageID: known(id, "Another spelling of messageId"),
  callID: known(id, "Another spelling of callId"),
};

const skill = v.pipe(
  v.object({
    kind: v.literal("skill"),
    ...everyLine,
    name: needed("What the skill is called"),
    tokens: known(count, "How many it took"),
    durationMs: known(figure, "From its start to its end"),
    success: known(flag, "Whether it did what it was for"),
    retries: known(count, "How often it began again"),
    verificationAttempts: known(count, "How often its result was checked"),
    maxIterationsReached: known(flag, "Whether it ended because it may not try more often"),
    escalated: known(flag, "Whether it was handed to a person, or to another skill"),
  }),
  v.title("One use of a skill"),
);

const edit = v.pipe(
  v.object({
    kind: v.literal("edit"),
    ...everyLine,
    format: needed("As the agent calls it: search-replace, udiff, whole-file"),
    model: known(name, "provider/model"),
    file: known(path, "Absolute, or relative to the session's folder"),
    attempts: v.pipe(
      v.nullish(v.pipe(count, v.minValue(1, "must be 1 or more"), v.maxValue(MOST_ATTEMPTS, "is too large")), 1),
      v.description("How many it took, or were made"),
    ),
    success: known(flag, "Whether the last attempt changed the file"),
  }),
  v.title("One edit of one file, with all its attempts"),
);

const rlm = v.pipe(
  v.object({
    kind: v.literal("rlm"),
    ...everyLine,
    chunkCount: v.pipe(count, v.description("How many chunks there were")),
    chunkChars: known(count, "How long a chunk was"),
    chunkMs: v.pipe(
      v.nullish(chunkMs, []),
      v.description("The time of each chunk, or their mean"),
      v.transform((ms) => (typeof ms === "number" ? [ms] : ms)),
    ),
    durationMs: known(figure, "From the first chunk's start to the last one's end"),
    mode: known(v.picklist(["parallel", "sequential"], "must be parallel or sequential"), "How the chunks were run"),
    tokensPerChunk: known(figure, "The mean"),
    accuracy: known(share, "How much of the result was right, 0 to 1"),
  }),
  v.title("One run of a recursive language model over a text in chunks"),
);

const intent = v.pipe(
  v.object({
    kind: v.literal("intent"),
    ...everyLine,
    label: needed("What the user was taken to want"),
    confidence: known(share, "How sure the classifier was, 0 to 1"),
    correctLabel: known(name, "What it should have been, where somebody has said"),
    escalated: known(flag, "Whether it was handed to a person"),
  }),
  v.title("One classification of what a user wants"),
);

/** A line of a telemetry file. Objects may have other fields: those are left out. */
export const telemetryLineSchema = v.variant("kind", [skill, edit, rlm, intent], "must be skill, edit, rlm or intent");

/** What parts of the published schema stand for, by the names that they have there. */
export const telemetryTerms = { id, path, name, figure, count, share, time };
