import type { EpochMs, Milliseconds } from "../../model/units.js";

/** OpenCode keeps the low 36 bits of a time in its ids, so the time repeats about every 795 days (last on 2026-08-14). */
const WRAP_MS: Milliseconds = 2 ** 36;

/**
 * When an OpenCode id was minted, or null if it does not have the form `<prefix>_<12 hex><14 base62>`.
 * The 12 hex digits are the low 48 bits of `ms * 4096 + counter`, for sessions inverted (so that new ones sort first).
 * `nearAt` is any instant within a year of the right one. Ids may be made by hand: believe the answer only inside a window.
 */
export function idTime(id: string, nearAt: EpochMs): EpochMs | null {
  const hex = /^[a-z]+_([0-9a-f]{12})/.exec(id)?.[1];
  if (hex === undefined) return null;
  let stamp = BigInt(`0x${hex}`);
  if (id.startsWith("ses_")) stamp = ~stamp & 0xffff_ffff_ffffn;
  const low = Number(stamp >> 12n);
  return low + Math.round((nearAt - low) / WRAP_MS) * WRAP_MS;
}

/** How far a time may lie outside what it belongs to and still be believed. */
export const SLACK_MS: Milliseconds = 1_000;
const LONGEST_WAIT_MS: Milliseconds = 60 * 60_000;

/**
 * When the id of something was minted that began shortly before `at`: a prompt is sent before it is taken up, a step
 * begins before the first piece of its answer. null where the id does not say so, as in an import.
 */
export function mintedBefore(id: string, at: EpochMs): EpochMs | null {
  const mintedAt = idTime(id, at);
  const isNear = mintedAt !== null && mintedAt <= at + SLACK_MS && mintedAt >= at - LONGEST_WAIT_MS;
  return isNear ? Math.min(mintedAt, at) : null;
}
