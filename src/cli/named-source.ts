import { resolve } from "node:path";
import { openStore } from "../load/index.js";
import type { Store } from "../load/source.js";
import { statIfThere } from "../load/stat-if-there.js";
import type { Context } from "./context.js";
import { EXIT, Failure } from "./failure.js";
import { openNamedStore, type SourceOptions } from "./open-source.js";

/** A store, and which of its sessions is wanted. */
interface NamedSource {
  readonly store: Promise<Store>;
  readonly wanted: string;
  /** True where only the place was named. */
  readonly isPath: boolean;
}

/** A selector that can only be a path is one, and means the last session in it. */
export function namedSource(selector: string, options: SourceOptions, context: Context): NamedSource {
  const { path, wanted } = namedPlace(selector, options, context);
  const store = path === null ? openNamedStore(options, context) : openStore(path, options);
  return { store, wanted, isPath: path !== null };
}

/** The same without opening it. `path`: null for the store that the options name. */
export function namedPlace(
  selector: string,
  options: SourceOptions,
  context: Context,
): { readonly path: string | null; readonly wanted: string } {
  const { db, server } = options;
  const other = db === undefined ? (server === undefined ? null : `--server ${server}`) : `--db ${db}`;
  if (other !== null && /\.(db|json|jsonl|ndjson)$/.test(selector))
    throw new Failure(EXIT.usage, `two sources: ${selector} and ${other}`, "Name one of them.");
  if (db === undefined && server === undefined && isPath(selector, context))
    return { path: resolve(context.cwd, selector), wanted: "last" };
  return { path: null, wanted: selector };
}

/** A title may hold a slash, and a folder may be named like a session: only what is written as a path is one. */
function isPath(selector: string, { cwd }: Context): boolean {
  if (/^\.{1,2}$|^(\.{1,2})?[/\\]|^[A-Za-z]:[/\\]|\.(db|json|jsonl|ndjson)$/.test(selector)) return true;
  return /[/\\]/.test(selector) && statIfThere(resolve(cwd, selector)) !== null;
}
