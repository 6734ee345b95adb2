import * as v from "valibot";

/** Beyond this, sums of figures are no longer exact; no figure of a session is as large. */
const MOST = Number.MAX_SAFE_INTEGER;

export const text = v.string();
export const flag = v.boolean();
/** Any figure, a difference too: finite, since JSON can hold 1e999. */
export const figure = v.pipe(v.number(), v.minValue(-MOST), v.maxValue(MOST));
/** Tokens, money, a moment: whole or not, never below zero. */
export const amount = v.pipe(v.number(), v.minValue(0), v.maxValue(MOST));
/** Milliseconds. */
export const length = amount;
export const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MOST));
/** The index of a span. That there is one, `misplaced` looks at. */
export const spanId = count;

export const basis = v.picklist(["recorded", "measured", "derived", "estimated", "unknown"]);
export const state = v.picklist([
  "generating",
  "running-tools",
  "retrying",
  "waiting-for-model",
  "waiting-for-user",
  "overhead",
  "unknown",
]);
export const status = v.picklist(["ok", "error", "aborted", "rejected", "unfinished"]);
export const costBasis = v.nullable(v.picklist(["recorded", "estimated", "free", "no-price"]));

const usage = {
  uncachedInput: amount,
  cacheRead: amount,
  cacheWrite: amount,
  output: amount,
  reasoning: amount,
};
export const tokenUsage = v.object(usage);
export const tokenUsageAndTotal = v.object({ ...usage, total: amount });

/** The field may be absent; it is never undefined. */
export const optional = v.exactOptional;
/** null where it is not known. */
export const known = v.nullable;
export const list = v.array;
