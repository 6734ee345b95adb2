import * as v from "valibot";
import type { BudgetUnit } from "../model/check.js";
import type { Milliseconds } from "../model/units.js";
import { BUDGET_ID } from "../report/budget-id.js";
import { LIMIT_TEXTS } from "../report/limit-text.js";
import { shortened } from "../report/visible.js";

/** Beyond all that is counted; sums and products of such stay exact enough. */
const MOST = 1e12;

/** A limit as it is written on the command line; read into the unit of its figure. */
function limitText(unit: BudgetUnit) {
  const { pattern, value, problem } = LIMIT_TEXTS[unit];
  return v.pipe(
    v.string(problem),
    v.maxLength(100, problem),
    v.regex(pattern, problem),
    v.transform(value),
    v.maxValue(MOST, "is too large"),
  );
}

/** Of what has one unit alone, or none, a number says the same. */
function limitTextOrNumber(unit: "usd" | "tokens") {
  const { problem } = LIMIT_TEXTS[unit];
  const number = v.pipe(v.number(problem), v.minValue(0, problem), v.maxValue(MOST, "is too large"));
  return v.union([number, limitText(unit)], problem);
}

const TOOL_PROBLEM = "is no tool with a length of time, such as bash=30s";
const ofTool = v.pipe(
  v.string(TOOL_PROBLEM),
  v.regex(new RegExp(`^.+=${LIMIT_TEXTS.ms.pattern.source.slice(1)}`), TOOL_PROBLEM),
  v.transform((text): readonly [tool: string, ms: Milliseconds] => {
    const at = text.lastIndexOf("=");
    return [text.slice(0, at), LIMIT_TEXTS.ms.value(text.slice(at + 1))];
  }),
);

const ID_PROBLEM = "is no budget such as cost, tool-p95:bash or regression:cost";
const budgetId = v.pipe(v.string(ID_PROBLEM), v.regex(BUDGET_ID, ID_PROBLEM));

const maybe = <S extends v.GenericSchema>(schema: S, description: string) =>
  v.pipe(v.optional(schema), v.description(description));

const NO_OBJECT = "must be an object";

/** Budgets as a settings file or a command line sets them. Every name must be one of these: a misspelt budget would hold nothing. */
export const budgetSettingsSchema = v.strictObject(
  {
    maxWall: maybe(limitText("ms"), "Total time, at most, such as 30m"),
    maxActive: maybe(limitText("ms"), "Active time, at most, such as 10m"),
    maxCost: maybe(limitTextOrNumber("usd"), "Cost in US dollars, at most, such as 1.50"),
    maxTokens: maybe(limitTextOrNumber("tokens"), "Tokens of all kinds, at most, such as 2M"),
    maxToolErrors: maybe(limitText("share"), "Share of tool calls that failed, at most, such as 5%"),
    maxP95: maybe(
      v.array(ofTool, 'must be a list such as ["bash=30s"]'),
      "95th percentile of a tool's calls, at most, such as bash=30s",
    ),
    minCacheHits: maybe(limitText("share"), "Share of the input that came out of the cache, at least, such as 50%"),
    maxContext: maybe(limitText("share"), "Share of its model's context that any prompt took, at most, such as 80%"),
    baseline: maybe(
      v.pipe(v.string("is no path"), v.nonEmpty("is no path")),
      "A report to compare with, JSON or a page; relative to this file",
    ),
    maxRegression: maybe(limitText("share"), "How much more than the baseline's a figure may be, such as 10%"),
    allowUnknown: maybe(
      v.union([v.boolean(), v.array(budgetId)], "is neither true nor false, nor a list of budgets"),
      "Whether a figure that is not known leaves the check good, or of which budgets, by their ids in a check's JSON",
    ),
  },
  ({ expected }) => (expected === "never" ? "there is no such setting" : NO_OBJECT),
);

export type BudgetSettings = v.InferOutput<typeof budgetSettingsSchema>;

/** Which setting cannot be followed, and why. `path`: none where it is all of them. */
export interface SettingProblem {
  readonly path: readonly string[];
  readonly problem: string;
}

export function budgetSettings(written: unknown): { readonly settings: BudgetSettings } | SettingProblem {
  if (Array.isArray(written)) return { path: [], problem: NO_OBJECT };
  const { success, output, issues } = v.safeParse(budgetSettingsSchema, written, { abortEarly: true });
  if (success) return { settings: output };
  const [whole] = issues;
  // What is wrong with an entry of a list says more than that something else might stand there.
  const inner = whole.issues?.find(({ path }) => path !== undefined);
  const issue = inner ?? whole;
  const path = [whole, inner].flatMap((each) => each?.path ?? []);
  const isLong = issue.input !== null && typeof issue.input === "object";
  const shown = isLong || issue.type === "strict_object" ? "" : `${shortened(JSON.stringify(issue.input) ?? "", 60)} `;
  return { path: path.map(({ key }) => String(key)), problem: `${shown}${issue.message}` };
}
