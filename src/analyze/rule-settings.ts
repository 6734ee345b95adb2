import type { ReportNote } from "../model/report.js";
import { listed } from "../report/format.js";
import { type RuleSettings, THRESHOLDS, type ThresholdId } from "./thresholds.js";

/** What a settings file says, or why it cannot be followed. */
export type ReadSettings = { readonly settings: RuleSettings } | { readonly problem: string };

/** `budgets` are for `check`; `$schema` is for editors. */
const KNOWN: readonly string[] = ["thresholds", "budgets", "$schema"];

/** Beside them a rule may be `false`. */
export const ALWAYS_ON: ReadonlySet<string> = new Set<ThresholdId>(["any-rule", "slowest-operations"]);

/**
 * Checks what stood in `sessionflame.config.json`: `{"thresholds": {"RULE": {"NAME": NUMBER} or false}}`. Every name must
 * be one of the table: a misspelt threshold would leave its user waiting for an effect.
 */
export function ruleSettings(file: unknown): ReadSettings {
  if (!isRecord(file)) return { problem: "it holds no object" };
  const unknown = Object.keys(file).find((key) => !KNOWN.includes(key));
  if (unknown !== undefined) return { problem: `unknown setting ${quoted(unknown)}; known: ${listed(KNOWN)}` };
  const { thresholds = {} } = file;
  if (!isRecord(thresholds)) return { problem: "thresholds is no object" };
  const problem = Object.entries(thresholds).flatMap(([id, own]) => problemOf(id, own) ?? [])[0];
  return problem === undefined ? { settings: thresholds as RuleSettings } : { problem };
}

function problemOf(id: string, own: unknown): string | null {
  if (!Object.hasOwn(THRESHOLDS, id)) return `unknown rule ${quoted(id)}; known: ${listed(Object.keys(THRESHOLDS))}`;
  if (own === false) return ALWAYS_ON.has(id) ? `thresholds.${id} cannot be turned off` : null;
  if (!isRecord(own)) return `thresholds.${id} is neither an object nor false`;
  const names = Object.keys(THRESHOLDS[id as ThresholdId]);
  for (const [name, value] of Object.entries(own)) {
    if (!names.includes(name)) return `unknown threshold ${quoted(`${id}.${name}`)}; known: ${listed(names)}`;
    if (typeof value !== "number" || !Number.isFinite(value) || value < 0)
      return `${id}.${name} is not a number of 0 or more`;
  }
  return null;
}

/** What the page says of settings that were followed. */
export function settingsNotes(settings: RuleSettings): ReportNote[] {
  const said = Object.entries(settings).flatMap(([id, own]) => {
    if (own === false) return [`${id} off`];
    return Object.entries(own).map(([name, value]) => `${id}.${name} = ${value}`);
  });
  if (said.length === 0) return [];
  return [{ kind: "info", text: `Suggestions went by thresholds of a settings file: ${said.join(", ")}.` }];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function quoted(text: string): string {
  return JSON.stringify(text);
}
