import type { SkillMetrics } from "../model/report.js";
import type { SkillRecord } from "../model/session.js";
import { sumOfKnown } from "./sum-of-known.js";

/** The records of one skill, added up; null where there are none. */
export function skillMetrics(records: readonly SkillRecord[]): SkillMetrics | null {
  return addedMetrics(records.map(metricsOf));
}

/** Metrics of several sessions as one; null where there are none. */
export function addedMetrics(all: readonly SkillMetrics[]): SkillMetrics | null {
  if (all.length === 0) return null;
  const total = (of: (metrics: SkillMetrics) => number) => all.reduce((sum, metrics) => sum + of(metrics), 0);
  return {
    records: total(({ records }) => records),
    tokens: sumOfKnown(all.map(({ tokens }) => tokens)),
    durationMs: sumOfKnown(all.map(({ durationMs }) => durationMs)),
    succeeded: total(({ succeeded }) => succeeded),
    failed: total(({ failed }) => failed),
    retries: sumOfKnown(all.map(({ retries }) => retries)),
    verificationAttempts: sumOfKnown(all.map(({ verificationAttempts }) => verificationAttempts)),
    maxIterationsReached: sumOfKnown(all.map(({ maxIterationsReached }) => maxIterationsReached)),
    escalated: sumOfKnown(all.map(({ escalated }) => escalated)),
  };
}

function metricsOf(record: SkillRecord): SkillMetrics {
  const { tokens, durationMs, success, retries, verificationAttempts, maxIterationsReached, escalated } = record;
  return {
    ...{ records: 1, tokens, durationMs, retries, verificationAttempts },
    succeeded: Number(success === true),
    failed: Number(success === false),
    maxIterationsReached: maxIterationsReached === null ? null : Number(maxIterationsReached),
    escalated: escalated === null ? null : Number(escalated),
  };
}
