import { resolve } from "node:path";
import { parsedJson } from "../load/json-text.js";
import { isFields } from "../report/fields.js";
import { checkedDocument, type ReadReport, unusable } from "./checked-document.js";
import {
  holdsCollection,
  pageCollection,
  type ReadCollection,
  writtenCollection,
} from "./collection/read-collection.js";
import type { Context } from "./context.js";
import { limitedText, STDIN } from "./limited-read.js";
import { pageReport } from "./page-report.js";

/** Which files are taken: pages alone, or also a Report as JSON. */
export type Readable = "page" | "page-or-json";

/** What a file holds: the Report of one session, or a collection. */
export type ReadDocument = ReadReport | ReadCollection;

/** Reads the Report in a file, or on standard input for `-`. Fails with what is to be said of a file that holds none. */
export async function readDocument(file: string, readable: Readable, context: Context): Promise<ReadDocument> {
  const path = file === "-" ? STDIN : resolve(context.cwd, file);
  const text = (await limitedText(path, context)).replace(/^\ufeff/, "");
  const isJson = readable === "page-or-json" && /^\s*\{/.test(text);
  if (!isJson && holdsCollection(text)) return pageCollection(text, path);
  const written = isJson ? parsedJson(text) : pageReport(text, path);
  return isFields(written) && written.kind === "collection"
    ? writtenCollection(written, path)
    : checkedDocument(written, path);
}

/** The Report of one session. Fails with what is to be said of a file that holds several, or none. */
export async function readReport(file: string, readable: Readable, context: Context): Promise<ReadReport> {
  const read = await readDocument(file, readable, context);
  return oneReport(read, file);
}

/** The Report of what was read. Fails where it is a collection. */
export function oneReport(read: ReadDocument, file: string): ReadReport {
  if ("report" in read) return read;
  throw unusable("it holds several sessions, and one is asked for", file);
}
