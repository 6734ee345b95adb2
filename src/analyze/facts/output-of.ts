import type { Tokens } from "../../model/units.js";
import type { Step } from "./steps.js";

/** What an answer says and calls, without its reasoning. */
export function outputOf({ message }: Step): Tokens {
  return message.tokens?.output ?? 0;
}
