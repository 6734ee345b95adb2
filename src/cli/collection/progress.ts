import { formatCount, plural } from "../../report/format.js";
import type { Context } from "../context.js";

/** A line that tells how far it is, and takes itself away. */
export interface Progress {
  readonly show: (done: number, all: number) => void;
  readonly end: () => void;
}

const BAR_CHARS = 24;
/** More often nobody sees. */
const PAUSE_MS = 80;
const START_OF_LINE = "\r\x1b[2K";

/** On standard error, where that is a terminal; else nothing is said. */
export function progressLine({ isTerminal = false, stderr, now }: Context, isQuiet: boolean): Progress {
  if (!isTerminal || isQuiet) return { show: () => {}, end: () => {} };
  let shownAt = 0;
  return {
    show: (done, all) => {
      if (now() - shownAt < PAUSE_MS) return;
      shownAt = now();
      stderr(`${START_OF_LINE}${progressText(done, all)}`);
    },
    end: () => {
      if (shownAt > 0) stderr(START_OF_LINE);
    },
  };
}

/** `Reading ██████░░░░░░ 3 of 12 sessions`. */
export function progressText(done: number, all: number): string {
  const full = all === 0 ? BAR_CHARS : Math.floor((done / all) * BAR_CHARS);
  return `Reading ${"█".repeat(full)}${"░".repeat(BAR_CHARS - full)} ${formatCount(done)} of ${plural(all, "session")}`;
}
