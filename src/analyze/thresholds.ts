/** From when on a rule speaks, and why from there. */
interface Threshold {
  readonly value: number;
  readonly why: string;
}

/**
 * Every threshold of every rule, in one table. `sessionflame.config.json` may override each by its name. Names carry the
 * unit; a share is 0 to 1. The order of the rules is the order of the table in the README.
 */
export const THRESHOLDS = {
  "smaller-model": {
    fewestSteps: { value: 4, why: "a change of model is not worth it for two or three answers" },
    mostOutputTokens: { value: 300, why: "longer answers show that there was something to work out" },
    timesCheaper: { value: 3, why: "models of nearly the same price are of nearly the same size" },
  },
  "sequential-reads": {
    fewestSteps: { value: 3, why: "two reads in a row are often a look and a closer look" },
  },
  "large-output": {
    outputTokens: { value: 3_000, why: "about ten printed pages: more than one reads before going on" },
  },
  "verbose-output": {
    proseWords: { value: 500, why: "two printed pages of prose" },
    mostProseWords: { value: 2_000, why: "what is longer was hardly written by the way: it is what was asked for" },
    mostPromptWords: { value: 40, why: "who asks at length says what the answer should be like" },
    targetWords: { value: 200, why: "what the saving is worked out against: an answer of one screen" },
  },
  "history-heavy-context": {
    historyShare: { value: 0.7, why: "from here on the conversation costs more than twice all it is about" },
    fewestTurns: { value: 4, why: "fewer turns are hardly several tasks" },
    leastInputTokens: { value: 30_000, why: "below that all input costs cents with any model" },
  },
  "repeated-reads": {
    leastTokens: { value: 2_000, why: "small files may well be looked at twice" },
  },
  "oversized-tool-output": {
    resultTokens: { value: 5_000, why: "more than most source files hold" },
    keptTokens: { value: 1_000, why: "what the saving is worked out against: the lines that mattered" },
    fewestCarries: { value: 3, why: "what is carried by one or two calls costs no more than to look again" },
  },
  "failed-edits": {
    fewest: { value: 1, why: "each one costs at least a step" },
  },
  "repeated-calls": {
    fewestInARow: { value: 3, why: "the second time may be a second look, the third is a loop" },
    longestLoop: { value: 4, why: "the most calls that a loop is looked for in" },
  },
  "slow-tools": {
    shareOfActive: { value: 0.2, why: "a fifth of the time in one command decides how long a session takes" },
    leastMs: { value: 5_000, why: "below that nobody waits for it" },
    shareThatDiffers: { value: 0.1, why: "runs of one command differ by a tenth without any reason" },
  },
  "serial-subagents": {
    fewestTasks: { value: 2, why: "two are enough to run side by side" },
  },
  "cache-misses": {
    leastTokens: { value: 10_000, why: "below that a miss costs a cent or less with most models" },
  },
  "heavy-base": {
    baseTokens: { value: 20_000, why: "about three times what OpenCode itself puts there" },
    shareOfInput: { value: 0.3, why: "below that something else is worth looking at first" },
    baseTokensWithUnused: { value: 12_000, why: "the same where servers are configured that were never used" },
    fewestCalls: { value: 3, why: "a session of one or two calls is mostly base in any case" },
  },
  "compaction-thrash": {
    fewest: { value: 2, why: "one compaction is what compaction is for" },
    mostCallsBetween: { value: 10, why: "a context that fills up again within ten calls is full of what is needed" },
  },
  "permission-waits": {
    leastMs: { value: 10_000, why: "below that nobody was held up" },
  },
  "provider-retries": {
    leastMs: { value: 2_000, why: "a single quick retry is everyday" },
  },
  "late-first-token": {
    fewestCalls: { value: 12, why: "a trend in fewer points is chance" },
    timesSlower: { value: 2, why: "waits differ by half from call to call without any reason" },
    correlation: { value: 0.7, why: "size explains about half of the differences from there on (r² = 0.49)" },
  },
  "idle-gaps": {
    leastMs: { value: 300_000, why: "five minutes: after that providers forget what they had cached" },
    shareOfWall: { value: 0.3, why: "below that the pauses are not what made the session long" },
  },
  "unused-skills": {
    leastTokens: { value: 500, why: "about ten descriptions of skills: below that they cost next to nothing" },
    fewestCalls: { value: 3, why: "a session of one or two calls had no occasion for most skills" },
  },
  "aborted-work": {
    leastMs: { value: 2_000, why: "below that nothing was lost but a keystroke" },
  },
  /** When a row of the slowest operations gets a remark. */
  "slowest-operations": {
    timesMedianOutput: { value: 2, why: "what stands out among the session's own answers" },
    outputTokens: { value: 500, why: "below that an answer is short, whatever the others are" },
    waitShare: { value: 0.5, why: "then what was slow was the wait, not the answer" },
    writtenBytes: { value: 2_000, why: "about fifty lines" },
  },
  /** Held against every finding that claims to save something. */
  "any-rule": {
    leastShare: { value: 0.01, why: "what saves under a hundredth of time, tokens and cost is not worth reading" },
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Threshold>>>>;

type Table = typeof THRESHOLDS;
export type ThresholdId = keyof Table;
export type RuleId = Exclude<ThresholdId, "any-rule" | "slowest-operations">;

/** The values that a rule goes by. */
export type Limits<Id extends ThresholdId> = { readonly [Name in keyof Table[Id]]: number };

/** What the user wants otherwise: another value for a threshold, or `false` for a rule that is to say nothing. */
export type RuleSettings = {
  readonly [Id in ThresholdId]?: (Id extends RuleId ? false : never) | Partial<Limits<Id>>;
};

/** The values of a rule, the user's before ours. */
export function limitsOf<Id extends ThresholdId>(id: Id, settings: RuleSettings): Limits<Id> {
  const values = Object.entries(THRESHOLDS[id]).map(([name, { value }]) => [name, value]);
  return { ...Object.fromEntries(values), ...settings[id] };
}

/** Whether the user wants to hear of it at all. */
export function isOff(id: RuleId, settings: RuleSettings): boolean {
  return settings[id] === false;
}
