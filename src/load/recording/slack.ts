import type { EpochMs, Interval, Milliseconds } from "../../model/units.js";

/** Two that look at one thing write it down this far apart at most; what differs by more contradicts. */
export const SLACK_MS: Milliseconds = 1_000;

export function mayBeWithin(at: EpochMs, { startAt, endAt }: Interval): boolean {
  return at >= startAt - SLACK_MS && at <= endAt + SLACK_MS;
}

/** Each time may stand at the one before it, or later. */
export function mayFollow(times: readonly EpochMs[]): boolean {
  return times.every((at, i) => i === 0 || at >= (times[i - 1] as EpochMs) - SLACK_MS);
}

export function clamped(at: EpochMs, { startAt, endAt }: Interval): EpochMs {
  return Math.min(Math.max(at, startAt), endAt);
}
