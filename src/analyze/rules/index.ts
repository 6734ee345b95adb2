import type { Rule } from "../rule.js";
import { abortedWork } from "./aborted-work.js";
import { cacheMisses } from "./cache-misses.js";
import { compactionThrash } from "./compaction-thrash.js";
import { failedEdits } from "./failed-edits.js";
import { heavyBase } from "./heavy-base.js";
import { historyHeavyContext } from "./history-heavy-context.js";
import { idleGaps } from "./idle-gaps.js";
import { largeOutput } from "./large-output.js";
import { lateFirstToken } from "./late-first-token.js";
import { oversizedToolOutput } from "./oversized-tool-output.js";
import { permissionWaits } from "./permission-waits.js";
import { providerRetries } from "./provider-retries.js";
import { repeatedCalls } from "./repeated-calls.js";
import { repeatedReads } from "./repeated-reads.js";
import { sequentialReads } from "./sequential-reads.js";
import { serialSubagents } from "./serial-subagents.js";
import { slowTools } from "./slow-tools.js";
import { smallerModel } from "./smaller-model.js";
import { unusedSkills } from "./unused-skills.js";
import { verboseOutput } from "./verbose-output.js";

/** Every rule, in the order of the table of thresholds. */
export const RULES: readonly Rule[] = [
  smallerModel,
  sequentialReads,
  largeOutput,
  verboseOutput,
  historyHeavyContext,
  repeatedReads,
  oversizedToolOutput,
  failedEdits,
  repeatedCalls,
  slowTools,
  serialSubagents,
  cacheMisses,
  heavyBase,
  compactionThrash,
  permissionWaits,
  providerRetries,
  lateFirstToken,
  idleGaps,
  unusedSkills,
  abortedWork,
];
