// The JSON Schemas of a Report, of a comparison, of a collection, of a check, of a line of a telemetry file, of one of a recording and of
// a settings file, from those that they are read with.
// `--write` puts them into schema/; a name prints one of them, by default that of the Report.
import { writeFileSync } from "node:fs";
import { toJsonSchema } from "@valibot/to-json-schema";
import { imported } from "./imported.mjs";

process.chdir(new URL("..", import.meta.url).pathname);
// Together: what is the same schema in both must be the same object.
const { collectionSchema, reportSchema, terms } = await imported("src/report/schema/collection.ts");
const { comparisonSchema, difference } = await imported("src/report/schema/comparison.ts");
const { checkSchema } = await imported("src/report/schema/check.ts");
const { telemetryLineSchema, telemetryTerms } = await imported("src/load/telemetry/line-schema.ts");
const { recordingLineSchema, recordingTerms } = await imported("src/load/recording/line-schema.ts");
const { budgetSettingsSchema } = await imported("src/load/budget-settings.ts");
const { ALWAYS_ON } = await imported("src/analyze/rule-settings.ts");
const { THRESHOLDS } = await imported("src/analyze/thresholds.ts");
const { figure, length, count, basis, state, status, tokenUsage, tokenUsageAndTotal } = terms;

const SCHEMAS = {
  "report-1": {
    schema: toJsonSchema(reportSchema, {
      definitions: { figure, length, count, basis, state, status, tokenUsage, tokenUsageAndTotal },
    }),
    title: "Report of Sessionflame, version 1",
    description:
      "Field names carry their unit: Ms, Tokens, Usd, Bytes, At (milliseconds since 1970, UTC). null: not known. A span's id is its index in spans; times in spans count from the session's start. Fields may be added.",
  },
  "comparison-1": {
    schema: toJsonSchema(comparisonSchema, { definitions: { figure, length, count, state, difference } }),
    title: "Comparison of Sessionflame, version 1",
    description:
      "Two sessions, or two groups of them: a is what it was before, b what it is after. A figure is one of the two Reports, of a group the median; difference is b minus a. Field names carry their unit: Ms, Tokens, Usd, At (milliseconds since 1970, UTC). null: not known. Fields may be added.",
  },
  "collection-1": {
    schema: toJsonSchema(collectionSchema, {
      definitions: {
        report: reportSchema,
        figure,
        length,
        count,
        basis,
        state,
        status,
        tokenUsage,
        tokenUsageAndTotal,
      },
    }),
    title: "Collection of Sessionflame, version 1",
    description:
      "Several sessions on one page: what they have in common, a row for each, and in reports, by the id of the session, the Report of each for which there was room. Field names carry their unit, as in a Report. null: not known. Fields may be added.",
  },
  "check-1": {
    schema: toJsonSchema(checkSchema, { definitions: { figure } }),
    title: "Check of Sessionflame, version 1",
    description:
      "What `sessionflame check --format json` prints: the figures of one session held against budgets. limit, actual and baseline are in the unit of their budget; a share of 1 is all. null: not known; beside the status unknown, actual is the part that is known. ok is false where a budget failed, or is unknown and does not allow that. Fields may be added.",
  },
  "telemetry-1": {
    // What a line may hold, not what becomes of it.
    schema: toJsonSchema(telemetryLineSchema, { definitions: telemetryTerms, typeMode: "input" }),
    title: "Telemetry for Sessionflame, version 1",
    description:
      "One line of .opencode/telemetry/*.jsonl, or one entry of the array in metrics.json. Of sessionId, messageId and callId at least one says what the line is about. What is left out, or null, is not known. Other fields are not read.",
  },
  "recording-1": {
    schema: toJsonSchema(recordingLineSchema, { definitions: recordingTerms, typeMode: "input" }),
    title: "Recording of Sessionflame's plugin, version 1",
    description:
      "One line of $XDG_DATA_HOME/opencode/sessionflame/<session id>.jsonl: ids, names of tools, sizes and times, never a text. at is the wall clock, in milliseconds since 1970; names that end with Ms are lengths, by a clock that never goes back. What is left out, or null, is not known. Other fields are not read.",
  },
  "config-1": {
    schema: settingsSchema(),
    title: "sessionflame.config.json, version 1",
    description:
      "Thresholds of suggestions, for report, and budgets, for check. Lengths of time and shares are texts that name their unit.",
  },
};

/** Thresholds are read by their table: what is left out has its default. */
function settingsSchema() {
  const { $schema, ...budgets } = toJsonSchema(budgetSettingsSchema, { typeMode: "input" });
  const rules = Object.entries(THRESHOLDS).map(([id, own]) => [id, ruleSchema(own, ALWAYS_ON.has(id))]);
  const thresholds = { type: "object", properties: Object.fromEntries(rules), additionalProperties: false };
  const properties = { $schema: { type: "string" }, thresholds, budgets };
  return { $schema, type: "object", properties, additionalProperties: false };
}

function ruleSchema(thresholds, isAlwaysOn) {
  const values = Object.entries(thresholds).map(([name, { value, why }]) => {
    return [name, { type: "number", minimum: 0, default: value, description: why }];
  });
  const object = { type: "object", properties: Object.fromEntries(values), additionalProperties: false };
  return isAlwaysOn ? object : { anyOf: [object, { const: false }] };
}

function textOf(name) {
  const { schema, title, description } = SCHEMAS[name];
  const { $schema, ...rest } = schema;
  return `${JSON.stringify({ $schema, title, description, ...rest }, null, 2)}\n`;
}

if (process.argv.includes("--write"))
  for (const name of Object.keys(SCHEMAS)) writeFileSync(`schema/${name}.json`, textOf(name));
else process.stdout.write(textOf(process.argv[2] ?? "report-1"));
