import type { Bytes, EpochMs, Milliseconds, Share, Tokens, Usd } from "../model/units.js";

/**
 * Figures as texts, the same on every machine: no locale, UTC only. A figure that is not known is an en dash.
 * Units stand after a no-break space, so that a line never breaks between a figure and its unit.
 */
export const UNKNOWN = "–";
/** A cost where tokens were counted and no price is known. */
export const NO_PRICE = "no price";
const NBSP = "\u00a0";

/** `0 ms`, `850 ms`, `23.1 s`, `4 min 05 s`, `1 h 03 min`, `2 d 04 h`. Two units at most. */
export function formatDuration(ms: Milliseconds | null): string {
  if (ms === null) return UNKNOWN;
  if (ms < 1_000) return `${Math.round(ms)}${NBSP}ms`;
  if (ms < 59_950) return `${(ms / 1_000).toFixed(1)}${NBSP}s`;
  const seconds = Math.round(ms / 1_000);
  if (seconds < 3_600) return twoUnits(seconds, 60, "min", "s");
  const minutes = Math.round(seconds / 60);
  if (minutes < 1_440) return twoUnits(minutes, 60, "h", "min");
  return twoUnits(Math.round(minutes / 60), 24, "d", "h");
}

function twoUnits(count: number, size: number, large: string, small: string): string {
  const rest = String(count % size).padStart(2, "0");
  return `${Math.floor(count / size)}${NBSP}${large} ${rest}${NBSP}${small}`;
}

/** In the largest unit alone, for where there is no room: `9 h`. */
export function formatCoarseDuration(ms: Milliseconds): string {
  const [size, unit] = COARSE_UNITS.find(([unitMs]) => ms >= unitMs) ?? [1_000, "s"];
  return `${Math.round(ms / size)}${NBSP}${unit}`;
}

const COARSE_UNITS = [
  [86_400_000, "d"],
  [3_600_000, "h"],
  [60_000, "min"],
] as const;

/** `165,101`. */
export function formatCount(count: number | null): string {
  if (count === null) return UNKNOWN;
  return String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** `0.05`, `3.2`, `14`: two digits that count, and no more, for what is seldom whole. */
export function formatDecimal(value: number | null): string {
  if (value === null) return UNKNOWN;
  if (value > 0 && value < 0.005) return `<${NBSP}0.01`;
  return value < 0.995 ? value.toFixed(2) : value < 9.95 ? value.toFixed(1) : formatCount(value);
}

/** `22.5 K`, `1.3 M`; below ten thousand every digit. */
export function formatCompact(count: Tokens | null): string {
  if (count === null) return UNKNOWN;
  if (count < 10_000) return formatCount(count);
  return count < 999_950 ? `${(count / 1_000).toFixed(1)}${NBSP}K` : `${(count / 1_000_000).toFixed(1)}${NBSP}M`;
}

/** `20 %`; a part that is there but rounds to nothing is `< 1 %`. */
export function formatShare(share: Share | null): string {
  if (share === null) return UNKNOWN;
  if (share > 0 && share < 0.005) return `<${NBSP}1${NBSP}%`;
  return `${Math.round(share * 100)}${NBSP}%`;
}

/**
 * Percents that sum to 100 as displayed (largest remainder), for parts of one whole, with so many digits after the
 * point. null stays unknown; without any part all are 0 %.
 */
export function formatShares(shares: readonly (Share | null)[], digits = 0): string[] {
  const points = sharePoints(shares, digits);
  const least = (10 ** -digits).toFixed(digits);
  return shares.map((share, i) => {
    if (share === null) return UNKNOWN;
    const isTooSmall = share > 0 && points[i] === 0;
    return isTooSmall ? `<${NBSP}${least}${NBSP}%` : `${formatPoints(points[i] as number, digits)}${NBSP}%`;
  });
}

/** The same as whole numbers of the smallest digit shown, for sums of what is displayed. */
export function sharePoints(shares: readonly (Share | null)[], digits = 0): number[] {
  const points = shares.map((share) => (share ?? 0) * 100 * 10 ** digits);
  const floors = points.map(Math.floor);
  const missing =
    Math.round(points.reduce((sum, point) => sum + point, 0)) - floors.reduce((sum, floor) => sum + floor, 0);
  const byRemainder = points.map((_point, i) => i).sort((a, b) => remainder(points[b]) - remainder(points[a]) || a - b);
  for (const i of byRemainder.slice(0, missing)) floors[i] = (floors[i] as number) + 1;
  return floors;
}

export function formatPoints(points: number, digits = 0): string {
  return (points / 10 ** digits).toFixed(digits);
}

function remainder(point = 0): number {
  return point - Math.floor(point);
}

/** `$12.34`, `$0.1143`, `$0.0029`: four digits after the point below a dollar, two from there on. */
export function formatUsd(usd: Usd | null): string {
  if (usd === null) return UNKNOWN;
  if (usd === 0) return "$0";
  if (usd < 0.00005) return "<\u00a0$0.0001";
  if (usd < 0.99995) return `$${usd.toFixed(4)}`;
  const [whole = "", cents = ""] = usd.toFixed(2).split(".");
  return `$${whole.replace(/\B(?=(\d{3})+$)/g, ",")}.${cents}`;
}

/** `512 bytes`, `1.6 KB`, `3.2 MB`; thousands, not 1,024. */
export function formatBytes(bytes: Bytes): string {
  if (bytes < 1_000) return `${bytes}${NBSP}${bytes === 1 ? "byte" : "bytes"}`;
  if (bytes < 999_950) return `${(bytes / 1_000).toFixed(1)}${NBSP}KB`;
  return `${(bytes / 1_000_000).toFixed(1)}${NBSP}MB`;
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** `20 Nov 2026, 15:34 UTC`. */
export function formatInstant(at: EpochMs): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return UNKNOWN;
  const two = (part: number) => String(part).padStart(2, "0");
  const day = `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
  return `${day}, ${two(date.getUTCHours())}:${two(date.getUTCMinutes())} UTC`;
}

/** `1 turn`, `3 turns`. `many`: of nouns that take something else than an s. */
export function plural(count: number, noun: string, many = `${noun}s`): string {
  return `${formatCount(count)} ${count === 1 ? noun : many}`;
}

/** `a, b and c`. */
export function listed(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}

/** The last part of a path, whatever its separators. */
export function baseName(path: string): string {
  return path.split(/[/\\]/).findLast((part) => part !== "") ?? path;
}

/** A path as seen from a folder; unchanged where it lies elsewhere. */
export function relativePath(path: string, directory: string): string {
  const base = directory.replace(/[/\\]+$/, "");
  if (base === "" || !path.startsWith(base)) return path;
  return /^[/\\]./.test(path.slice(base.length)) ? path.slice(base.length + 1) : path;
}
