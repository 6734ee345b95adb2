import { getNodeValue, type Node, type ParseError, parseTree } from "jsonc-parser";
import { indentOf, lineEnd, stepOf, withLastChild, withoutChild, withReplaced } from "./jsonc-edit.js";

/** The recorder records nothing unless it is told to. */
const OPTIONS = '{ "performance": { "enabled": true } }';
const OURS = /(^|\/)sessionflame\/plugin\.js$/;

/** The text of a new config of OpenCode with the plugin in its list. `spec` is how the list names the file. */
export function newConfig(spec: string): string {
  return `{\n  "$schema": "https://opencode.ai/config.json",\n  "plugin": [${entryText(spec)}]\n}\n`;
}

/** Whether nothing but `newConfig` made a config: then the file goes with the plugin. */
export function isNewConfig(text: string): boolean {
  const [entry] = ownEntries(text) ?? [];
  return entry !== undefined && text === newConfig(specOf(getNodeValue(entry)));
}

/** Whether a config's list has the plugin; null for a text that is no config. */
export function hasEntry(text: string): boolean | null {
  const entries = ownEntries(text);
  return entries && entries.length > 0;
}

/**
 * A config with the plugin in its list once, and enabled; comments, order and all other bytes stay. The same text where
 * that is so already, with whatever other options. null for a text that is no config.
 */
export function withEntry(text: string, spec: string): string | null {
  if (text.trim() === "") return newConfig(spec);
  const entries = ownEntries(text);
  const root = rootOf(text);
  if (entries === null || root === null) return null;
  const [first, second] = entries;
  if (second) return withEntry(withoutLastEntry(text), spec);
  if (first) return isAsWanted(getNodeValue(first), spec) ? text : withReplaced(text, first, entryText(spec));
  const list = pluginList(root);
  if (list) return withLastChild(text, list, entryText(spec));
  return withLastChild(text, root, listText(text, indentOf(text, root), spec));
}

/** A config without the plugin; without the list too, where `withEntry` made that. null for a text that is no config. */
export function withoutEntry(text: string): string | null {
  const entries = ownEntries(text);
  if (entries === null || entries.length === 0) return entries && text;
  return withoutEntry(withoutLastEntry(text));
}

function withoutLastEntry(text: string): string {
  const root = rootOf(text) as Node;
  const list = pluginList(root) as Node;
  const entry = ownEntriesOf(list).at(-1) as Node;
  if (isOwnList(text, list, entry)) return withoutChild(text, root, list.parent as Node);
  return withoutChild(text, list, entry);
}

/** A list that we made is told by how it is written: nobody's empty list on one line becomes one on three. */
function isOwnList(text: string, list: Node, entry: Node): boolean {
  const [before, after] = textOf(text, list.parent as Node).split(textOf(text, entry));
  return /^"plugin": \[\r?\n[ \t]+$/.test(before ?? "") && /^\r?\n[ \t]*\]$/.test(after ?? "");
}

const textOf = (text: string, { offset, length }: Node) => text.slice(offset, offset + length);

function entryText(spec: string): string {
  return `[${JSON.stringify(spec)}, ${OPTIONS}]`;
}

function listText(text: string, indent: string, spec: string): string {
  const end = lineEnd(text) + indent;
  return `"plugin": [${end}${stepOf(text)}${entryText(spec)}${end}]`;
}

/** null for what is no object, or has a list of plugins that is none. */
function rootOf(text: string): Node | null {
  const root = treeOf(text);
  if (root?.type !== "object") return null;
  const lists = root.children?.filter(isPlugin) ?? [];
  return lists.length === 0 || (lists.length === 1 && lists[0]?.children?.[1]?.type === "array") ? root : null;
}

function treeOf(text: string): Node | undefined {
  const errors: ParseError[] = [];
  try {
    const root = parseTree(text, errors, { allowTrailingComma: true });
    return errors.length === 0 ? root : undefined;
  } catch {
    return undefined; // nested deeper than the stack
  }
}

const isPlugin = (property: Node) => property.children?.[0]?.value === "plugin";

function pluginList(root: Node): Node | undefined {
  return root.children?.find(isPlugin)?.children?.[1];
}

/** The entries of the list that name our file; null for a text that is no config. */
function ownEntries(text: string): Node[] | null {
  if (text.trim() === "") return [];
  const root = rootOf(text);
  return root && ownEntriesOf(pluginList(root));
}

function ownEntriesOf(list: Node | undefined): Node[] {
  return (list?.children ?? []).filter((entry) => OURS.test(specOf(getNodeValue(entry))));
}

function specOf(entry: unknown): string {
  const spec = Array.isArray(entry) ? entry[0] : entry;
  return typeof spec === "string" ? spec.replaceAll("\\", "/") : "";
}

function isAsWanted(entry: unknown, spec: string): boolean {
  const options = Array.isArray(entry) ? entry[1] : undefined;
  return specOf(entry) === spec && options?.performance?.enabled === true;
}
