import type { Rule } from "../rule.js";
import { failedEdits } from "./failed-edits.js";
import { sequentialReads } from "./sequential-reads.js";

/** Every rule, in the order of the table of thresholds. */
export const RULES: readonly Rule[] = [sequentialReads, failedEdits];
