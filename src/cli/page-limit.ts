import type { Bytes } from "../model/units.js";
import { formatBytes } from "../report/format.js";
import { EXIT, Failure } from "./failure.js";
import type { Format } from "./formats.js";

/** Mail servers and code hosts take no larger attachment, and browsers are slow to open it. */
export const LARGEST_PAGE: Bytes = 25_000_000;

/** Fails for a page that is too large to be passed on. */
export function refuseLarge(text: string, format: Format, limit: Bytes = LARGEST_PAGE): void {
  if (format === "html") refuseBytes(Buffer.byteLength(text), limit);
}

/** The same for a page of so many bytes. */
export function refuseBytes(bytes: Bytes, limit: Bytes = LARGEST_PAGE): void {
  if (bytes <= limit) return;
  throw new Failure(
    EXIT.unwritable,
    `the page would have ${formatBytes(bytes)}, more than ${formatBytes(limit)}`,
    "Write it all the same with --allow-large, or the figures alone with --format json.",
  );
}
