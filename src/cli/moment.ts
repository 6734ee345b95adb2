import { InvalidArgumentError } from "commander";
import type { EpochMs } from "../model/units.js";
import type { Context } from "./context.js";
import { EXIT, Failure } from "./failure.js";

/** The last instant of a Date. */
const LAST_AT: EpochMs = 8.64e15;
const ISO = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})$/;

/** The value of `--now`: epoch milliseconds, or an instant as ISO 8601 writes it, with its time zone. */
export function instant(text: string): EpochMs {
  const at = /^\d+$/.test(text) ? Number(text) : isoInstant(text);
  if (Number.isNaN(at) || at > LAST_AT)
    throw new InvalidArgumentError(
      "Write it as 2027-01-31T12:00:00Z, with a time zone, or as milliseconds since 1970.",
    );
  return at;
}

function isoInstant(text: string): EpochMs {
  const day = ISO.exec(text)?.[1];
  return day !== undefined && isDay(day) ? Date.parse(text) : Number.NaN;
}

/** Date.parse takes the 30th of February for the 2nd of March. */
function isDay(day: string): boolean {
  const at = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(day);
}

/** When the report is made, where that is said: by `--now`, else by SOURCE_DATE_EPOCH (https://reproducible-builds.org). */
export function declaredNow(now: EpochMs | undefined, { env }: Pick<Context, "env">): EpochMs | null {
  const seconds = env.SOURCE_DATE_EPOCH ?? "";
  if (now !== undefined) return now;
  if (seconds === "") return null;
  const at = /^\d+$/.test(seconds) ? Number(seconds) * 1_000 : Number.NaN;
  if (Number.isNaN(at) || at > LAST_AT)
    throw new Failure(
      EXIT.usage,
      "SOURCE_DATE_EPOCH is no count of seconds since 1970",
      "Set it as `date +%s` prints it, or leave it away.",
    );
  return at;
}
