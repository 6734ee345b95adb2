// The JSON Schema of a Report, from the one that Reports are read with. `--write` puts it into schema/.
import { writeFileSync } from "node:fs";
import { toJsonSchema } from "@valibot/to-json-schema";
import { imported } from "./imported.mjs";

process.chdir(new URL("..", import.meta.url).pathname);
const { reportSchema, terms } = await imported("src/report/schema.ts");
const { figure, length, count, basis, state, status, tokenUsage, tokenUsageAndTotal } = terms;
const definitions = { figure, length, count, basis, state, status, tokenUsage, tokenUsageAndTotal };
const { $schema, ...rest } = toJsonSchema(reportSchema, { definitions });
const head = {
  $schema,
  title: "Report of Sessionflame, version 1",
  description:
    "Field names carry their unit: Ms, Tokens, Usd, Bytes, At (milliseconds since 1970, UTC). null: not known. A span's id is its index in spans; times in spans count from the session's start. Fields may be added.",
};
const text = `${JSON.stringify({ ...head, ...rest }, null, 2)}\n`;
if (process.argv.includes("--write")) writeFileSync("schema/report-1.json", text);
else process.stdout.write(text);
