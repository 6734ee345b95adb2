import * as v from "valibot";
import { parsedJson } from "../json-text.js";

/** Checks data against a schema; JSON is parsed first. null where it is not what the schema says. */
export function parseData<S extends v.GenericSchema>(schema: S, data: unknown): v.InferOutput<S> | null {
  const result = v.safeParse(schema, typeof data === "string" ? parsedJson(data) : data);
  return result.success ? result.output : null;
}
